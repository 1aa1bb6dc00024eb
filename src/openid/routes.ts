import type { Context } from 'hono'
import type { Cookies } from '../session/cookies.ts'
import type { VisitorReader } from '../session/current.ts'
import { firstStepAt } from '../session/proofs.ts'
import type { Session } from '../session/visitor.ts'
import type { Keyring } from '../store/keyring.ts'
import type { Endpoint } from '../web/endpoints.ts'
import type { Frame } from '../web/frame.ts'
import type { Asked, Reply, Trace } from './asking.ts'
import type { Answer } from './call.ts'
import { postedMode } from './client.ts'
import { entryAddress, paths } from './paths.ts'
import { postedPage } from './posted-page.ts'
import { hasWrongHint, longestRequest } from './requests.ts'
import { askedAt, isPlaceChosen, stamped, withoutStamp } from './stamp.ts'
import type { Posted } from './work.ts'

export interface OpenidParts {
  /** Undefined: no application is registered, and the engine is not loaded. */
  readonly asking: () => Promise<((asked: Asked) => Promise<Reply>) | undefined>
  readonly keyring: Keyring
  readonly cookies: Cookies
  readonly visitors: VisitorReader
  readonly now: () => number
  readonly frameOf: (c: Context) => Promise<Frame>
  readonly traceOf: (c: Context) => Trace
  /** Our page for a request that no application may be told of. */
  readonly fail: (c: Context, status: 400 | 404) => Promise<Response>
}

/** Where a browser comes with an application's request. */
export interface BrowserRoute {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly handle: (c: Context) => Promise<Response>
}

export const browserRoutes = (parts: OpenidParts): readonly BrowserRoute[] => [
  { method: 'GET', path: paths.authorization, handle: c => getAuthorize(parts, c) },
  { method: 'POST', path: paths.authorization, handle: c => asGet(c, paths.authorization) },
  { method: 'POST', path: paths.end_session, handle: c => asGet(c, paths.end_session) },
]

/** What applications ask for by themselves. */
export const openidEndpoints = (parts: OpenidParts): readonly Endpoint[] => [
  ...(['token', 'introspection', 'revocation', 'userinfo'] as const).map(name => ({
    method: 'POST' as const,
    path: paths[name],
    answer: (c: Context) => machine(parts, c),
  })),
  ...(['discovery', 'jwks', 'userinfo'] as const).map(name => ({
    method: 'GET' as const,
    path: paths[name],
    answer: (c: Context) => machine(parts, c),
  })),
]

const sent = (c: Context, { status, headers, body }: Answer): Response =>
  c.body(body, status as 200, { ...headers })

/** A machine's request: no cookie is looked at. */
async function machine({ asking, now, traceOf }: OpenidParts, c: Context): Promise<Response> {
  const ask = await asking()
  if (ask === undefined) return c.body(null, 404)
  const isPost = c.req.method === 'POST'
  const reply = await ask({
    method: isPost ? 'POST' : 'GET',
    url: c.req.path + new URL(c.req.url).search,
    authorization: c.req.header('authorization'),
    contentType: c.req.header('content-type'),
    body: isPost ? await c.req.text() : undefined,
    session: undefined,
    trace: traceOf(c),
    now: now(),
  })
  return reply.kind === 'answer' ? sent(c, reply.answer) : c.body(null, 400)
}

/** A request that is posted goes on as a GET: only then does the browser send our cookie (`SameSite=Lax`). */
async function asGet(c: Context, path: string): Promise<Response> {
  const isForm = (c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded')
  const query = isForm ? new URLSearchParams(await c.req.text()).toString() : ''
  return c.redirect(`${path}?${query}`, 303)
}

async function getAuthorize(parts: OpenidParts, c: Context): Promise<Response> {
  const { keyring, cookies, visitors } = parts
  const ask = await parts.asking()
  if (ask === undefined) return parts.fail(c, 404)
  const now = parts.now()
  const query = new URL(c.req.url).search.slice(1)
  if (query.length > longestRequest || hasWrongHint(query)) return parts.fail(c, 400)
  const visitor = await visitors.read(cookies.holder(c), now)
  const isEntitled = visitor.kind === 'session' && visitor.step === undefined && !visitor.isFormer
  const session = isEntitled ? visitor : undefined
  const since = askedAt(keyring, query, now)
  const reply = await ask({
    method: 'GET',
    url: `${paths.authorization}?${asAsked(withoutStamp(query), session, since)}`,
    authorization: undefined,
    contentType: undefined,
    body: undefined,
    session,
    hasChosenPlace: session !== undefined && isPlaceChosen(keyring, query, session.id, now),
    trace: parts.traceOf(c),
    now,
  })
  return reply.kind === 'wish'
    ? c.redirect(`${entryAddress}?wish=${reply.wish}&${stamped(keyring, query, now)}`, 303)
    : answerAuthorize(parts, c, reply)
}

/**
 * The request in the engine's words. A wish for a fresh proof is met once, by a proof that was given after it was first made.
 */
function asAsked(query: string, session: Session | undefined, since: number | undefined): string {
  const parameters = new URLSearchParams(query)
  if (parameters.get('response_mode') === 'form_post') parameters.set('response_mode', postedMode)
  const isMet = session !== undefined && since !== undefined && firstStepAt(session.proofs) >= since
  if (!isMet) return parameters.toString()
  const wishes = (parameters.get('prompt') ?? '').split(' ').filter(word => word !== 'login' && word !== '')
  if (wishes.length > 0) parameters.set('prompt', wishes.join(' '))
  else parameters.delete('prompt')
  parameters.delete('max_age')
  return parameters.toString()
}

function answerAuthorize(
  parts: OpenidParts,
  c: Context,
  { answer, work }: Extract<Reply, { kind: 'answer' }>,
): Promise<Response> | Response {
  if (work.posted !== undefined) return carry(parts, c, work.posted)
  return answer.status < 400 ? sent(c, answer) : parts.fail(c, 400)
}

/** The form may go to the application and nowhere else; its origin is told, so that the application knows who sends it. */
async function carry(parts: OpenidParts, c: Context, posted: Posted): Promise<Response> {
  c.set('formAction', new URL(posted.action).origin)
  c.header('referrer-policy', 'strict-origin')
  return c.html(postedPage(await parts.frameOf(c), posted).toString())
}
