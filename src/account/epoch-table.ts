/** A change that ends what is signed in, mailed or under way; or why it does not. */
type Effect = 'raises' | { readonly why: string }

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
  'organizations and workgroups': { why: 'read anew at every request' },
  'end sessions': { why: 'the person signs in again with what they have; a mailed link still works' },
  suspend: { why: 'the bar holds at every request, and a link works again when it is over' },
  leaving: { why: 'a plan; the epoch is raised when it comes true' },
  reactivate: { why: 'nothing was signed in, and what was raised before stays so' },
  unlock: { why: 'counts of failed tries prove nothing' },
  'incident closed': { why: 'tells who looked at it' },
  training: { why: 'the bar holds at every request' },
} as const satisfies Readonly<Record<string, Effect>>
