import { dayAfter, momentOf } from '../web/moment.ts'

const day = 24 * 3_600_000
/** Milliseconds in which a report can be taken back after it took effect. */
export const takeBackTime = day
/** A last day further away than this is a slip of the pen. Milliseconds. */
const furthest = 366 * day

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

/** Tells whether a report may be taken back: at any time before it takes effect, and for a day after. */
export const canTakeBack = (
  report: { readonly done_at: number | null; readonly taken_back_at: number | null },
  now: number,
): boolean =>
  report.taken_back_at === null && (report.done_at === null || now < report.done_at + takeBackTime)
