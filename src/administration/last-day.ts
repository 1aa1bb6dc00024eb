import { dayAfter, momentOf } from '../web/moment.ts'

/** A last day further away than this is a slip of the pen. Milliseconds. */
const furthest = 366 * 24 * 3_600_000

/** A day in the zone as `2026-03-01`. */
export const dayOf = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)

/**
 * When access ends that is reported with this last day: at once when it is today or past, else when the day is over.
 * Undefined: no day, or one too far away. `now` in milliseconds since 1970.
 */
export function endOfLastDay(lastDay: string, timeZone: string, now: number): number | undefined {
  const from = momentOf(lastDay, '00:00', timeZone)
  const until = momentOf(dayAfter(lastDay), '00:00', timeZone)
  if (from === undefined || until === undefined || Math.abs(from - now) > furthest) return undefined
  return lastDay <= dayOf(now, timeZone) ? now : until
}
