import { refusals } from '../refusals.ts'
import type { ErrorStatus } from '../web/error-pages.ts'
import type { Form } from '../web/request.ts'
import type { AccessDecision } from './access.ts'
import { waitOfAgent } from './agent-limits.ts'
import type { Cookies } from './cookies.ts'
import type { Entering } from './entering.ts'
import { type ForgeryParts, forgeryOf, recordForgery, recordRefusal } from './forgery.ts'
import type { Leading } from './leading.ts'
import { gateOf, isTooOldForStep } from './reauthentication.ts'
import type { ReauthenticationParts } from './reauthentication-check.ts'
import { type Answer, type Entry, isPending, isSession, type Route, redirect, type Visit } from './visit.ts'

/** A request at the door: who asks for which page, with what. */
export interface Asked {
  readonly visit: Visit
  readonly route: Route
  /** Undefined: the body is no form of ours. */
  readonly form: Form | undefined
  readonly decision: AccessDecision
}

/** Thrown out of a transaction by who finds in it that its sender may do no such thing any more. */
export class NoLongerTheirs extends Error {}

/** One question at the door. Undefined lets on to the next; an answer stands in the page's place. */
export type Guard = (asked: Asked) => Answer | undefined | Promise<Response | undefined>

interface GuardParts extends ForgeryParts {
  readonly entering: Entering
  readonly leading: Leading
  /** What the gate asks. */
  readonly checks: ReauthenticationParts
  readonly cookies: Cookies
  readonly fail: (visit: Visit, status: ErrorStatus, retryAfterSeconds?: number) => Promise<Response>
}

/** Tells whether the route asks who sends it. */
const isBeyondPublic = ({ access }: Route): boolean => access.kind !== 'anyone'

/** Tells whether the route asks for more than a password that was right. */
const isBeyondPassword = ({ access }: Route): boolean => access.kind === 'step' || access.kind === 'inside'

interface DoorGuards {
  /** Everything that is asked before a body is read that takes memory or hashes. */
  readonly beforeBody: readonly Guard[]
  /** Everything that is asked of every request for a page, in this order. */
  readonly all: readonly Guard[]
  /** What the route itself asks: before it finds what the address names, and then before the page. */
  readonly beforeEntry: readonly Guard[]
  readonly beforePage: readonly Guard[]
  /** The answer to an address that names nothing for the visitor, or what is not theirs: it is recorded. */
  refuse(visit: Visit, refused: Extract<Entry, { refused: string }>): Promise<Response>
}

export function doorGuards(parts: GuardParts): DoorGuards {
  const { services, entering, leading, fail } = parts
  const isReadable: Guard = ({ visit, form }) => (form === undefined ? fail(visit, 400) : undefined)

  const isSignedIn: Guard = ({ visit, route, decision }) =>
    !decision.admit && decision.why === 'signed-out'
      ? leading.away(visit, route, decision.leadTo, decision.why)
      : undefined

  const isFromOurPage: Guard = ({ visit, route }) => {
    const reason = route.method === 'POST' ? forgeryOf(parts, visit, route) : undefined
    return reason === undefined ? undefined : refuseForgery(visit, route, reason)
  }

  /** A holder of the previous cookie, whether a browser with requests under way or a thief, may only read. */
  const isNewest: Guard = ({ visit, route }) =>
    isSession(visit) && visit.visitor.isFormer && route.method === 'POST' && isBeyondPublic(route)
      ? redirect(visit, '/')
      : undefined

  /** A sign-in with no step left becomes a session at the first request that needs one. */
  const hasEntered: Guard = ({ visit, route }) =>
    isPending(visit) && visit.visitor.step === undefined && isBeyondPassword(route)
      ? entering.enter(visit)
      : undefined

  const isRecentForItsStep: Guard = ({ visit, route }) =>
    isSession(visit) && isBeyondPassword(route) && isTooOldForStep(visit.visitor, visit.now)
      ? leading.back(visit, route)
      : undefined

  const isAtItsStep: Guard = ({ visit, route, decision }) =>
    decision.admit || decision.leadTo === undefined
      ? undefined
      : leading.away(visit, route, decision.leadTo, decision.why)

  const hasRole: Guard = ({ visit, route, decision }) => {
    if (decision.admit || decision.leadTo !== undefined) return undefined
    return decision.why === 'role'
      ? refuseRole(visit, route)
      : refuse(visit, { refused: 'account.not-there' })
  }

  const isWithinShare: Guard = async ({ visit, route }) => {
    if (route.counts === undefined || !isSession(visit)) return undefined
    const until = await waitOfAgent(services, visit, route.counts)
    return until === undefined ? undefined : fail(visit, 429, Math.ceil((until - visit.now) / 1_000))
  }

  const isProven: Guard = ({ visit, route }) => gateOf(parts, visit, route)

  async function refuseForgery(visit: Visit, route: Route, reason: string): Promise<Response> {
    await recordForgery(services, visit, route, reason)
    return route.stale !== undefined && reason === 'token' ? route.stale(visit) : fail(visit, 403)
  }

  async function refuseRole(visit: Visit, route: Route): Promise<Response> {
    await recordRefusal(services, visit, 'authz_fail', route.path)
    return fail(visit, 403)
  }

  async function refuse(
    visit: Visit,
    { refused, subject }: Extract<Entry, { refused: string }>,
  ): Promise<Response> {
    await recordRefusal(services, visit, refusals[refused].event, visit.c.req.path, subject)
    return fail(visit, refusals[refused].status)
  }

  return {
    beforeBody: [hasRole],
    all: [
      isReadable,
      isSignedIn,
      isFromOurPage,
      isNewest,
      hasEntered,
      isRecentForItsStep,
      isAtItsStep,
      hasRole,
    ],
    beforeEntry: [isWithinShare],
    beforePage: [isProven],
    refuse,
  }
}

/** The answer of the first guard that has one. */
export async function stoppedBy(guards: readonly Guard[], asked: Asked): Promise<Response | undefined> {
  for (const guard of guards) {
    const answer = await guard(asked)
    if (answer !== undefined) return answer
  }
  return undefined
}
