import type { Context, Hono } from 'hono'
import { hostKind } from './proxy.ts'
import type { NodeEnv } from './request.ts'

/** What machines ask for: no form token, no sign-in of a person, and never a page of ours in the answer. */
export interface Endpoint {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Answers under any host name: a balancer or monitor asks by address. */
  readonly anyHost?: true
  /** Bytes of a body at most; a body must say how long it is. */
  readonly largest?: number
  readonly answer: (c: Context) => Response | Promise<Response>
}

interface EndpointParts {
  readonly origin: string
  /** Tells the log of a fault. @returns the status for it. */
  readonly failed: (c: Context, error: unknown) => 500 | 503
}

/** Bytes of a body where an endpoint says nothing. */
const usualLargest = 65_536

/** The status of a body that is not read; undefined: it may be. */
function bodyTrouble(c: Context, largest: number): 411 | 413 | undefined {
  const length = c.req.header('content-length')
  if (length === undefined) return c.req.header('transfer-encoding') === undefined ? undefined : 411
  return Number(length) > largest ? 413 : undefined
}

/** Mounts the endpoints, before any page. */
export function mountEndpoints(
  app: Hono<NodeEnv>,
  endpoints: readonly Endpoint[],
  { origin, failed }: EndpointParts,
): void {
  for (const endpoint of endpoints) {
    const { method, path, anyHost, largest = usualLargest } = endpoint
    app.on(method, path, async c => {
      if (anyHost === undefined && hostKind(c.req.header('host'), origin) !== 'own') return c.body(null, 400)
      const trouble = bodyTrouble(c, largest)
      if (trouble !== undefined) return c.body(null, trouble)
      try {
        return await endpoint.answer(c)
      } catch (error) {
        if (c.env?.incoming?.complete === false) return c.body(null, 400)
        return c.body(null, failed(c, error))
      }
    })
  }
  for (const [path, all] of Map.groupBy(endpoints, ({ path }) => path)) {
    const allow = all.map(({ method }) => (method === 'GET' ? 'GET, HEAD' : method)).join(', ')
    app.all(path, c => c.body(null, 405, { Allow: allow }))
  }
}
