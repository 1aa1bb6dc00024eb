/**
 * First come, first served: `lock` resolves when everyone before has called `unlock`. Between two holders the event loop
 * takes a turn, so that a long line of writers never keeps a reader waiting for more than one of them.
 */
export function createMutex(): { lock(): Promise<void>; unlock(): void } {
  const waiting: (() => void)[] = []
  let held = false
  return {
    lock() {
      if (!held) {
        held = true
        return Promise.resolve()
      }
      return new Promise(resolve => waiting.push(resolve))
    },
    unlock() {
      const next = waiting.shift()
      if (next === undefined) held = false
      else setImmediate(next)
    },
  }
}
