import type { Store, Tx } from '../store/store.ts'

const queued = new WeakSet<Tx>()

/** Notes that this transaction leaves something for the postman. */
export const markQueued = (tx: Tx): void => void queued.add(tx)

/** The same store, which calls `wake` after each commit that queued mail. A rollback wakes nobody. */
export function wakingStore(store: Store, wake: () => void): Store {
  return {
    ...store,
    async write(work) {
      let current: Tx | undefined
      const value = await store.write(tx => {
        current = tx
        return work(tx)
      })
      if (current !== undefined && queued.has(current)) wake()
      return value
    },
  }
}
