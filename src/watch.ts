import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Logger } from 'pino'
import { reportsPath } from './web/headers.ts'
import type { NodeEnv } from './web/request.ts'

/** A request that was answered. Holds no address, no token and nothing that was typed. */
export interface Answered {
  readonly method: string
  /** The route's pattern, such as `/reset/:token`: the address itself may hold a token. */
  readonly route: string
  readonly status: number
  readonly seconds: number
}

const usualMethods = new Set(['GET', 'HEAD', 'POST'])

/**
 * Tells what came of each request, with the id that its page, its audit records and its log line share (ASVS V16.2). Forms and refusals are logged; pages that were shown, and reports of browsers, which anybody may send, only at level
 * `debug`.
 */
export function watchRequests(
  log: Pick<Logger, 'debug' | 'info'>,
  tell: (answered: Answered) => void,
): MiddlewareHandler<NodeEnv> {
  return async (c, next) => {
    const from = performance.now()
    await next()
    const answered = {
      method: usualMethods.has(c.req.method) ? c.req.method : 'other',
      route: routePath(c),
      status: c.res.status,
      seconds: (performance.now() - from) / 1_000,
    }
    const isShown = answered.method !== 'POST' && answered.status < 400
    const isReport = answered.route === reportsPath
    log[isShown || isReport ? 'debug' : 'info']({ requestId: c.get('requestId'), ...answered }, 'answered')
    tell(answered)
  }
}
