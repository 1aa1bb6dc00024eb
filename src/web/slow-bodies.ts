/** Bodies that come slowly: taken as long as bytes come, while one caller, or all of them, cannot hold the server with them. */
import type { Context, MiddlewareHandler } from 'hono'
import type { NodeEnv } from './request.ts'

/** A body that is under way. Times in milliseconds. */
export interface Body {
  readonly address: string
  readonly since: number
  /** Bytes that came so far, and when the last of them did. */
  readonly bytes: number
  readonly movedAt: number
}

/** Milliseconds without a byte after which a body is given up. */
const standstill = 20_000
/** Milliseconds after which a body counts as slow; and the time that one may take before its speed is looked at. */
const slowAfter = 10_000
const patience = 30_000
/** Bytes in a second on average that a slow body must have: a sixth of what the poorest mobile line carries. */
const leastSpeed = 1_024
/** Slow bodies at once from one address, behind which a whole office may sit, and from everywhere. */
const mostOfAddress = 20
const mostOfAll = 200

const speedOf = (body: Body, now: number) => body.bytes / Math.max(1, now - body.since)

/** Those that are waited for no longer; of too many the slowest go first. */
export function overdue<Some extends Body>(bodies: readonly Some[], now: number): readonly Some[] {
  const isStuck = (body: Body) =>
    now - body.movedAt >= standstill ||
    (now - body.since >= patience && speedOf(body, now) * 1_000 < leastSpeed)
  const stuck = bodies.filter(isStuck)
  const slow = bodies
    .filter(body => !isStuck(body) && now - body.since >= slowAfter)
    .toSorted((a, b) => speedOf(b, now) - speedOf(a, now))
  const ofAddress = new Map<string, number>()
  const kept = slow.filter(({ address }) => {
    const count = (ofAddress.get(address) ?? 0) + 1
    ofAddress.set(address, count)
    return count <= mostOfAddress
  })
  const stay = new Set(kept.slice(0, mostOfAll))
  return [...stuck, ...slow.filter(body => !stay.has(body))]
}

/** A body that was waited for no longer. */
export class LateBody extends Error {}

interface UnderWay extends Body {
  bytes: number
  movedAt: number
  /** Bytes that have come over the whole connection, also before this request. */
  readonly read: () => number
  readonly isWhole: () => boolean
  giveUp: () => void
}

const underWay = new WeakMap<object, UnderWay>()
/** Milliseconds between looks at the bodies that are under way. */
const lookEach = 2_000

/** Watches the bodies of forms. Who reads one by `bodyOf` is told of its end; under any other the connection is closed. */
export function watchBodies(addressOf: (c: Context<NodeEnv>) => string): MiddlewareHandler<NodeEnv> {
  const bodies = new Set<UnderWay>()
  const look = () => {
    const now = performance.now()
    for (const body of bodies) {
      const bytes = body.read()
      if (body.isWhole()) bodies.delete(body)
      if (bytes > body.bytes) body.movedAt = now
      body.bytes = bytes
    }
    for (const body of overdue([...bodies], now)) {
      bodies.delete(body)
      body.giveUp()
    }
  }
  setInterval(look, lookEach).unref()
  return async (c, next) => {
    const incoming = c.env?.incoming
    if (incoming === undefined) return next()
    const { socket } = incoming
    const [now, before] = [performance.now(), socket.bytesRead]
    const body: UnderWay = {
      address: addressOf(c),
      since: now,
      bytes: 0,
      movedAt: now,
      read: () => socket.bytesRead - before,
      isWhole: () => incoming.complete,
      giveUp: () => incoming.destroy(),
    }
    bodies.add(body)
    underWay.set(incoming, body)
    await next()
    bodies.delete(body)
  }
}

/** The whole body of a form. Undefined: the connection broke while it came. Throws a `LateBody` when it took too long. */
export function bodyOf(c: Context<NodeEnv>): Promise<ArrayBuffer | undefined> {
  const body = underWay.get(c.env?.incoming ?? c)
  return new Promise((resolve, reject) => {
    if (body !== undefined) body.giveUp = () => reject(new LateBody())
    c.req.arrayBuffer().then(resolve, () => resolve(undefined))
  })
}
