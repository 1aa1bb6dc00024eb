import type { Cookies } from '../session/cookies.ts'
import type { VisitorReader } from '../session/current.ts'
import type { Services } from '../session/services.ts'
import type { Route } from '../session/visit.ts'
import type { Endpoint } from '../web/endpoints.ts'
import type { Asking } from './asking.ts'
import type { Engine } from './engine.ts'
import { entryRoutes } from './entry-routes.ts'
import { createNoticeSender, type NoticeSender } from './notices.ts'
import { recorderOf, refusedSecret } from './record.ts'
import { type BrowserRoute, browserRoutes, type OpenidParts, openidEndpoints } from './routes.ts'
import { leavingRoutes } from './sign-out-routes.ts'

interface OpenidServices extends Pick<OpenidParts, 'traceOf' | 'fail' | 'frameOf'> {
  readonly services: Services
  readonly cookies: Cookies
  readonly visitors: VisitorReader
}

export interface Openid {
  readonly pages: readonly Route[]
  readonly routes: readonly BrowserRoute[]
  readonly endpoints: readonly Endpoint[]
  readonly notices: NoticeSender
}

/** The protocol for applications. Its engine is loaded at the first request for which an application is registered. */
export function openOpenid({ services, cookies, visitors, traceOf, fail, frameOf }: OpenidServices): Openid {
  const { store, keyring, audit, settings, log, now } = services
  const issuer = settings.LINTEL_ORIGIN
  let engines: Promise<() => Promise<Engine>> | undefined
  const engine = async () => {
    engines ??= import('./engine.ts').then(({ createEngines }) =>
      createEngines({ store, keyring, visitors, issuer, now }),
    )
    return (await engines)()
  }
  let opened: Promise<Asking> | undefined
  const asking = async () => {
    if (opened === undefined && !(await isNeeded(services))) return undefined
    opened ??= import('./asking.ts').then(({ createAsking }) =>
      createAsking({
        store,
        keyring,
        issuer,
        engine,
        record: recorderOf(audit),
        refused: refusedSecret(services),
      }),
    )
    return opened
  }
  const parts = { asking, keyring, cookies, visitors, now, traceOf, fail, frameOf }
  return {
    pages: [...entryRoutes(services), ...leavingRoutes({ services, cookies, asking, fail })],
    routes: browserRoutes(parts),
    endpoints: openidEndpoints(parts),
    notices: createNoticeSender({ store, engine, log, now }),
  }
}

async function isNeeded({ store }: Pick<Services, 'store'>): Promise<boolean> {
  return (await store.read.selectFrom('application').select('id').limit(1).executeTakeFirst()) !== undefined
}
