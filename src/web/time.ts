import { dateOn, isShownTwice } from './moment.ts'

const styles = {
  long: { dateStyle: 'medium', timeStyle: 'short' },
  date: { dateStyle: 'long' },
  hour: { timeStyle: 'short' },
  day: { dateStyle: 'medium' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: string, timeZone: string, style: keyof typeof styles): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${style}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(`${language}-US`, { timeZone, ...styles[style] })
  formats.set(key, made)
  return made
}

const zoneNames = new Map<string, string>()

/** The zone's name as people say it: "Central Time", "hora central". */
export function zoneInWords(timeZone: string, language: string): string {
  const key = `${language} ${timeZone}`
  const known = zoneNames.get(key)
  if (known !== undefined) return known
  const name = nameOfZone(0, timeZone, language, 'longGeneric')
  zoneNames.set(key, name)
  return name
}

function nameOfZone(at: number, timeZone: string, language: string, style: 'longGeneric' | 'short'): string {
  const zone = new Intl.DateTimeFormat(`${language}-US`, { timeZone, timeZoneName: style })
  return zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** What the zone's clocks go by at a moment, in short: `CST`, `CDT`. */
const clockName = (at: number, timeZone: string): string => nameOfZone(at, timeZone, 'en', 'short')

const minute = 60_000
const mostMinutes = 1_000
/** Times as they were said last: the pages of a minute name the same ones. */
const minutes = new Map<string, string>()

/** Which of two moments is meant in the hour that clocks repeat: ` (CST)`; '' in all others. */
const whichOfTwo = (at: number, timeZone: string): string =>
  isShownTwice(at, timeZone) ? ` (${clockName(at, timeZone)})` : ''

/** Text of a moment to the minute, kept; '' for a time that never comes or is not known. */
function ofMinute(at: number | null | undefined, key: string, say: (start: number) => string): string {
  if (at === null || at === undefined || at > 8.64e15) return ''
  const start = Math.floor(at / minute) * minute
  const known = minutes.get(`${start} ${key}`)
  if (known !== undefined) return known
  const text = say(start)
  if (minutes.size >= mostMinutes) minutes.clear()
  minutes.set(`${start} ${key}`, text)
  return text
}

/** A moment (milliseconds since 1970) with its zone named, for what stands alone: an email, a sheet, a command's answer. */
export const timeInWords = (at: number | null | undefined, timeZone: string, language: string): string =>
  ofMinute(
    at,
    `zone ${language} ${timeZone}`,
    start =>
      `${format(language, timeZone, 'long').format(start)} ${zoneInWords(timeZone, language)}${whichOfTwo(start, timeZone)}`,
  )

/** A moment within a sentence of a page: its foot names the zone. */
export const momentInWords = (at: number | null | undefined, timeZone: string, language: string): string =>
  ofMinute(
    at,
    `${language} ${timeZone}`,
    start => format(language, timeZone, 'long').format(start) + whichOfTwo(start, timeZone),
  )

/** The moment of a page, and the zone that its foot names. */
export interface Clock {
  readonly now: number
  readonly timeZone: string
}

const days = new Map<string, Intl.RelativeTimeFormat>()

/** "Today", "Yesterday", "Tomorrow"; undefined: a day that is not so near. */
function nearDay(at: number, { now, timeZone }: Clock, language: string): string | undefined {
  const dayOf = (moment: number) => Date.parse(`${dateOn(moment, timeZone)}T00:00:00Z`) / 86_400_000
  const away = dayOf(at) - dayOf(now)
  if (Math.abs(away) > 1) return undefined
  const known = days.get(language) ?? new Intl.RelativeTimeFormat(`${language}-US`, { numeric: 'auto' })
  days.set(language, known)
  const day = known.format(away, 'day')
  return day.charAt(0).toUpperCase() + day.slice(1)
}

/** A moment that stands by itself on a page: "Today, 4:34 PM", "Nov 26, 2026, 4:34 PM"; '' for one that is not known. */
export function whenInWords(at: number | null | undefined, clock: Clock, language: string): string {
  const whole = momentInWords(at, clock.timeZone, language)
  if (whole === '' || at === null || at === undefined) return ''
  const day = nearDay(at, clock, language)
  return day === undefined
    ? whole
    : `${day}, ${hourInWords(at, clock.timeZone, language)}${whichOfTwo(at, clock.timeZone)}`
}

/** The end of a wait, rounded up: whoever comes back at the minute that was named waits no longer. */
export const waitInWords = (until: number | null | undefined, timeZone: string, language: string): string =>
  timeInWords(until && Math.ceil(until / minute) * minute, timeZone, language)

/** A day in the zone. */
export const dayInWords = (at: number, timeZone: string, language: string): string =>
  format(language, timeZone, 'date').format(at)

/** The same for a narrow column: "Nov 26, 2026". */
export const shortDayInWords = (at: number, timeZone: string, language: string): string =>
  format(language, timeZone, 'day').format(at)

/** A time of day in the zone: "4:50 PM". */
export const hourInWords = (at: number, timeZone: string, language: string): string =>
  format(language, timeZone, 'hour').format(at)
