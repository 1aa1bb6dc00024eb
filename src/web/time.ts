import { isShownTwice } from './moment.ts'

const styles = {
  long: { dateStyle: 'medium', timeStyle: 'short' },
  date: { dateStyle: 'long' },
  hour: { timeStyle: 'short' },
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

/**
 * A moment (milliseconds since 1970) with its zone named, and which of two it is in the hour that clocks repeat; '' for  a time that never comes or is not known.
 */
export function timeInWords(at: number | null | undefined, timeZone: string, language: string): string {
  if (at === null || at === undefined || at > 8.64e15) return ''
  const start = Math.floor(at / minute) * minute
  const key = `${start} ${language} ${timeZone}`
  const known = minutes.get(key)
  if (known !== undefined) return known
  const which = isShownTwice(start, timeZone) ? ` (${clockName(start, timeZone)})` : ''
  const text = `${format(language, timeZone, 'long').format(start)} ${zoneInWords(timeZone, language)}${which}`
  if (minutes.size >= mostMinutes) minutes.clear()
  minutes.set(key, text)
  return text
}

/** The end of a wait, rounded up: whoever comes back at the minute that was named waits no longer. */
export const waitInWords = (until: number | null | undefined, timeZone: string, language: string): string =>
  timeInWords(until && Math.ceil(until / minute) * minute, timeZone, language)

/** A day in the zone. */
export const dayInWords = (at: number, timeZone: string, language: string): string =>
  format(language, timeZone, 'date').format(at)

/** A time of day in the zone: "4:50 PM". */
export const hourInWords = (at: number, timeZone: string, language: string): string =>
  format(language, timeZone, 'hour').format(at)
