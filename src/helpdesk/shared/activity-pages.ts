import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { details, table } from '../../web/parts.ts'
import { type Clock, whenInWords } from '../../web/time.ts'
import type { ActivityRow } from './activity.ts'
import { type ActivityWords, wordsFor } from './activity-words.ts'
import { type EventArgs, eventInWords } from './event-words.ts'

/** Records that say the same one after the other, as the newest of them. */
interface Told {
  readonly row: ActivityRow
  readonly times: number
}

/** The same thing many times over is one line; newest first, as the rows are. */
export function collapse(rows: readonly ActivityRow[]): readonly Told[] {
  const told: Told[] = []
  for (const row of rows) {
    const last = told.at(-1)
    const isSame =
      last !== undefined &&
      (['event', 'by', 'agent', 'address'] as const).every(key => last.row[key] === row[key]) &&
      row.by !== 'agent'
    if (isSame) told[told.length - 1] = { ...last, times: last.times + 1 }
    else told.push({ row, times: 1 })
  }
  return told
}

/** More lines than these are shown on request. */
const mostAtOnce = 6

/** The newest records of one account, as a table under its heading; the older ones open on request. */
export function activitySection(frame: Frame, rows: readonly ActivityRow[]): Html {
  const words = wordsFor(frame.language)
  const told = collapse(rows)
  const older = told.slice(mostAtOnce)
  return html`<h2>${words.activity}</h2>${activityTable(frame, told.slice(0, mostAtOnce), words.activity)}${
    older.length > 0 &&
    details(words.earlier(older.length), activityTable(frame, older, words.earlier(older.length)))
  }`
}

function activityTable(frame: Frame, told: readonly Told[], caption: string): Html {
  const words = wordsFor(frame.language)
  return table({
    caption,
    captionHidden: true,
    columns: words.activityColumns.map(text => ({ text })),
    rows: told.map(({ row, times }) => [
      whenInWords(row.at, frame.clock, frame.language),
      html`${activityInWords(row, words, frame.language)}${times > 1 && html` <strong>${words.times(times)}</strong>`}`,
      actorInWords(row, words),
      row.address ?? '',
    ]),
    empty: words.noActivity,
    language: frame.language,
  })
}

const actorInWords = ({ by, agent }: ActivityRow, words: ActivityWords): string =>
  agent ??
  { person: words.thePerson, anonymous: words.notSignedIn, agent: words.anotherAgent, system: words.system }[
    by
  ]

function activityInWords(row: ActivityRow, words: ActivityWords, language: string): Content {
  const args = JSON.parse(row.args) as EventArgs
  const what = eventInWords(row.event, args, language)
  const { reason, identified } = row.isWhole ? args : {}
  const how = typeof identified === 'string' ? words.identified[identified] : undefined
  return html`${what}${row.by === 'agent' && typeof reason === 'string' && html`<br>${words.reason(reason)}`}${
    how !== undefined && html`<br>${words.identifiedBy(how)}`
  }`
}

/** Changes to an account since a moment, one line each, for a form that came too late. */
export function changesSince(
  rows: readonly ActivityRow[],
  since: number,
  clock: Clock,
  language: string,
): readonly Content[] {
  const words = wordsFor(language)
  return rows
    .filter(row => row.at >= since)
    .map(
      row =>
        html`${whenInWords(row.at, clock, language)}, ${actorInWords(row, words)}: ${activityInWords(row, words, language)}`,
    )
}
