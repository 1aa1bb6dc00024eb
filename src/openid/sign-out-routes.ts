import type { Context } from 'hono'
import { findApplication } from '../applications/store.ts'
import { anyone } from '../session/access.ts'
import type { Cookies } from '../session/cookies.ts'
import type { Services } from '../session/services.ts'
import { signOut } from '../session/sign-out.ts'
import { isHeld, type Route, redirect, redirectSaying, route, send, type Visit } from '../session/visit.ts'
import type { Asking } from './asking.ts'
import type { SignOutAnswer } from './engine.ts'
import { leavingAddress, paths } from './paths.ts'
import { hasWrongHint, longestRequest } from './requests.ts'
import { askToLeavePage, leftPage } from './sign-out-pages.ts'

interface LeavingParts {
  readonly services: Services
  readonly cookies: Cookies
  /** Undefined: no application is registered. */
  readonly asking: () => Promise<Asking | undefined>
  readonly fail: (c: Context, status: 400 | 404) => Promise<Response>
}

/**
 * RP-Initiated Logout 1.0. It asks first, whatever hint came with it: a link on another site must sign nobody out. The
 * form leads back here, where whoever is signed out goes on to the application, from a page (`entry-routes.ts` says why).
 */
export const leavingRoutes = (parts: LeavingParts): readonly Route[] => [
  route('GET', paths.end_session, anyone, visit => showLeaving(parts, visit)),
  route('POST', leavingAddress, anyone, visit => postLeaving(parts, visit), {
    stale: visit => redirect(visit, `${paths.end_session}?${queryIn(visit.form.get('request'))}`),
  }),
]

const withState = (to: string, state: string): string =>
  `${to}${to.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`

/** As a query that is nothing else, whatever was sent. */
const queryIn = (text: string): string => new URLSearchParams(text).toString()

async function showLeaving(parts: LeavingParts, visit: Visit): Promise<Response> {
  const query = new URL(visit.c.req.url).search.slice(1)
  const ask = await parts.asking()
  if (ask === undefined) return parts.fail(visit.c, 404)
  if (query.length > longestRequest || hasWrongHint(query)) return parts.fail(visit.c, 400)
  const { address, requestId, now } = visit
  const reply = await ask({
    method: 'GET',
    url: `${paths.end_session}?${query}`,
    authorization: undefined,
    contentType: undefined,
    body: undefined,
    session: undefined,
    isLeaving: true,
    trace: { address, requestId },
    now,
  })
  if (reply.kind !== 'answer' || reply.answer.status !== 200) return parts.fail(visit.c, 400)
  return shown(parts, visit, query, JSON.parse(reply.answer.body) as SignOutAnswer)
}

async function shown(
  { services }: LeavingParts,
  visit: Visit,
  query: string,
  { application: id, to, state }: SignOutAnswer,
): Promise<Response> {
  const application = id === undefined ? undefined : await findApplication(services.store, id)
  if (isHeld(visit)) return send(visit, askToLeavePage(await visit.frame(), query, application?.name))
  if (application === undefined || typeof to !== 'string') return toSignIn(visit)
  const href = typeof state === 'string' ? withState(to, state) : to
  visit.c.header('refresh', `0; url=${href}`)
  return send(visit, leftPage(await visit.frame(), application.name, href))
}

function toSignIn(visit: Visit): Response {
  const said = visit.said()
  return said === undefined ? redirect(visit, '/sign-in') : redirectSaying(visit, '/sign-in', said)
}

async function postLeaving({ services, cookies }: LeavingParts, visit: Visit): Promise<Response> {
  const said = isHeld(visit) ? await signOut(services, visit) : 'signed-out'
  cookies.expireHolder(visit.c)
  visit.c.header('clear-site-data', '"cache", "storage"')
  return redirectSaying(visit, `${paths.end_session}?${queryIn(visit.form.get('request'))}`, said)
}
