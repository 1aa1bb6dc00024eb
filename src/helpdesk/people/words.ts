import { vocabulary } from '../../web/vocabulary.ts'
import type { LastSignIn, StateName } from './filters.ts'

const en = {
  title: 'People',
  search: 'Search',
  searchHint: 'The beginning of any word of a name, username, e-mail address or organization.',
  state: 'State',
  role: 'Role',
  organization: 'Organization',
  workgroup: 'Workgroup',
  lastSignIn: 'Last sign-in',
  any: 'Any',
  noOrganization: 'In none',
  lastSignIns: {
    never: 'Never',
    'quiet-30': 'More than 30 days ago',
    'quiet-60': 'More than 60 days ago',
    'quiet-90': 'More than 90 days ago',
    'quiet-180': 'More than 180 days ago',
  } satisfies Record<LastSignIn, string>,
  more: 'More filters',
  moreChosen: (count: number) => `More filters (${count} chosen)`,
  all: 'Take all filters away',
  count: (count: number, isMore: boolean) =>
    isMore ? `${count} people or more` : count === 1 ? '1 person' : `${count} people`,
  find: 'Find',
  caption: 'People found',
  columns: ['Name', 'Username and e-mail', 'Role', 'State', 'Last sign-in'],
  never: 'Never',
  part: 'Very many people fit these letters, and only some of them are shown. Add another word, or more letters.',
  nobody: 'Nobody was found. Try fewer letters, or take a filter away.',
  create: 'Create account',
  states: {
    active: 'Active',
    'first-sign-in': 'First sign-in not done',
    'password-expires': 'First sign-in not done, time almost up or over',
    'no-question': 'No recovery question',
    'no-two-step-staff': 'Staff without 2-step verification',
    'no-two-step': 'Without 2-step verification',
    'near-dormancy': 'Told that the account will become dormant',
    'leaving-soon': 'Leaves within 30 days',
    incident: 'Incident to look at',
    'mail-refused': 'Mail refused',
    'locked-down': 'Locked down',
    suspended: 'Suspended',
    dormant: 'Dormant',
    'training-lapsed': 'Training lapsed',
    left: 'Left',
    deactivated: 'Deactivated',
    throttled: 'Has to wait after wrong tries',
  } satisfies Record<StateName | 'throttled', string>,
  now: {
    active: 'Active',
    'first-sign-in': 'First sign-in open',
    'password-over': 'Temporary password over',
    'no-password': 'No password yet',
    leaving: 'Leaving',
    deactivated: 'Deactivated',
    left: 'Left',
    suspended: 'Suspended',
    blocked: 'Locked down',
    dormant: 'Dormant',
    'training-lapsed': 'Training lapsed',
  },
}

export type PeopleWords = typeof en
export type StateNow = keyof PeopleWords['now']

export const wordsFor = vocabulary<PeopleWords>({ en })
