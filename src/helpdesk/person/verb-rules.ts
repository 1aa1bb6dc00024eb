import { mayManage } from '../../account/rules.ts'
import { type WorkField, workFrom } from '../../account/work.ts'
import type { Workplaces } from '../../administration/access.ts'
import { type Identification, identifications } from '../../administration/act.ts'
import type { Details } from '../../administration/details.ts'
import { checkNames, namesFrom, tidyNames } from '../../administration/entry.ts'
import { administratorsClose } from '../../administration/incidents.ts'
import type { Leaving } from '../../administration/planned-leaves.ts'
import { checkWork, tidyWork } from '../../administration/work-entry.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Proof } from '../../session/visit.ts'
import type { Role } from '../../store/schema.ts'
import { momentsOf } from '../../web/moment.ts'
import type { Form } from '../../web/request.ts'
import { readReason, readTicket } from '../shared/reason.ts'
import { chosenMoment } from '../shared/two-moments.ts'
import { readVersion } from '../shared/version.ts'
import type { PersonFacts } from './store.ts'

/** The conditions of a verb of the console. */
interface Needs {
  /** Puts a credential aside: the caller must be identified, and the agent gives the password again (ASVS V6.4.6, V7.5.3). */
  readonly credential?: true
  /** Handed over in person only. */
  readonly inPerson?: true
  /** How lately the agent must have given the password. */
  readonly proof?: Proof
  /** A date and a time. */
  readonly moment?: true
  readonly role?: true
  /** Name, email address and how they are reached at work. */
  readonly details?: true
  /** One of the person's ways to prove the second step. */
  readonly way?: true
  /** Organizations and workgroups. */
  readonly access?: true
  /** An organization that they left, and their last day there. */
  readonly leave?: true
  /** The organization that they move to. */
  readonly move?: true
  /** The organizations that an agent is limited to. */
  readonly scope?: true
  /** The organizations that they are the contact of. */
  readonly contact?: true
  /** Opens, closes or renames the account as a whole: for who sees all that the person works in. */
  readonly whole?: true
  /** Ends or bars something: a red button. */
  readonly danger?: true
}

/** The verbs that an agent does to one person, in the order in which they are offered; the key is the end of the address. */
export const actions = {
  'close-incident': { whole: true },
  'temporary-password': { credential: true, proof: 'fresh', whole: true },
  'mail-link': { credential: true, proof: 'fresh', whole: true },
  unlock: { proof: 'recent' },
  'reset-two-step': { credential: true, proof: 'fresh', whole: true },
  'remove-way': { credential: true, proof: 'fresh', way: true, whole: true },
  'code-card': { credential: true, inPerson: true, proof: 'fresh', whole: true },
  'reset-question': { credential: true, proof: 'fresh', whole: true },
  'end-sessions': {},
  'lock-down': { proof: 'fresh', danger: true },
  deactivate: { proof: 'fresh', danger: true, whole: true },
  reactivate: { proof: 'fresh', whole: true },
  suspend: { proof: 'fresh', moment: true, danger: true, whole: true },
  'schedule-leaving': { proof: 'fresh', moment: true, whole: true },
  details: { proof: 'fresh', details: true, whole: true },
  access: { proof: 'fresh', access: true },
  left: { proof: 'fresh', leave: true },
  moved: { proof: 'fresh', leave: true, move: true },
  stays: { proof: 'fresh' },
  contact: { proof: 'fresh', contact: true },
  role: { proof: 'fresh', role: true, scope: true },
  scope: { proof: 'fresh', scope: true },
} as const satisfies Record<string, Needs>

export type VerbName = keyof typeof actions

export const verbNames = Object.keys(actions) as readonly VerbName[]

export const isVerbName = (text: string): text is VerbName => Object.hasOwn(actions, text)

export const needsOf = (action: VerbName): Needs => actions[action]

/** The ways to be sure of who asks that are enough for a verb. */
export const waysToIdentify = (action: VerbName): readonly Identification[] =>
  needsOf(action).inPerson ? ['in-person'] : identifications

/** The verbs that make sense for a person as they are now; nothing for whom the agent may not touch. */
export function verbsFor(
  person: Pick<
    PersonFacts,
    | 'email'
    | 'role'
    | 'state'
    | 'isWhole'
    | 'organizations'
    | 'leaves'
    | 'signIn'
    | 'secondStepSince'
    | 'ways'
    | 'questionSetAt'
    | 'sessions'
    | 'incidents'
    | 'contactOf'
  >,
  agent: Role,
  now: number,
): readonly VerbName[] {
  if (!mayManage(agent, person.role)) return []
  const { state, signIn } = person
  const belongs = person.organizations.some(({ is_active }) => is_active === 1)
  const isOff = state.deactivatedAt !== null || (state.leavingAt !== null && state.leavingAt <= now)
  const fits: Readonly<Record<VerbName, boolean>> = {
    'close-incident': person.incidents.some(
      ({ kind }) => agent === 'administrator' || !administratorsClose.includes(kind),
    ),
    'temporary-password': !isOff,
    'mail-link': person.email !== '' && signIn.password !== 'own' && !isOff,
    unlock: signIn.stranger.failures + signIn.known.failures + signIn.code.failures > 0,
    'reset-two-step': person.secondStepSince !== null,
    'remove-way': person.ways.length > 1,
    'code-card': !isOff,
    'reset-question': person.questionSetAt !== null,
    'end-sessions': person.sessions > 0,
    'lock-down': state.passwordBlockedAt === null,
    deactivate: state.deactivatedAt === null,
    reactivate:
      isOff || state.suspendedUntil !== null || state.leavingAt !== null || state.dormantSince !== null,
    suspend: !isOff,
    'schedule-leaving': !isOff,
    details: true,
    access: true,
    left: belongs,
    moved: belongs,
    stays: person.leaves.length > 0,
    contact: person.contactOf !== undefined,
    role: agent === 'administrator',
    scope: agent === 'administrator' && person.role === 'helpdesk',
  }
  return verbNames.filter(action => fits[action] && (person.isWhole || !needsOf(action).whole))
}

/** The rights of a membership, by the name in the form. */
export const flagNames = ['active', 'sign-in', 'edit'] as const
export type FlagName = (typeof flagNames)[number]

export const roles: readonly Role[] = ['user', 'helpdesk', 'administrator']

/** An agent's entry for a verb. */
export interface Entry {
  readonly reason: string
  readonly ticket: string | undefined
  readonly identified: Identification | undefined
  readonly role: Role | undefined
  /** Id of one of the person's ways. */
  readonly wayId: string | undefined
  /** Milliseconds since 1970. */
  readonly moment: number | undefined
  readonly details: Details
  /** True when the old address is not told about the new one. */
  readonly quiet: boolean
  readonly access: Workplaces
  readonly leaving: Leaving
  /** Ids of the organizations that they are to be the contact of. */
  readonly contactOf: readonly string[]
  /** Ids; none: no limit. Undefined: the form says nothing of it. */
  readonly scope: readonly string[] | undefined
  /** Version of the account that the page showed. */
  readonly seenVersion: number | undefined
}

type Code = RefusalOf<'helpdesk'> | RefusalOf<'account'>

const checkPrimary = (
  { primaryOrganizationId: id = '' }: Details,
  { organizations }: Known,
): readonly Refusal<Code>[] =>
  id === '' || organizations.some(organization => organization.id === id)
    ? []
    : [{ code: 'account.no-such-organization', field: 'primaryOrganization' }]

/** Facts by which a caller is identified or reaches their account again. */
const guarding = ['workPhone', 'workExtension', 'supervisor'] as const satisfies readonly WorkField[]

/** The facts of a person that decide how a form is read. */
export type Known = Pick<PersonFacts, 'email' | 'organizations' | (typeof guarding)[number]>

/** Tells whether these details change one of them: only then does it matter who asks for it. */
export const guards = ({ email, work }: Details, person: Known): boolean =>
  email !== person.email || (work !== undefined && guarding.some(field => work[field] !== person[field]))

/** Reads the form of a verb; a role, identification or version that is none of ours is missing. */
export function readEntry(
  action: VerbName,
  form: Form,
  timeZone: string,
  person: Known,
): { readonly entry: Entry; readonly refusals: readonly Refusal<Code>[] } {
  const needs = needsOf(action)
  const refusals: Refusal<Code>[] = []
  const { reason, refusals: reasonRefusals } = readReason(form)
  const { ticket, refusals: ticketRefusals } = readTicket(form)
  const moments = momentsOf(form.get('date'), form.get('time'), timeZone)
  const entry: Entry = {
    reason,
    ticket,
    identified: waysToIdentify(action).find(way => way === form.get('identified')),
    role: roles.find(role => role === form.get('role')),
    wayId: form.get('way') || undefined,
    details: detailsOf(form, person),
    quiet: form.get('quiet') === 'yes',
    access: accessOf(form),
    leaving: leavingOf(form, needs.move === true),
    contactOf: form.all('contactOf'),
    scope: scopeOf(form),
    moment: chosenMoment(moments, form.get('clock')),
    seenVersion: readVersion(form),
  }
  if (needs.details)
    refusals.push(
      ...checkNames(entry.details),
      ...(entry.details.work === undefined ? [] : checkWork(entry.details.work)),
      ...checkPrimary(entry.details, person),
    )
  if (needs.moment && entry.moment === undefined)
    refusals.push(
      moments.length === 0
        ? { code: 'helpdesk.no-moment', field: 'date' }
        : { code: 'helpdesk.two-moments', field: 'clock' },
    )
  if (needs.role && entry.role === undefined) refusals.push({ code: 'helpdesk.no-role', field: 'role' })
  if (
    needs.scope &&
    (!needs.role || entry.role === 'helpdesk') &&
    (entry.scope === undefined || (form.get('limited') === 'yes' && entry.scope.length === 0))
  )
    refusals.push({ code: 'account.no-limit', field: entry.scope === undefined ? 'limited' : 'limitTo' })
  const isCall = needs.credential === true || (needs.details === true && guards(entry.details, person))
  if (isCall && entry.identified === undefined)
    refusals.push({ code: 'helpdesk.not-identified', field: 'identified' })
  refusals.push(...reasonRefusals, ...ticketRefusals)
  if (entry.seenVersion === undefined) refusals.push({ code: 'helpdesk.no-version' })
  return { entry, refusals }
}

/** Name of the field that holds what a membership of an organization allows. */
export const flagsField = (organizationId: string): string => `flags-${organizationId}`

/** The flags of the memberships that the page showed; of the others nothing is said. */
const accessOf = (form: Form): Workplaces => ({
  organizationIds: form.all('organization'),
  workgroupIds: form.all('workgroup'),
  flags: new Map(
    form.all('flagsShown').map(id => {
      const ticked = form.all(flagsField(id))
      const flag = (name: FlagName) => (ticked.includes(name) ? 1 : 0)
      return [id, { is_active: flag('active'), may_sign_in: flag('sign-in'), may_edit: flag('edit') }]
    }),
  ),
})

const leavingOf = (form: Form, isMove: boolean): Leaving => ({
  organizationId: form.get('left'),
  lastDay: form.get('lastDay').trim(),
  movedTo: isMove ? { organizationId: form.get('movedTo'), workgroupIds: form.all('workgroup') } : undefined,
})

function scopeOf(form: Form): readonly string[] | undefined {
  if (form.get('limited') === 'no') return []
  return form.get('limited') === 'yes' ? form.all('limitTo') : undefined
}

/** The primary organization as this agent sees it; one that they do not look after is not changed by leaving it alone. */
const primaryOf = ({ organizations }: Known): string =>
  organizations.find(({ is_primary }) => is_primary === 1)?.id ?? ''

function detailsOf(form: Form, person: Known): Details {
  return {
    ...tidyNames(namesFrom(field => form.get(field))),
    ...(form.has('workPhone') && { work: tidyWork(workFrom(field => form.get(field))) }),
    ...(form.has('primaryOrganization') &&
      form.get('primaryOrganization') !== primaryOf(person) && {
        primaryOrganizationId: form.get('primaryOrganization'),
      }),
  }
}
