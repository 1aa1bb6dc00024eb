import type { Policy } from '../policy/table.ts'
import { cardOfText } from './code-card.ts'
import { keepPath } from './kept-form-rules.ts'
import type { Step } from './next-step.ts'
import { firstStepAt } from './proofs.ts'
import { gatePage } from './reauthentication-page.ts'
import { isSession, type Proof, pathOf, type Route, send, type Visit } from './visit.ts'
import { policyOf, type Session } from './visitor.ts'

/** Where the gate is answered, and where it leads when nothing else was asked for. */
export const gateAddress = '/security'
/** What the browser is asked for there where the person has a passkey or security key. */
export const gateKeyOptions = '/security/passkey/options'

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
const isRecent = (
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

const isEnough: Readonly<Record<Proof, typeof isRecent>> = { fresh: isFresh, recent: isRecent }

/**
 * Undefined when the password was given as lately as the route asks, or when this is a step of a sign-in that has just
 * asked for it. Otherwise the gate, as the answer: 200 to a GET; 403 to a POST, whose form is kept where its route allows
 * it. It leads to the address itself, or to the page of the form.
 */
export async function gateOf(visit: Visit, route: Route): Promise<Response | undefined> {
  const { proof } = route
  if (proof === undefined || !isSession(visit) || visit.visitor.step !== undefined) return undefined
  const { visitor, c, now } = visit
  const asked = typeof proof === 'function' ? proof(visit) : proof
  if (!visitor.isFormer && isEnough[asked](visitor, policyOf(visitor), now)) return undefined
  const isPost = c.req.method === 'POST'
  if (isPost) await visit.keepForm()
  const to = isPost ? (keepPath(route, c.req.path) ?? c.req.path) : pathOf(c)
  return showGate(visit, visitor, { to, refusals: [] }, isPost ? 403 : 200)
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
    card: cardOfText(session.row.code_card),
    hasKey: session.row.has_key === 1,
    keyOptions: gateKeyOptions,
    timeZone: policyOf(session).timeZone,
  })
  return send(visit, page, status)
}
