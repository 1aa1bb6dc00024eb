import type { Verdict } from './rules.ts'
import { needsOf, type VerbName } from './verb-rules.ts'

/** What a verb is about: getting in, what the account is, or keeping somebody out. */
export const verbGroups = ['sign-in', 'account', 'block'] as const
export type VerbGroup = (typeof verbGroups)[number]

const ofAccount: readonly VerbName[] = [
  'details',
  'access',
  'role',
  'scope',
  'contact',
  'left',
  'moved',
  'stays',
  'schedule-leaving',
  'reactivate',
]

const groupOf = (action: VerbName): VerbGroup =>
  needsOf(action).danger ? 'block' : ofAccount.includes(action) ? 'account' : 'sign-in'

/** The verb that gets past what bars a sign-in; undefined: waiting, or nothing, does. */
const remedies: Readonly<Partial<Record<Verdict['say'], VerbName>>> = {
  deactivated: 'reactivate',
  closed: 'reactivate',
  suspended: 'reactivate',
  inactive: 'reactivate',
  'locked-down': 'temporary-password',
  'no-password': 'temporary-password',
  'temporary-over': 'temporary-password',
  'link-over': 'mail-link',
  'locked-out': 'unlock',
  waits: 'unlock',
  'waits-code': 'unlock',
  'known-waits': 'unlock',
}

/** The verbs of an agent as they are offered: the one that helps now, and the others by what they are about. */
export function offersOf(
  say: Verdict['say'],
  verbs: readonly VerbName[],
): {
  readonly remedy: VerbName | undefined
  readonly groups: Readonly<Record<VerbGroup, readonly VerbName[]>>
} {
  const remedy = verbs.find(verb => verb === remedies[say])
  const others = verbs.filter(verb => verb !== remedy)
  const of = (group: VerbGroup) => others.filter(verb => groupOf(verb) === group)
  return { remedy, groups: { 'sign-in': of('sign-in'), account: of('account'), block: of('block') } }
}
