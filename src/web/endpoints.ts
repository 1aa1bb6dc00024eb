import type { IncomingMessage, ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, Hono } from 'hono'
import { setNow } from './headers.ts'
import { hostKind } from './proxy.ts'
import type { NodeEnv } from './request.ts'

interface EndpointBase {
  readonly method: 'GET' | 'POST' | 'ALL'
  readonly path: string
  /** Answers under any host name: a balancer or monitor asks by address. */
  readonly anyHost?: true
  /** Bytes of a body at most; a body must say how long it is. */
  readonly largest?: number
}

/** What machines ask for: no form token, no sign-in of a person, and never a page of ours in the answer. */
export type Endpoint = EndpointBase &
  (
    | { readonly answer: (c: Context) => Response | Promise<Response> }
    /** A program that reads the request and writes the answer through Node, such as a Koa application. */
    | { readonly node: (incoming: IncomingMessage, outgoing: ServerResponse) => void | Promise<void> }
  )

export interface EndpointParts {
  readonly origin: string
  readonly https: boolean
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

async function answerOf(c: Context<NodeEnv>, endpoint: Endpoint, https: boolean): Promise<Response> {
  if ('answer' in endpoint) return endpoint.answer(c)
  const { incoming, outgoing } = c.env
  if (incoming === undefined || outgoing === undefined) throw new Error('This endpoint needs a Node server.')
  setNow(outgoing, https)
  await endpoint.node(incoming, outgoing)
  return RESPONSE_ALREADY_SENT
}

/** Mounts the endpoints, before any page. */
export function mountEndpoints(
  app: Hono<NodeEnv>,
  endpoints: readonly Endpoint[],
  { origin, https, failed }: EndpointParts,
): void {
  for (const endpoint of endpoints) {
    const { method, path, anyHost, largest = usualLargest } = endpoint
    app.on(method, path, async c => {
      if (anyHost === undefined && hostKind(c.req.header('host'), origin) !== 'own') return c.body(null, 400)
      const trouble = bodyTrouble(c, largest)
      if (trouble !== undefined) return c.body(null, trouble)
      try {
        return await answerOf(c, endpoint, https)
      } catch (error) {
        return c.body(null, failed(c, error))
      }
    })
    if (method !== 'ALL')
      app.all(path, c => c.body(null, 405, { Allow: method === 'GET' ? 'GET, HEAD' : method }))
  }
}
