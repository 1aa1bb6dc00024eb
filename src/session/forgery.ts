import { refusals } from '../refusals.ts'
import { refusalShare } from '../throttle/rules.ts'
import { claimShare, claimTry, counterName } from '../throttle/store.ts'
import { crossSite, sourceOf } from '../web/request.ts'
import type { Cookies } from './cookies.ts'
import type { CsrfTokens, TokenKind } from './csrf.ts'
import type { Services } from './services.ts'
import type { Route, Visit } from './visit.ts'
import type { EndedSession } from './visitor.ts'

export interface ForgeryParts {
  readonly services: Services
  readonly cookies: Cookies
  readonly csrf: CsrfTokens
}

/** Forms that anybody may send are bound to the pre-session, all others to the sign-in. */
export const tokenKind = ({ access }: Pick<Route, 'access'>): TokenKind =>
  access.kind === 'anyone' ? 'pre-session' : 'holder'

/** Why a POST is not from a page of ours; undefined: it is. Two proofs are asked for: where it comes from, and a token. */
export function forgeryOf(
  { services, cookies, csrf }: ForgeryParts,
  visit: Visit,
  route: Route,
): string | undefined {
  const site = crossSite(visit.c.req.raw.headers, services.settings.LINTEL_ORIGIN)
  if (site !== undefined) return site
  const known = csrf.holds(
    visit.form.get('csrf'),
    visit.visitor,
    cookies.knownPreSession(visit.c),
    tokenKind(route),
  )
  return known ? undefined : 'token'
}

/**
 * Records what a stranger tries, with a counter of its own for each address: anyone who repeats it fills no disk, because
 * between records there is a growing wait.
 */
async function recordStranger(
  { keyring, store, audit, now }: Services,
  visit: Visit,
  event: Parameters<Services['audit']['record']>[1],
): Promise<void> {
  const name = counterName(keyring, 'forgery', `${event.event} ${sourceOf(visit.address)}`)
  const claim = await store.writeOne(db => claimTry(db, name, now()))
  if (claim.ok) await store.write(tx => audit.record(tx, event))
}

/** A form that was not from a page of ours, or whose token is old. */
export const recordForgery = (
  services: Services,
  visit: Visit,
  route: Route,
  reason: string,
): Promise<void> =>
  recordStranger(services, visit, {
    event: refusals['request.csrf'].event,
    ...visit.trace(),
    args: { path: route.path, reason },
  })

/** A cookie that was signed out, used again: its owner's browser has none. */
export const recordDeadCookie = (services: Services, visit: Visit, ended: EndedSession): Promise<void> =>
  recordStranger(services, visit, {
    event: 'session_use_after_expire',
    ...visit.trace(),
    subject: ended.accountId,
  })

/**
 * Records that somebody signed in asked for what is not theirs, for what is not there, or for a step out of order. Each
 * account has a share of such records, and the end of it is recorded too: nobody fills the disk by asking.
 */
export async function recordRefusal(
  { keyring, store, audit }: Services,
  visit: Visit,
  event: 'authz_fail' | 'sequence_fail' | 'malicious_direct_reference',
  path: string,
  subject?: string,
): Promise<void> {
  const trace = { ...visit.trace(), ...(subject !== undefined && { subject }) }
  const name = counterName(keyring, 'refusal', `${event} ${trace.actor}`)
  await store.write(async tx => {
    const claim = await claimShare(tx.db, name, refusalShare, visit.now)
    if (claim.ok) await audit.record(tx, { event, ...trace, args: { path } })
    else if (claim.first)
      await audit.record(tx, {
        event: 'excess_rate_limit_exceeded',
        ...trace,
        args: { what: event, until: claim.until },
      })
  })
}
