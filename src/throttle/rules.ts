const second = 1_000
const minute = 60 * second

/** Failures of one account and kind of browser before the first wait. */
export const freeFailures = 4
/** After this many failures no stranger's password is checked (NIST SP 800-63B-4 3.2.2 allows at most 100). */
export const strangerLimit = 50
/** Failures from one address within `sourceWindow` before it waits: a shelter sits behind one address. */
export const freeSourceFailures = 29
/** Milliseconds in which the failures of one address are counted together. */
export const sourceWindow = 10 * minute

const firstWait = 30 * second
const longestWait = 60 * minute
const longestSourceWait = 5 * minute

const doubling = (beyond: number, longest: number): number =>
  beyond <= 0 ? 0 : Math.min(firstWait * 2 ** Math.min(beyond - 1, 20), longest)

/** Milliseconds to wait after the n-th failure: 30 s from the 5th, doubling to 1 h. */
export const waitAfter = (failures: number): number => doubling(failures - freeFailures, longestWait)

/** Milliseconds that an address waits after its n-th failure in the window: 30 s from the 30th, doubling to 5 min. */
export const sourceWaitAfter = (failures: number): number =>
  doubling(failures - freeSourceFailures, longestSourceWait)

/** The failures at which a wait grows, with the wait: what the store's statement chooses from. */
export function steps(wait: (failures: number) => number): readonly { from: number; wait: number }[] {
  const list: { from: number; wait: number }[] = []
  for (let failures = 1; failures <= 60; failures++) {
    if (wait(failures) !== wait(failures - 1)) list.unshift({ from: failures, wait: wait(failures) })
  }
  return list
}
