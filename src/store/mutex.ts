/** First come, first served: `lock` resolves when everyone before has called `unlock`. */
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
      else next()
    },
  }
}
