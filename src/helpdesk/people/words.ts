import { plurals } from '../../web/plurals.ts'
import { vocabulary } from '../../web/vocabulary.ts'
import type { LastSignIn, StateName } from './filters.ts'

const plural = plurals('en-US')

const en = {
  title: 'People',
  search: 'Search',
  searchHint: 'The beginning of any word of a name, username, email address or organization.',
  state: 'State',
  role: 'Role',
  organization: 'Organization',
  workgroup: 'Workgroup',
  lastSignIn: 'Last sign-in',
  any: 'Any',
  noOrganization: 'None',
  lastSignIns: {
    never: 'Never',
    'quiet-30': 'More than 30 days ago',
    'quiet-60': 'More than 60 days ago',
    'quiet-90': 'More than 90 days ago',
    'quiet-180': 'More than 180 days ago',
  } satisfies Record<LastSignIn, string>,
  more: 'More filters',
  moreChosen: (count: number) => `More filters (${count} selected)`,
  all: 'Clear all filters',
  count: (count: number, isMore: boolean) =>
    isMore ? `${count} people or more` : plural(count, { one: '# person', other: '# people' }),
  find: 'Find',
  caption: 'People found',
  columns: ['Name', 'Username and email', 'Organization', 'Role', 'State', 'Last sign-in', 'Select'],
  select: (name: string) => `Select ${name}`,
  selectHint:
    'To do something with several people at once, such as saying that they left, choose who is meant.',
  withChecked: 'Continue with those checked',
  withPage: (count: number) =>
    plural(count, { one: 'Continue with the # on this page', other: 'Continue with all # on this page' }),
  withAll: (count: number | undefined) =>
    count === undefined ? 'Continue with all that match' : `Continue with all ${count} that match`,
  notSelected: {
    nobody: 'Nobody was selected. Check the people that you mean.',
    'too-many': 'That is more than 200 people, the most at one time. Add a filter, or go page by page.',
  },
  never: 'Never',
  part: 'Too many results to show them all. Add another word.',
  nobodyHere: 'Nobody right now.',
  nobody: 'No matches. Try fewer letters, or clear a filter.',
  create: 'Create account',
  hasLeft: 'They left the organization. You do not look after them anymore.',
  states: {
    active: 'Active',
    'first-sign-in': 'Not signed in yet',
    'password-expires': 'Temporary password expiring or expired',
    'no-question': 'No security question',
    'no-two-step-staff': 'Staff without 2-step verification',
    'no-two-step': 'Without 2-step verification',
    'two-step-due': '2-step due soon',
    'one-way-only': 'One way only',
    'near-dormancy': 'Inactivity notice sent',
    'leaving-soon': 'Leaving within 30 days',
    incident: 'Open incident',
    'mail-refused': 'Email refused',
    'locked-down': 'Locked down',
    suspended: 'Suspended',
    inactive: 'Inactive',
    'training-expired': 'Training expired',
    closed: 'Closed on its date',
    deactivated: 'Deactivated',
    throttled: 'Locked out for now',
  } satisfies Record<StateName | 'throttled', string>,
  now: {
    active: 'Active',
    throttled: 'Locked out for now',
    'first-sign-in': 'Not signed in yet',
    'password-over': 'Temporary password expired',
    'no-password': 'No password yet',
    leaving: 'Leaving',
    deactivated: 'Deactivated',
    closed: 'Closed on its date',
    suspended: 'Suspended',
    'locked-down': 'Locked down',
    inactive: 'Inactive',
    'training-expired': 'Training expired',
  },
}

type PeopleWords = typeof en
export type StateNow = keyof PeopleWords['now']

export const wordsFor = vocabulary<PeopleWords>({ en })
