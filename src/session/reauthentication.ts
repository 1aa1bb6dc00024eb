import type { Policy } from '../policy/table.ts'
import { type Refusal, type RefusalOf, statusOf, unlessBusy } from '../refusals.ts'
import type { Frame } from '../web/frame.ts'
import type { Form } from '../web/request.ts'
import { cardOfText } from './code-card.ts'
import type { Cookies } from './cookies.ts'
import { keepPath } from './kept-form-rules.ts'
import type { Step } from './next-step.ts'
import { firstStepAt } from './proofs.ts'
import { type GateEntry, type ReauthenticationParts, reauthenticate } from './reauthentication-check.ts'
import { gatePage } from './reauthentication-page.ts'
import { isSession, type Proof, pathOf, type Route, sayWhenAgain, send, type Visit } from './visit.ts'
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

interface GateParts {
  readonly checks: ReauthenticationParts
  readonly cookies: Pick<Cookies, 'setHolder'>
  readonly fail: (visit: Visit, status: 503) => Promise<Response>
}

/** Fields of the gate in front of a form: the form has its own `password` or `code` now and then. */
/** A form of the console has no field of this name. */
const keyField = 'passkey'
const ownFields = { password: 'gatePassword', code: 'gateCode' } as const
const plainFields = { password: 'password', code: 'code' } as const
const isOwnField = (name: string): boolean =>
  name === keyField || Object.values<string>(ownFields).includes(name)

/**
 * Undefined when the password was given as lately as the route asks, or when this is a step of a sign-in that has just
 * asked for it. Otherwise the gate, as the answer: 200 to a GET, whose page it leads to; 403 to a POST. The gate before a
 * deed has the form in it, and does it once the password is right; a file it cannot carry. Another form is kept where its
 * route allows it, and shown again.
 */
export async function gateOf(parts: GateParts, visit: Visit, route: Route): Promise<Response | undefined> {
  const { proof } = route
  if (proof === undefined || !isSession(visit) || visit.visitor.step !== undefined) return undefined
  const { visitor, c, now } = visit
  const asked = typeof proof === 'function' ? proof(visit) : proof
  if (!visitor.isFormer && isEnough[asked](visitor, policyOf(visitor), now)) return undefined
  const frame = () => route.frame?.(visit) ?? visit.frame()
  if (c.req.method !== 'POST') return showGate(visit, { to: pathOf(c), frame, refusals: [] }, 200)
  if (route.deed !== undefined && route.upload === undefined)
    return gateOfDeed(parts, visit, { deed: await route.deed(visit), frame })
  await visit.keepForm()
  return showGate(visit, { to: keepPath(route, c.req.path) ?? c.req.path, frame, refusals: [] }, 403)
}

/** What was typed at the gate. */
export const readGate = (
  form: Form,
  names: typeof ownFields | typeof plainFields = plainFields,
): GateEntry => ({
  password: form.get(names.password),
  code: form.get(names.code),
  key: form.get(keyField),
})

async function gateOfDeed(
  parts: GateParts,
  visit: Visit<Session>,
  { deed, frame }: { readonly deed: string; readonly frame: () => Promise<Frame> },
): Promise<Response | undefined> {
  const { c, form } = visit
  const carried = form
    .names()
    .filter(name => name !== 'csrf' && !isOwnField(name))
    .flatMap(name => form.all(name).map(value => [name, value] as const))
  const gate = { to: c.req.path, frame, deed: { name: deed, carried } }
  if (!form.has(ownFields.password)) return showGate(visit, { ...gate, refusals: [] }, 403)
  const entry = readGate(form, ownFields)
  const outcome = await reauthenticate(parts.checks, visit, entry)
  if (outcome.ok) {
    if (outcome.value.cookie === undefined) return showGate(visit, { ...gate, refusals: [] }, 403)
    parts.cookies.setHolder(c, outcome.value.cookie)
    return undefined
  }
  return refuseAtGate(parts, visit, gate, outcome.refusals)
}

type Gate = Pick<Parameters<typeof gatePage>[1], 'to' | 'deed'> & { readonly frame?: () => Promise<Frame> }

/** The gate again, with what was wrong. */
export async function refuseAtGate(
  { fail }: Pick<GateParts, 'fail'>,
  visit: Visit<Session>,
  gate: Gate,
  list: readonly Refusal<RefusalOf<'reauthentication'> | 'request.busy'>[],
): Promise<Response> {
  const refusals = unlessBusy(list)
  if (refusals === undefined) return fail(visit, 503)
  sayWhenAgain(visit, refusals.find(({ code }) => code === 'reauthentication.waiting')?.until)
  return showGate(visit, { ...gate, refusals }, statusOf(refusals))
}

/** The gate, as an answer. */
export async function showGate(
  visit: Visit<Session>,
  given: Gate & Pick<Parameters<typeof gatePage>[1], 'refusals'>,
  status: number,
): Promise<Response> {
  const { visitor } = visit
  const page = gatePage(await (given.frame ?? visit.frame)(), {
    ...given,
    fields: given.deed ? ownFields : plainFields,
    username: visitor.person.username,
    paired: visitor.facts.hasSecondStep,
    card: cardOfText(visitor.row.code_card),
    hasKey: visitor.row.has_key === 1,
    keyOptions: gateKeyOptions,
    timeZone: policyOf(visitor).timeZone,
  })
  return send(visit, page, status)
}
