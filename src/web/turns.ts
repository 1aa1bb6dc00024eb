import type { MiddlewareHandler } from 'hono'

/** Turns of the event loop that one form waits at most while new connections come. */
const mostTurns = 20

/** New connections since the last look; the event loop is one for the whole process. */
let arrivals = 0

/** To be told of each connection that the server takes. */
export const noteArrival = (): void => {
  arrivals += 1
}

/**
 * Forms that arrive together start one by one, each in a turn of the event loop of its own. The loop takes one new
 * connection in a turn, so turns are given first to who is still waiting to be let in: when two hundred people sign in at
 * the same moment, a page that someone else asks for waits for a few of them, not for all.
 */
export function oneFormATurn(): MiddlewareHandler {
  const waiting: (() => void)[] = []
  let givenAway = 0
  const turn = () => {
    const yields = arrivals > 0 && givenAway < mostTurns
    arrivals = 0
    givenAway = yields ? givenAway + 1 : 0
    if (!yields) waiting.shift()?.()
    if (waiting.length > 0) setImmediate(turn)
  }
  return async (_, next) => {
    await new Promise<void>(resolve => {
      waiting.push(resolve)
      if (waiting.length === 1) setImmediate(turn)
    })
    await next()
  }
}
