const second = 1_000
const minute = 60 * second

/** Failures of one account and kind of browser before the first wait. */
export const freeFailures = 4
/** After this many failures no password is checked, of strangers and of browsers that are known, each by its own counter (NIST SP 800-63B-4 3.2.2 allows at most 100). */
export const strangerLimit = 50
/** Wrong codes in a row after which only another way or the helpdesk helps (NIST SP 800-63B-4 3.2.2: at most 100). */
export const codeLimit = 100

/** Kinds of counters that no time opens again at so many failures: only what clears them does. */
export const caps = {
  'password-stranger': strangerLimit,
  'password-known': strangerLimit,
  code: codeLimit,
} as const

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

/** So many of something in a window of time; the next has to wait until the window is over. */
export interface Share {
  readonly most: number
  /** Milliseconds. */
  readonly window: number
}

/** Requests for a recovery mail from one address: each leaves a row behind before anyone is looked up. */
export const recoverySourceShare: Share = { most: 30, window: 10 * minute }
/** Credentials that one agent hands out, resets or moves to another address. */
export const agentCredentialShare: Share = { most: 30, window: 10 * minute }
/** Times that one agent gives sheets or links to a whole page of people. */
export const agentSheetsShare: Share = { most: 10, window: 10 * minute }
/** Pages of people that one agent opens: far more than a day of calls needs, far fewer than a copy of the list takes. */
export const agentLookupShare: Share = { most: 300, window: 10 * minute }
/** Records of one kind that one account leaves behind by asking for what it may not have. */
export const refusalShare: Share = { most: 100, window: 10 * minute }
/** Records of one link that is tried again after it was used. */
export const linkReuseShare: Share = { most: 5, window: 60 * minute }

/** The counters of a share. */
export interface Counted {
  readonly count: number
  /** When the window began, in milliseconds since 1970. */
  readonly from: number
}

/** Tells whether a window is over. One that begins further ahead than it lasts was written by a clock that has gone back. */
export const isOver = ({ from }: Counted, { window }: Share, now: number): boolean =>
  from <= now - window || from > now + window

/** One more of a share: what is counted then, and whether it was still within it. The first refused one is counted too. */
export function countShare(
  before: Counted | undefined,
  share: Share,
  now: number,
): { readonly counted: Counted; readonly within: boolean } {
  if (before === undefined || isOver(before, share, now))
    return { counted: { count: 1, from: now }, within: true }
  if (before.count > share.most) return { counted: before, within: false }
  const counted = { count: before.count + 1, from: before.from }
  return { counted, within: counted.count <= share.most }
}
