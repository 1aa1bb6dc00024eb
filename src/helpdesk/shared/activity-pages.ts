import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { table } from '../../web/parts.ts'
import { timeInWords } from '../../web/time.ts'
import type { ActivityRow } from './activity.ts'
import { type ActivityWords, wordsFor } from './activity-words.ts'
import { type EventArgs, eventInWords } from './event-words.ts'

/** The newest records of one account, as a table under its heading. */
export function activitySection(frame: Frame, rows: readonly ActivityRow[], timeZone: string): Html {
  const words = wordsFor(frame.language)
  return html`<h2>${words.activity}</h2>${table({
    caption: words.activity,
    captionHidden: true,
    columns: words.activityColumns.map(text => ({ text })),
    rows: rows.map(row => [
      timeInWords(row.at, timeZone, frame.language),
      activityInWords(row, words, frame.language),
      actorInWords(row, words),
      row.address ?? '',
    ]),
    empty: words.noActivity,
    language: frame.language,
  })}`
}

const actorInWords = ({ by, agent }: ActivityRow, words: ActivityWords): string =>
  agent ?? { person: words.thePerson, agent: words.anotherAgent, system: words.system }[by]

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
  timeZone: string,
  language: string,
): readonly Content[] {
  const words = wordsFor(language)
  return rows
    .filter(row => row.at >= since)
    .map(
      row =>
        html`${timeInWords(row.at, timeZone, language)}, ${actorInWords(row, words)}: ${activityInWords(row, words, language)}`,
    )
}
