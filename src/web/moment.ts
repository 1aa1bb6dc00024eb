/**
 * The moments (milliseconds since 1970) of a date `2026-03-01` and a time `17:00` on the clocks of a zone, in their order:
 * two in the hour that the clocks show twice, none for what is neither. A time that a change of the clocks leaves out is
 * read as if they had not changed.
 */
export function momentsOf(date: string, time: string, timeZone: string): readonly number[] {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return []
  const wall = Date.parse(`${date}T${time}:00Z`)
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== date) return []
  const around = [wall - day, wall + day].map(at => wall - offsetAt(at, timeZone))
  const shown = [...new Set(around)].filter(at => at + offsetAt(at, timeZone) === wall)
  return shown.length > 0 ? shown.toSorted((a, b) => a - b) : [wall - offsetAt(wall - day, timeZone)]
}

/** The one moment of a date and time; of two the first that is later than `now`. Undefined: none. */
export function momentOf(date: string, time: string, timeZone: string, now = 0): number | undefined {
  const moments = momentsOf(date, time, timeZone)
  return moments.find(at => at > now) ?? moments.at(-1)
}

/** The moments from and before which days such as `2026-03-01`, both included, are. Undefined: no such days. */
export function daysOf(
  first: string,
  last: string,
  timeZone: string,
): { readonly from: number; readonly before: number } | undefined {
  const from = momentOf(first, '00:00', timeZone)
  const before = momentOf(dayAfter(last), '00:00', timeZone)
  return from === undefined || before === undefined || from >= before ? undefined : { from, before }
}

/** The day after `2026-03-01`; what is no day stays what it is. */
export function dayAfter(date: string): string {
  const at = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date) return 'none'
  return new Date(at + day).toISOString().slice(0, 10)
}

/** Whether the zone's clocks show the time of this moment twice. */
export function isShownTwice(at: number, timeZone: string): boolean {
  const offset = offsetAt(at, timeZone)
  return [at - day, at + day]
    .map(near => offsetAt(near, timeZone))
    .some(other => other !== offset && offsetAt(at + offset - other, timeZone) === other)
}

/** The date on the clocks of a zone at a moment, as `2026-03-01`. */
export const dateOn = (at: number, timeZone: string): string =>
  new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 10)

const day = 24 * 3_600_000
const clocks = new Map<string, Intl.DateTimeFormat>()

/** Reads a moment off the clocks of a zone; kept, because making one costs far more than using it. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(timeZone, made)
  return made
}

/** Milliseconds by which a zone's clocks are ahead of UTC at a moment. */
function offsetAt(at: number, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(at)
  const value = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find(part => part.type === type)?.value)
  const shown = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  )
  return shown - Math.floor(at / 1_000) * 1_000
}
