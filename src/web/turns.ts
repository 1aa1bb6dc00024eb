import type { MiddlewareHandler } from 'hono'

/**
 * Forms that arrive together start one by one, each in a turn of the event loop of its own. When two hundred people sign
 * in at the same moment, a page that someone else asks for waits for one of them, not for all.
 */
export function oneFormATurn(): MiddlewareHandler {
  const waiting: (() => void)[] = []
  const startNext = () => {
    waiting.shift()?.()
    if (waiting.length > 0) setImmediate(startNext)
  }
  return async (_, next) => {
    await new Promise<void>(resolve => {
      waiting.push(resolve)
      if (waiting.length === 1) setImmediate(startNext)
    })
    await next()
  }
}
