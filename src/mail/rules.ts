const second = 1_000
const minute = 60 * second

/** Milliseconds that a process holds a message without a sign of life; while it sends, it says so again and again. */
export const lease = 2 * minute
export const leaseRenewal = lease / 4
/** After so many tries, about five hours, a message is refused. */
export const mostTries = 12

/** Milliseconds from the n-th failed try to the next: 30 s, doubling to 1 h; undefined: no more. */
export const retryAfter = (tries: number): number | undefined =>
  tries >= mostTries ? undefined : Math.min(30 * second * 2 ** (tries - 1), 60 * minute)

/** Milliseconds that a link must still be good for, unless it never was good for four times as long. */
const leastUse = 5 * minute

/** Tells whether a message comes too late: its link would be dead when somebody reads it. */
export function isTooLate(
  message: { readonly created_at: number; readonly useful_until: number | null },
  now: number,
): boolean {
  const { created_at: from, useful_until: until } = message
  return until !== null && until - now < Math.min(leastUse, (until - from) / 4)
}
