/** Forms that take memory or hashes which one person may have under way in one process; somebody presses a button twice. */
const mostAtOnce = 2

/** The people with such forms under way now. */
interface FewAtOnce {
  /** Does the work when this person has room for one more; undefined: they have not. */
  during<Value>(accountId: string, work: () => Promise<Value>): Promise<Value> | undefined
}

export function createFewAtOnce(): FewAtOnce {
  const underWay = new Map<string, number>()
  const count = (accountId: string, change: 1 | -1) => {
    const now = (underWay.get(accountId) ?? 0) + change
    if (now === 0) underWay.delete(accountId)
    else underWay.set(accountId, now)
  }
  return {
    during(accountId, work) {
      if ((underWay.get(accountId) ?? 0) >= mostAtOnce) return undefined
      count(accountId, 1)
      return work().finally(() => count(accountId, -1))
    },
  }
}
