import type { Policy } from '../policy/table.ts'
import type { Step } from './next-step.ts'
import { firstStepAt } from './proofs.ts'
import { gatePage } from './reauthentication-page.ts'
import { send, type Visit } from './visit.ts'
import { type Holder, policyOf, type Session } from './visitor.ts'

/** Where the gate is answered, and where it leads when nothing else was asked for. */
export const gateAddress = '/security'

/** Tells whether the password was given again in this session within the policy's minutes (ASVS V7.5.1). Pure. */
export function isFresh(
  session: Pick<Session, 'reauthenticatedAt'>,
  policy: Pick<Policy, 'reauthenticationMinutes'>,
  now: number,
): boolean {
  const at = session.reauthenticatedAt
  return at !== null && at <= now && now < at + policy.reauthenticationMinutes * 60_000
}

/** The same for a password that was given at the sign-in itself. Pure. */
export const isRecent = (
  session: Pick<Session, 'proofs' | 'reauthenticatedAt'>,
  policy: Pick<Policy, 'reauthenticationMinutes'>,
  now: number,
): boolean =>
  isFresh(session, policy, now) || isFresh({ reauthenticatedAt: firstStepAt(session.proofs) }, policy, now)

/** Steps that set what guards an account. */
const guarding: ReadonlySet<Step> = new Set(['password', 'recovery', 'two-step'])

/**
 * Tells whether a session stands before a step that sets what guards the account, and anyone who holds it gave the password too
 * long ago, or never: policy changed, or a grace is over. A sign-in that has just asked for the password never does. Pure.
 */
export const isTooOldForStep = (session: Session, now: number): boolean =>
  session.step === 'verify' ||
  (session.step !== undefined && guarding.has(session.step) && !isRecent(session, policyOf(session), now))

/**
 * Undefined when this sign-in may change what guards the account: it is fresh, or a step of a sign-in that has just asked
 * for the password. Otherwise the gate, as the answer: 200 to a GET; 403 to a POST, whose form is kept where its route
 * allows it. `to` is where the gate leads; without it the page itself, or Security Settings after a POST.
 */
export const requireFresh = (visit: Visit<Holder>, to?: string): Promise<Response | undefined> =>
  requirePassword(visit, isFresh, to)

/** The same for what a sign-in of the last minutes may do as well (decision 024). */
export const requireRecent = (visit: Visit<Holder>, to?: string): Promise<Response | undefined> =>
  requirePassword(visit, isRecent, to)

async function requirePassword(
  visit: Visit<Holder>,
  isEnough: typeof isRecent,
  to: string | undefined,
): Promise<Response | undefined> {
  const { visitor, c } = visit
  if (visitor.kind === 'pending' || visitor.step !== undefined) return undefined
  if (!visitor.isFormer && isEnough(visitor, policyOf(visitor), visit.now)) return undefined
  const isPost = c.req.method === 'POST'
  const kept = isPost ? await visit.keepForm() : undefined
  const back = to ?? kept ?? (isPost ? gateAddress : c.req.path)
  return showGate(visit, visitor, { to: back, refusals: [] }, isPost ? 403 : 200)
}

/** What an address leads to, or the answer in its place. */
export type Entered<Found> = Found | { readonly answer: Response }

/** The same, once the password was given again. */
export async function onceFresh<Found extends object>(
  visit: Visit<Session>,
  entered: Entered<Found>,
): Promise<Entered<Found>> {
  if ('answer' in entered) return entered
  const gate = await requireFresh(visit)
  return gate === undefined ? entered : { answer: gate }
}

/** The gate, as an answer. */
export async function showGate(
  visit: Visit,
  session: Session,
  given: Pick<Parameters<typeof gatePage>[1], 'to' | 'refusals'>,
  status: number,
): Promise<Response> {
  const page = gatePage(await visit.frame(), {
    ...given,
    username: session.person.username,
    paired: session.facts.hasSecondStep,
    timeZone: policyOf(session).timeZone,
  })
  return send(visit, page, status)
}
