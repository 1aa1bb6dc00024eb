import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { details, table } from '../../web/parts.ts'
import { type DayCount, type SeriesName, seriesNames } from './activity.ts'
import { type QueueWords, wordsFor } from './words.ts'

/** Units of the drawing; it is stretched to the width of its place. */
const slot = 10
const barWidth = 7
const height = 60

/** The activity of the last days: one drawing for each series on a scale of its own, and the same as a table. */
export function dayPlots(frame: Frame, days: readonly DayCount[]): Html {
  const words = wordsFor(frame.language)
  return html`<h2>${words.plots(days.length)}</h2><div class="plots">${seriesNames.map(name =>
    plot(name, days, words, frame.language),
  )}</div>${details(
    words.plotTable,
    table({
      caption: words.plotCaption,
      captionHidden: true,
      columns: words.plotColumns.map((text, index) => ({ text, numeric: index > 0 })),
      rows: days
        .toReversed()
        .map(day => [
          dateInWords(day.date, frame.language),
          ...seriesNames.map(name => words.number(day[name])),
        ]),
      language: frame.language,
    }),
  )}`
}

function plot(name: SeriesName, days: readonly DayCount[], words: QueueWords, language: string): Html {
  const counts = days.map(day => day[name])
  const most = Math.max(1, ...counts)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const dates = days.map(({ date }) => dateInWords(date, language))
  return html`<figure class="plot plot--${name}"><figcaption>${words.series[name]} <strong>${words.number(
    total,
  )}</strong></figcaption><div class="plot-bars"><svg viewBox="0 0 ${days.length * slot} ${height}" preserveAspectRatio="none" role="img" aria-labelledby="plot-${name}"><title id="plot-${name}">${words.plotTitle(
    words.series[name],
    days.length,
    words.number(total),
    words.number(Math.max(0, ...counts)),
  )}</title>${days.map(({ date }, index) => isMonday(date) && weekLine(index))}${counts.map((count, index) => bar(count / most, index))}${counts.map((count, index) => spot(index, `${dates[index]}: ${words.number(count)}`))}</svg></div><p class="plot-ends"><span>${
    dates[0]
  }</span><span>${words.most(words.number(Math.max(0, ...counts)))}</span><span>${dates.at(-1)}</span></p></figure>`
}

function bar(share: number, index: number): Html | undefined {
  if (share === 0) return undefined
  const tall = Math.max(1, Math.round(share * height * 10) / 10)
  const left = index * slot + (slot - barWidth) / 2
  return html`<rect x="${left}" y="${Math.round((height - tall) * 10) / 10}" width="${barWidth}" height="${tall}"/>`
}

/** Where a week begins. */
const weekLine = (index: number): Html =>
  html`<rect class="plot-week" x="${index * slot}" y="0" width="0.5" height="${height}"/>`

const isMonday = (date: string): boolean => new Date(`${date}T00:00:00Z`).getUTCDay() === 1

/** The whole height of a day, so that its value is said wherever the pointer rests. */
const spot = (index: number, text: string): Html =>
  html`<rect class="plot-spot" x="${index * slot}" y="0" width="${slot}" height="${height}"><title>${text}</title></rect>`

/** A day such as `2026-03-01`, short. */
const dateInWords = (date: string, language: string): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-US' : language, {
    timeZone: 'UTC',
    weekday: 'short',
    month: 'short',
    day: 'numeric',
  }).format(Date.parse(`${date}T00:00:00Z`))
