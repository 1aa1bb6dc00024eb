import { momentOf } from '../../web/moment.ts'

/** One day on the clocks of a zone. Times are milliseconds since 1970; `next` is the first moment of the day after. */
export interface Day {
  /** Such as `2026-03-01`. */
  readonly date: string
  readonly first: number
  readonly next: number
}

const oneDay = 24 * 3_600_000

/** The days up to and with today, oldest first; the days on which the clocks change are longer or shorter. Pure. */
export function lastDays(now: number, timeZone: string, count: number): readonly Day[] {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now)
  const dates = Array.from({ length: count + 1 }, (_, index) => dateBefore(today, count - 1 - index))
  const starts = dates.map(date => momentOf(date, '00:00', timeZone) ?? 0)
  return dates
    .slice(0, count)
    .map((date, index) => ({ date, first: starts[index] ?? 0, next: starts[index + 1] ?? 0 }))
}

const dateBefore = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - days * oneDay).toISOString().slice(0, 10)
