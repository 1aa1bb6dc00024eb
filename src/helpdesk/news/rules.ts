import type { Refusal, RefusalOf } from '../../refusals.ts'
import { momentsOf } from '../../web/moment.ts'
import type { Form } from '../../web/request.ts'
import { chosenMoment, clockChosen } from '../shared/two-moments.ts'

/** The entry for news; dates and times are on the clocks of the policy's zone. */
export interface NewsEntry {
  readonly title: string
  readonly text: string
  readonly fromDate: string
  readonly fromTime: string
  readonly untilDate: string
  readonly untilTime: string
  /** Which of two in the hour that the clocks repeat. */
  readonly fromClock: string
  readonly untilClock: string
}

/** News as they are kept. Times are milliseconds since 1970. */
export interface NewsContent {
  readonly title: string
  /** Paragraphs, with an empty line between them. */
  readonly text: string
  readonly shownFrom: number
  /** null: until somebody takes them away. */
  readonly shownUntil: number | null
}

type Code = RefusalOf<'news'>

/** Code points at most. */
const longestTitle = 120
const longestText = 4_000

export const readNewsEntry = (form: Form): NewsEntry => ({
  title: form.get('title').normalize('NFC').trim().replace(/\s+/g, ' '),
  text: tidyText(form.get('text')),
  fromDate: form.get('fromDate').trim(),
  fromTime: form.get('fromTime').trim(),
  untilDate: form.get('untilDate').trim(),
  untilTime: form.get('untilTime').trim(),
  fromClock: form.get('fromClock'),
  untilClock: form.get('untilClock'),
})

const tidyText = (text: string): string =>
  text
    .normalize('NFC')
    .split(/\r\n?|\n/)
    .map(line => line.trimEnd())
    .join('\n')
    .trim()

/** The content of an entry, with all its problems. No beginning is now; no end is never. */
export function checkNews(
  entry: NewsEntry,
  timeZone: string,
  now: number,
): { readonly content: NewsContent; readonly refusals: readonly Refusal<Code>[] } {
  const refusals: Refusal<Code>[] = []
  if (entry.title === '' || [...entry.title].length > longestTitle || !entry.title.isWellFormed())
    refusals.push({ code: 'news.title-shape', field: 'title' })
  if (entry.text === '') refusals.push({ code: 'news.text-empty', field: 'text' })
  if ([...entry.text].length > longestText || !entry.text.isWellFormed())
    refusals.push({ code: 'news.text-too-long', field: 'text' })
  const starts = momentsOf(entry.fromDate, entry.fromTime || '00:00', timeZone)
  const ends = momentsOf(entry.untilDate, entry.untilTime || '23:59', timeZone)
  const isNow = isEmpty(entry.fromDate, entry.fromTime)
  const isEndless = isEmpty(entry.untilDate, entry.untilTime)
  const from = isNow ? now : entry.fromTime === '' ? starts[0] : chosenMoment(starts, entry.fromClock)
  const until = isEndless ? null : entry.untilTime === '' ? ends.at(-1) : chosenMoment(ends, entry.untilClock)
  if (from === undefined)
    refusals.push(
      starts.length === 0
        ? { code: 'news.no-start', field: 'fromDate' }
        : { code: 'news.two-moments', field: 'fromClock' },
    )
  if (until === undefined)
    refusals.push(
      ends.length === 0
        ? { code: 'news.no-end', field: 'untilDate' }
        : { code: 'news.two-moments', field: 'untilClock' },
    )
  const content = { title: entry.title, text: entry.text, shownFrom: from ?? now, shownUntil: until ?? null }
  if (from !== undefined && content.shownUntil !== null && content.shownUntil <= from)
    refusals.push({ code: 'news.end-too-early', field: 'untilDate' })
  return { content, refusals }
}

const isEmpty = (date: string, time: string): boolean => date === '' && time === ''

/** The date `2026-03-01` and time `17:00` of a moment on the clocks of a zone; and which of two it is. */
export function clockOf(
  at: number,
  timeZone: string,
): { readonly date: string; readonly time: string; readonly clock: string } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at)
  const value = (type: Intl.DateTimeFormatPartTypes) => parts.find(part => part.type === type)?.value ?? ''
  const date = `${value('year').padStart(4, '0')}-${value('month')}-${value('day')}`
  const time = `${value('hour')}:${value('minute')}`
  return { date, time, clock: clockChosen(at - (at % 60_000), momentsOf(date, time, timeZone)) }
}

/** Where news are in their life. */
export function phaseOf(
  { shownFrom, shownUntil }: Pick<NewsContent, 'shownFrom' | 'shownUntil'>,
  now: number,
): 'planned' | 'shown' | 'over' {
  if (shownUntil !== null && shownUntil <= now) return 'over'
  return shownFrom > now ? 'planned' : 'shown'
}
