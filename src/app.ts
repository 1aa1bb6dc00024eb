import { randomUUID } from 'node:crypto'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { routePath } from 'hono/route'
import { gateChecks } from './account-menu/gate.ts'
import { menuFor } from './account-menu/menu.ts'
import { accountMenuRoutes } from './account-menu/routes.ts'
import { securityRoutes } from './account-menu/security-routes.ts'
import { agencyRoutes } from './agency-desk/routes.ts'
import { allEndpoints } from './endpoints.ts'
import { readAttention } from './helpdesk/front-page/attention.ts'
import { helpdeskRoutes } from './helpdesk/routes.ts'
import { createNotify, type Notify } from './mail/notices.ts'
import { hintsReader } from './openid/hints.ts'
import { type Openid, openOpenid } from './openid/open.ts'
import type { Hasher } from './password/hashing.ts'
import { passwordRoutes } from './password/routes.ts'
import { resetRoutes } from './recovery/forgot/reset-routes.ts'
import { forgotRoutes } from './recovery/forgot/routes.ts'
import { notMeRoutes } from './recovery/not-me/routes.ts'
import { recoveryRoutes } from './recovery/routes.ts'
import { welcomeRoutes } from './recovery/welcome/routes.ts'
import { type Cookies, createCookies } from './session/cookies.ts'
import { createCsrfTokens } from './session/csrf.ts'
import { createVisitorReader } from './session/current.ts'
import { createDoor, type Door } from './session/door.ts'
import type { ReauthenticationParts } from './session/reauthentication-check.ts'
import type { Services } from './session/services.ts'
import type { Route } from './session/visit.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { createClaimantReader } from './sign-in/store.ts'
import { isFull, whyAway } from './store/away.ts'
import { acceptedRoutes } from './terms/accepted.ts'
import { termsRoutes } from './terms/routes.ts'
import { statementRoutes } from './terms/statements.ts'
import { createUnderWay } from './throttle/under-way.ts'
import { verificationRoutes } from './verification/routes.ts'
import { type Answered, watchRequests } from './watch.ts'
import { mountEndpoints } from './web/endpoints.ts'
import { securityHeaders } from './web/headers.ts'
import { createAddressReader, hostKind, keepTheHost, keepUncompressed, onceFor } from './web/proxy.ts'
import { largestForm, type NodeEnv } from './web/request.ts'
import { LateBody, watchBodies } from './web/slow-bodies.ts'
import { oneFormATurn } from './web/turns.ts'
import { workspaceRoutes } from './workspace/routes.ts'

interface AppParts {
  readonly services: Services
  readonly hasher: Hasher
  /** Told of each request, for the metrics. */
  readonly answered?: (request: Answered) => void
  /** Told of each page that broke the policy, by directive. */
  readonly reported?: () => void
}

/** Every page and form of Lintel, in the order in which a person meets them. */
function allRoutes(
  parts: AppParts & { readonly notify: Notify; readonly checks: ReauthenticationParts },
  door: Door,
  cookies: Cookies,
): readonly Route[] {
  const { services, hasher, notify, checks } = parts
  return [
    ...signInRoutes({
      services,
      hasher,
      notify,
      cookies,
      fail: door.fail,
      findClaimant: createClaimantReader(services.store),
      underWay: createUnderWay(),
      knows: (visit, person) => cookies.knows(visit.c, person, visit.now),
      ownComputer: visit => cookies.ownComputer(visit.c),
    }),
    ...workspaceRoutes({ services, advance: door.advance }),
    ...termsRoutes({ services, cookies, advance: door.advance }),
    ...acceptedRoutes(services),
    ...statementRoutes(),
    ...passwordRoutes({ services, hasher, cookies, door, notify }),
    ...recoveryRoutes({ services, hasher, cookies, door, notify }),
    ...forgotRoutes(services, cookies),
    ...resetRoutes({ services, hasher, door, notify }),
    ...notMeRoutes(services),
    ...welcomeRoutes(services, cookies),
    ...verificationRoutes({ services, cookies, door, notify }),
    ...accountMenuRoutes(services, cookies, readAttention),
    ...securityRoutes({ services, checks, cookies, fail: door.fail }),
    ...helpdeskRoutes({ services, hasher, fail: door.fail }),
    ...agencyRoutes({ services }),
  ]
}

/** The whole application as a function from request to response; needs no socket. */
export function createApp(parts: AppParts): {
  readonly app: Hono<NodeEnv>
  readonly routes: readonly Route[]
  readonly openid: Openid
} {
  const { services } = parts
  const { settings } = services
  const cookies = createCookies(services.keyring, settings.LINTEL_ORIGIN)
  const warn = onceFor(services.log)
  const addressOf = createAddressReader(settings.LINTEL_TRUSTED_PROXIES, warn)
  const notify = createNotify({ keyring: services.keyring, origin: settings.LINTEL_ORIGIN })
  const visitors = createVisitorReader(services.store)
  const callerOf = (c: Context<NodeEnv>) => ({
    address: addressOf(c.env?.incoming?.socket.remoteAddress ?? '127.0.0.1', c.req.header('x-forwarded-for')),
    requestId: c.get('requestId'),
  })
  const checks = gateChecks(services, parts.hasher)
  const door = createDoor({
    services,
    checks,
    notify,
    cookies,
    csrf: createCsrfTokens(services.keyring),
    visitors,
    callerOf,
    hintsOf: hintsReader(services.keyring),
    menu: (visit, csrf) => menuFor(services, visit, csrf),
  })
  const openid = openOpenid({
    services,
    cookies,
    visitors,
    traceOf: callerOf,
    fail: door.fail,
    frameOf: door.strangerFrame,
  })
  const routes = [...allRoutes({ ...parts, notify, checks }, door, cookies), ...openid.pages]
  const app = new Hono<NodeEnv>()
  app.use(requestId({ headerName: '', generator: () => randomUUID().slice(-17).replace('-', '') }))
  app.use(watchRequests(services.log, parts.answered ?? (() => {})))
  app.use(securityHeaders({ https: settings.https }))
  app.use(ofForms(watchBodies(c => callerOf(c).address)))
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (c, methods) => wrongMethod(c, methods, door) }))
  const endpoints = [...allEndpoints(services, parts.reported ?? (() => {})), ...openid.endpoints]
  mountEndpoints(app, endpoints, {
    origin: settings.LINTEL_ORIGIN,
    failed: (c, error) => (logFault(services, c, error) === undefined ? 500 : 503),
  })
  const isBehind = settings.https && settings.LINTEL_TRUSTED_PROXIES !== undefined
  if (isBehind) app.use(keepUncompressed)
  app.use(ownHostOnly(settings.LINTEL_ORIGIN, door, isBehind ? warn : undefined))
  app.use(ofForms(limitBodies(routes, door)), ofForms(oneFormATurn()))
  for (const { method, path, handle } of openid.routes) app.on(method, path, handle)
  for (const route of routes) app.on(route.method, route.path, door.handler(route))
  app.notFound(c => door.fail(c, 404))
  app.onError((error, c) => {
    if (error instanceof LateBody) return late(c, door)
    const cutOff = c.env?.incoming?.complete === false
    if (cutOff) return door.fail(c, 400)
    const away = logFault(services, c, error)
    if (isFull(error)) return door.full(c)
    return away === undefined ? door.fail(c, 500) : door.away(c)
  })
  return { app, routes, openid }
}

/** Does this for forms alone. A route for every POST would make each address one that takes a form. */
const ofForms =
  (handle: MiddlewareHandler): MiddlewareHandler =>
  (c, next) =>
    c.req.method === 'POST' ? handle(c, next) : next()

/**
 * Forms are small; an address that takes files has a limit of its own, for a body that says how long it is: there its word
 * is enough, as the server reads no further. One that does not say is counted while it comes, before it is known who sends it.
 */
function limitBodies(routes: readonly Route[], door: Door): MiddlewareHandler {
  const refuse = (c: Context) => door.fail(c, 413)
  const limit = (largest: number) => ({ largest, counted: bodyLimit({ maxSize: largest, onError: refuse }) })
  const small = limit(largestForm)
  const large = routes.flatMap(({ path, upload }) =>
    upload === undefined ? [] : [{ path: addressPattern(path), ...limit(upload.largest) }],
  )
  return async (c, next) => {
    const isOpenEnded = c.req.header('transfer-encoding') !== undefined
    const file = isOpenEnded ? undefined : large.find(({ path }) => path.test(c.req.path))
    const { largest, counted } = file ?? small
    const length = c.req.header('content-length')
    if (isOpenEnded || length === undefined) return counted(c, next)
    return Number(length) > largest ? refuse(c) : next()
  }
}

/** The addresses that a route's path stands for. */
const addressPattern = (path: string): RegExp => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`)

function late(c: Context, door: Door): Promise<Response> {
  c.header('connection', 'close')
  return door.fail(c, 408)
}

function wrongMethod(c: Context, methods: readonly string[], door: Door): Promise<Response> {
  c.header('allow', methods.join(', '))
  return door.fail(c, 405)
}

/** @returns why the store is away, if that is the fault. */
function logFault({ log }: Services, c: Context<NodeEnv>, error: unknown): string | undefined {
  const away = whyAway(error)
  log.error({ err: error, requestId: c.get('requestId'), route: routePath(c) }, away ?? 'request failed')
  return away
}

/**
 * A page asked for under another host name leads to ours; anything else under another name is refused. Where a proxy gives
 * us a name of its own, that is said instead: the redirect would come back the same way.
 */
function ownHostOnly(origin: string, door: Door, warn: ReturnType<typeof onceFor> | undefined) {
  return async (c: Context<NodeEnv>, next: () => Promise<void>): Promise<Response | undefined> => {
    const given = c.req.header('host')
    const kind = hostKind(given, origin)
    if (kind === 'own') {
      await next()
      return undefined
    }
    if (kind === 'proxy' && warn !== undefined) {
      warn('the proxy does not keep the Host header: people see no page', {
        host: (given ?? '').slice(0, 60),
      })
      return c.text(keepTheHost(given ?? '', origin), 421)
    }
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return door.fail(c, 400)
    const { pathname, search } = new URL(c.req.url)
    return c.redirect(origin + pathname.replace(/^\/+/, '/') + search, 302)
  }
}
