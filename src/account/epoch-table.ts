/** A change that ends what is signed in, mailed or under way; or why it does not. */
export type Effect = 'raises' | { readonly why: string }

/**
 * Every change that is made to an account, and whether it raises the credential epoch. Whoever writes a new one decides it
 * here; the test beside the desk's verbs makes each of them.
 */
export const epochTable = {
  'temporary password': 'raises',
  'mailed link': 'raises',
  'code card': 'raises',
  '2-step reset': 'raises',
  'a way removed': 'raises',
  'question reset': 'raises',
  'lock down': 'raises',
  deactivate: 'raises',
  'email changed': 'raises',
  role: 'raises',
  limit: 'raises',
  contact: 'raises',
  name: { why: 'says nothing of who may sign in' },
  'organization left': 'raises',
  'leaving an organization canceled': { why: 'takes back a plan that had no effect yet' },
  'organizations and workgroups': { why: 'read anew at every request' },
  'end sessions': { why: 'the person signs in again with what they have; a mailed link still works' },
  suspend: { why: 'the bar holds at every request, and a link works again when it is over' },
  leaving: { why: 'a plan; the epoch is raised when it comes true' },
  reactivate: { why: 'nothing was signed in, and what was raised before stays so' },
  unlock: { why: 'counts of failed tries prove nothing' },
  'incident closed': { why: 'tells who looked at it' },
  training: { why: 'the bar holds at every request' },
} as const satisfies Readonly<Record<string, Effect>>

/** The same of what people do to their own account. Their own sign-in goes on in the new epoch (`keepOwn`). */
export const ownEpochTable = {
  'own password': 'raises',
  'security question': 'raises',
  '2-step verification on': 'raises',
  'new backup codes': 'raises',
  'another way': 'raises',
  'a way replaced': 'raises',
  'a way removed': 'raises',
  'own code card': 'raises',
  '2-step verification off': 'raises',
  'signed out everywhere': 'raises',
  'forgotten password': 'raises',
  'this was not me': 'raises',
  'another session ended': { why: 'ends that one alone, at its next request' },
  'own computer ended': { why: 'that computer is asked for a code again' },
  'name of a way': { why: 'says nothing of who may sign in' },
  'question skipped': { why: 'nothing is set that opens the account' },
  'terms accepted': { why: 'says nothing of who may sign in' },
  'where one works': { why: 'read anew at every request' },
  looks: { why: 'says nothing of who may sign in' },
} as const satisfies Readonly<Record<string, Effect>>
