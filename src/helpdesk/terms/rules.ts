import { readingsOf } from '../../account/names.ts'
import { momentOf } from '../../web/moment.ts'
import { type Cursor, cursorQuery, type Query, readCursor, withQuery } from '../shared/paging.ts'

/** What a version is at a moment. */
export type VersionState = 'holds' | 'planned' | 'over' | 'cancelled'

interface Times {
  readonly number: number
  /** Milliseconds since 1970. */
  readonly effective_at: number | null
}

/** The state of a version; `current` is the number of the one that holds. */
export function stateOf(
  { number, effective_at }: Times,
  current: number | undefined,
  now: number,
): VersionState {
  if (effective_at === null) return 'cancelled'
  if (effective_at > now) return 'planned'
  return number === current ? 'holds' : 'over'
}

/** A day and an hour on the clocks of a zone, as the fields of a form hold them. */
export interface LocalMoment {
  readonly date: string
  readonly time: string
  /** Which of two in the hour that the clocks repeat. */
  readonly clock?: string
}

/** Early enough that a night's shift ends and before the day's begins. */
const quietTime = '06:00'
const day = 24 * 3_600_000

/** The date that a zone's clocks show at a moment. */
const dateIn = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

/** Tomorrow's quiet hour: nobody is asked in the middle of a shift, and a day is left to look at the text again. */
export function nextQuietHour(now: number, timeZone: string): LocalMoment {
  const today = dateIn(now, timeZone)
  const [tomorrow, later] = [dateIn(now + day, timeZone), dateIn(now + day + day / 2, timeZone)]
  return { date: tomorrow === today ? later : tomorrow, time: quietTime }
}

/** A moment on a zone's clocks in milliseconds since 1970; undefined: it is none. */
export const at = ({ date, time }: LocalMoment, timeZone: string, now: number): number | undefined =>
  momentOf(date, time, timeZone, now)

/** Whole parts of a hundred; never 100 while somebody is missing. */
export const shareOf = (some: number, all: number): number =>
  all === 0 ? 100 : Math.floor((some * 100) / all)

/** Which of a version's people are listed. */
export interface PeopleSearch {
  readonly list: 'accepted' | 'missing'
  /** As typed. */
  readonly text: string
  /** Folded beginnings of words: each of one reading must begin one of the person's. Empty: words limit nothing. */
  readonly readings: readonly (readonly string[])[]
  readonly cursor: Cursor | undefined
}

const mostWords = 8
const longestText = 200

export function readPeopleSearch(query: Query): PeopleSearch {
  const text = (query('q') ?? '').slice(0, longestText)
  return {
    list: query('list') === 'missing' ? 'missing' : 'accepted',
    text,
    readings: readingsOf(text, mostWords),
    cursor: readCursor(query),
  }
}

/** The address of a list of a version's people. */
export function listAddress(number: number, search: Pick<PeopleSearch, 'list' | 'text' | 'cursor'>): string {
  const { list, text, cursor } = search
  return withQuery(`/helpdesk/terms/versions/${number}`, { list, q: text, ...cursorQuery(cursor) })
}

/** The number of a version in an address; undefined: it is none. */
export const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
