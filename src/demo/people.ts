import type { IncidentKind, Role, TrainingState } from '../store/schema.ts'
import type { Group, Place } from './places.ts'

const hour = 3_600_000
const day = 24 * hour

/** Times are milliseconds from now; below zero is the past. */
export interface DemoPerson {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  /** The account's line in the table: what happens when this person signs in. */
  readonly state: string
  readonly role?: Role
  readonly hasNoEmail?: true
  readonly organizations: readonly Place[]
  readonly workgroups: readonly Group[]
  /** Organizations of theirs that they only read. */
  readonly reads?: readonly Place[]
  /** Organizations that an agent of the helpdesk is limited to. */
  readonly limitedTo?: readonly Place[]
  /** Organizations that they ask and vouch for, since two days ago. */
  readonly contactOf?: readonly Place[]
  /** Which version of the terms they accepted last; the second when not given. */
  readonly accepted?: 'none' | 'first'
  /** How long a temporary password still works; absent: an own password. */
  readonly temporaryFor?: number
  readonly question?: { readonly question: string; readonly answer: string }
  readonly paired?: true
  /** A printed card with codes, and no app. */
  readonly card?: true
  /** A passkey, which nobody but its owner has; they get in by a backup code. */
  readonly key?: true
  readonly staffSince?: number
  readonly deactivated?: string
  readonly suspendedFor?: number
  readonly leavesIn?: number
  readonly dormantFor?: number
  /** How long they have not come in; three days ago an email told them that the account will become inactive. */
  readonly quietFor?: number
  readonly blocked?: true
  /** Everything that waits for the helpdesk to look at. */
  readonly incident?: IncidentKind
  readonly recoveryAsked?: true
  readonly training?: TrainingState
  /** Failed tries of strangers, and how long they now have to wait. */
  readonly throttled?: { readonly failures: number; readonly wait: number }
}

const shelter = {
  organizations: ['Lakeside Night Shelter', 'Cedar Avenue Winter Shelter'],
  workgroups: ['Emergency Shelter Staff'],
} as const
const outreach = { organizations: ['North Star Street Outreach'], workgroups: ['HMIS Users'] } as const
const helpdesk = { organizations: ['Helpdesk'], workgroups: ['System Administrators'] } as const
const question = { question: 'Which lake did we camp at when I was nine?', answer: 'Vermilion, north shore' }

/** One person for every state that an account can be in. */
export const people: readonly DemoPerson[] = [
  {
    username: 'amina',
    firstName: 'Amina',
    lastName: 'Warsame',
    state: 'all set: goes straight to Home',
    ...shelter,
    question,
  },
  {
    username: 'bert',
    firstName: 'Bert',
    lastName: 'Lindqvist',
    state: 'first sign-in: terms, then a new password',
    ...shelter,
    accepted: 'none',
    temporaryFor: 72 * hour,
  },
  {
    username: 'chai',
    firstName: 'Chai',
    lastName: 'Vang',
    state: 'temporary password expired',
    ...outreach,
    accepted: 'none',
    temporaryFor: -2 * hour,
  },
  {
    username: 'dolores',
    firstName: 'Dolores',
    lastName: 'Two Bulls',
    state: 'chooses organization and workgroup',
    organizations: ['Prairie Family Housing', 'Harbor House Duluth', 'Loring Park Day Center'],
    reads: ['Loring Park Day Center'],
    workgroups: ['Coordinated Entry Assessors', 'Shelter Reservation Team', 'Priority List Managers'],
    question,
  },
  {
    username: 'erik',
    firstName: 'Erik',
    lastName: 'Halvorsen',
    state: 'must accept the new version of the terms',
    ...outreach,
    accepted: 'first',
  },
  {
    username: 'fatuma',
    firstName: 'Fatuma',
    lastName: 'Ali',
    state: 'asked for recovery information',
    ...shelter,
    recoveryAsked: true,
  },
  {
    username: 'gus',
    firstName: 'Gus',
    lastName: 'Peltier',
    state: 'asked for a 2-step code',
    organizations: ['Red River Veterans Home'],
    workgroups: ['HMIS Users'],
    question,
    paired: true,
    incident: 'password-and-two-step-reset',
  },
  {
    username: 'hana',
    firstName: 'Hana',
    lastName: 'Tesfaye',
    state: 'helpdesk, has to set up 2-step verification now',
    ...helpdesk,
    role: 'helpdesk',
    staffSince: -30 * day,
    question,
  },
  {
    username: 'ingrid',
    firstName: 'Ingrid',
    lastName: 'Olson',
    state: 'helpdesk, 2-step verification due in five days',
    ...helpdesk,
    role: 'helpdesk',
    staffSince: -2 * day,
    question,
  },
  {
    username: 'tove',
    firstName: 'Tove',
    lastName: 'Eriksen',
    state: 'helpdesk, looks after two organizations only',
    ...helpdesk,
    role: 'helpdesk',
    staffSince: -2 * day,
    limitedTo: ['Lakeside Night Shelter', 'Cedar Avenue Winter Shelter'],
    question,
  },
  {
    username: 'jamal',
    firstName: 'Jamal',
    lastName: 'Robinson',
    state: 'administrator',
    ...helpdesk,
    role: 'administrator',
    staffSince: -2 * day,
    question,
  },
  {
    username: 'karl',
    firstName: 'Karl',
    lastName: 'Nygaard',
    state: 'deactivated',
    ...outreach,
    deactivated: 'Changed jobs.',
  },
  {
    username: 'lupe',
    firstName: 'Lupe',
    lastName: 'Morales',
    state: 'suspended for three days',
    ...shelter,
    suspendedFor: 3 * day,
  },
  {
    username: 'keisha',
    firstName: 'Keisha',
    lastName: 'Brown',
    state: 'asked for her passkey',
    ...shelter,
    question,
    key: true,
  },
  {
    username: 'mai',
    firstName: 'Mai',
    lastName: 'Xiong',
    state: 'closes in ten days, can still sign in',
    organizations: ['Iron Range Youth Haven'],
    workgroups: ['HMIS Users'],
    leavesIn: 10 * day,
  },
  {
    username: 'moses',
    firstName: 'Moses',
    lastName: 'Okello',
    state: 'no phone: asked for a code of the code card',
    ...shelter,
    question,
    card: true,
  },
  {
    username: 'nils',
    firstName: 'Nils',
    lastName: 'Aho',
    state: 'closed on its date, yesterday',
    ...outreach,
    leavesIn: -day,
  },
  {
    username: 'opal',
    firstName: 'Opal',
    lastName: 'Running Deer',
    state: 'inactive: not used for four months',
    ...outreach,
    dormantFor: 30 * day,
  },
  {
    username: 'noor',
    firstName: 'Noor',
    lastName: 'Haddad',
    state: 'must have 2-step verification in three weeks',
    organizations: ['Prairie Family Housing'],
    workgroups: ['Shelter Reservation Team'],
    question,
  },
  {
    username: 'petra',
    firstName: 'Petra',
    lastName: 'Novak',
    state: 'training expired',
    organizations: ['Prairie Family Housing'],
    workgroups: ['Shelter Reservation Team'],
    training: 'lapsed',
  },
  {
    username: 'quincy',
    firstName: 'Quincy',
    lastName: 'Adeyemi',
    state: 'locked down after "this was not me"',
    ...shelter,
    blocked: true,
    incident: 'not-me',
  },
  {
    username: 'rosa',
    firstName: 'Rosa',
    lastName: 'Delgado',
    state: 'locked out for now: twelve failed attempts, for an hour',
    ...shelter,
    throttled: { failures: 12, wait: hour },
  },
  {
    username: 'sven',
    firstName: 'Sven',
    lastName: 'Bakke',
    state: 'no organization, no workgroup and no email address yet',
    hasNoEmail: true,
    organizations: [],
    workgroups: [],
  },
  {
    username: 'ulla',
    firstName: 'Ulla',
    lastName: 'Bergstrom',
    state: 'agency contact of two agencies, with requests and a review to confirm',
    organizations: ['Lakeside Night Shelter', 'Harbor House Duluth'],
    workgroups: ['Emergency Shelter Staff'],
    question,
    contactOf: ['Lakeside Night Shelter', 'Harbor House Duluth'],
  },
  {
    username: 'vicente',
    firstName: 'Vicente',
    lastName: 'Rios',
    state: 'agency contact of Lakeside Night Shelter, who has begun the review',
    ...shelter,
    question,
    contactOf: ['Lakeside Night Shelter'],
  },
  {
    username: 'wendell',
    firstName: 'Wendell',
    lastName: 'Ostby',
    state: 'was told by email that the unused account will become inactive soon',
    ...outreach,
    quietFor: 83 * day,
  },
  {
    username: 'xiomara',
    firstName: 'Xiomara',
    lastName: 'Castillo',
    state: 'works for a victim service provider too: unknown to the other agency',
    organizations: ['Willow Safe House', 'Lakeside Night Shelter'],
    workgroups: ['Emergency Shelter Staff'],
    question,
  },
  {
    username: 'maximiliana-konstantinopolitanskaya-featherstonehaugh',
    firstName: 'Maximiliana Konstantina Philippa',
    lastName: 'Konstantinopolitanskaya-Featherstonehaugh of Upper Minnetonka',
    state: 'long names',
    organizations: ['North Star Street Outreach'],
    workgroups: ['Coordinated Entry Assessors'],
  },
  {
    username: 'yusra',
    firstName: 'يسرى',
    lastName: 'عبد الرحمن',
    state: 'name written from right to left',
    ...shelter,
  },
]
