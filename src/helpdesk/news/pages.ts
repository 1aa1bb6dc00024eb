import type { Refusal } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  errorSummary,
  form,
  hidden,
  linkButton,
  type Problem,
  pagination,
  problemFor,
  type TagTone,
  table,
  tag,
  textArea,
  textField,
} from '../../web/parts.ts'
import { momentInWords, whenInWords, zoneInWords } from '../../web/time.ts'
import type { Cursor } from '../shared/paging.ts'
import { cursorQuery, type Page, withQuery } from '../shared/paging.ts'
import { clockField } from '../shared/two-moments.ts'
import { type NewsEntry, phaseOf } from './rules.ts'
import type { NewsCode, NewsRow } from './store.ts'
import { wordsFor } from './words.ts'

export const newsBase = '/helpdesk/news'

const tones: Readonly<Record<ReturnType<typeof phaseOf>, TagTone>> = {
  planned: 'plain',
  shown: 'good',
  over: 'plain',
}

/** All news, planned and over too. */
export function newsPage(
  frame: Frame,
  view: {
    readonly list: Page<NewsRow>
    readonly did: string
    /** Tells whether this agent may write, edit and remove them. */
    readonly mayWrite: boolean
    readonly timeZone: string
    readonly now: number
  },
): Html {
  const words = wordsFor(frame.language)
  const { rows: items, hasPrevious, hasNext } = view.list
  const turn = (item: NewsRow | undefined, direction: Cursor['direction']) =>
    item && withQuery(newsBase, cursorQuery({ id: item.id, direction }))
  const message = Object.hasOwn(words.did, view.did) && words.did[view.did as keyof typeof words.did]
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`${message && alert('success', message)}<h1>${words.title}</h1><p>${words.lead}</p><p>${
      view.mayWrite ? linkButton(`${newsBase}/new`, words.create) : words.onlyRead
    }</p>${table({
      caption: words.title,
      captionHidden: true,
      columns: words.columns.map(text => ({ text })),
      rows: items.map(item => {
        const phase = phaseOf(item, view.now)
        return [
          view.mayWrite ? html`<a href="${newsBase}/${item.id}/edit">${item.title}</a>` : item.title,
          tag(words.phases[phase], tones[phase]),
          whenInWords(item.shownFrom, frame.clock, frame.language),
          whenInWords(item.shownUntil, frame.clock, frame.language) || words.noEnd,
        ]
      }),
      empty: words.nothing,
      language: frame.language,
    })}${pagination({
      previous: hasPrevious ? turn(items[0], 'before') : undefined,
      next: hasNext ? turn(items.at(-1), 'after') : undefined,
      language: frame.language,
    })}`,
  )
}

interface NewsFormView {
  /** Absent: new ones are written. */
  readonly item: NewsRow | undefined
  readonly entry: NewsEntry
  readonly refusals: readonly Refusal<NewsCode>[]
  readonly timeZone: string
}

type Words = ReturnType<typeof wordsFor>

const problemsOf = (refusals: readonly Refusal<NewsCode>[], words: Words) =>
  refusals.map(({ code, field }) => ({ field, text: words.refusals[code] }))

/** How the news are now, for a form that came too late. */
function nowIs(
  frame: Frame,
  item: NewsRow | undefined,
  refusals: NewsFormView['refusals'],
  timeZone: string,
): Content {
  if (item === undefined || !refusals.some(({ code }) => code === 'news.changed-meanwhile')) return ''
  const words = wordsFor(frame.language)
  const inWords = (at: number | null) => momentInWords(at, timeZone, frame.language)
  return html`<h2>${words.changed}</h2><p><strong>${item.title}</strong><br>${inWords(item.shownFrom)} – ${
    inWords(item.shownUntil) || words.noEnd
  }</p>${item.text.split(/\n{2,}/).map(paragraph => html`<p>${paragraph}</p>`)}`
}

/** Writes news, or edits them. */
export function newsFormPage(frame: Frame, view: NewsFormView): Html {
  const words = wordsFor(frame.language)
  const { item, entry } = view
  const title = item === undefined ? words.createTitle : words.editTitle(item.title)
  const problems = problemsOf(view.refusals, words)
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${nowIs(frame, item, view.refusals, view.timeZone)}${form(
      {
        action: item === undefined ? `${newsBase}/new` : `${newsBase}/${item.id}/edit`,
        csrf: frame.csrf,
      },
      html`${item && hidden('version', String(item.version))}${textField({
        name: 'title',
        label: words.newsTitle,
        value: entry.title,
        problem: problemFor(problems, 'title'),
        autocomplete: 'off',
      })}${textArea({
        name: 'text',
        label: words.text,
        hint: words.textHint,
        value: entry.text,
        rows: 8,
        problem: problemFor(problems, 'text'),
      })}${moment(frame, view, words, 'from', problems)}${moment(
        frame,
        view,
        words,
        'until',
        problems,
      )}${button(item === undefined ? words.publish : words.save)}`,
    )}${
      item !== undefined &&
      html`<p class="after-form">${linkButton(`${newsBase}/${item.id}/remove`, words.remove, 'secondary')}</p>`
    }<p class="after-form"><a href="${newsBase}">${words.back}</a></p>`,
  )
}

function moment(
  frame: Frame,
  { entry, timeZone }: NewsFormView,
  words: Words,
  which: 'from' | 'until',
  problems: readonly Problem[],
): Content {
  const names = which === 'from' ? words.from : words.until
  return html`${textField({
    name: `${which}Date`,
    label: names.date,
    hint: names.hint,
    type: 'date',
    value: entry[`${which}Date`],
    problem: problemFor(problems, `${which}Date`),
    autocomplete: 'off',
    width: 'md',
  })}${textField({
    name: `${which}Time`,
    label: names.time,
    hint: zoneInWords(timeZone, frame.language),
    type: 'time',
    value: entry[`${which}Time`],
    autocomplete: 'off',
    width: 'md',
  })}${clockField(frame, {
    name: `${which}Clock`,
    label: names.clock,
    date: entry[`${which}Date`],
    time: entry[`${which}Time`],
    value: entry[`${which}Clock`],
    timeZone,
    problem: problemFor(problems, `${which}Clock`),
  })}`
}

/** Asks before news are removed. */
export function removeNewsPage(
  frame: Frame,
  view: {
    readonly item: NewsRow
    readonly refusals: readonly Refusal<NewsCode>[]
    readonly timeZone: string
  },
): Html {
  const words = wordsFor(frame.language)
  const { item, refusals } = view
  const title = words.removeTitle(item.title)
  const problems = problemsOf(refusals, words)
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${nowIs(frame, item, refusals, view.timeZone)}<p>${words.removeAbout}</p>${form(
      { action: `${newsBase}/${item.id}/remove`, csrf: frame.csrf },
      html`${hidden('version', String(item.version))}${button(words.remove, { kind: 'danger' })}`,
    )}<p class="after-form"><a href="${newsBase}">${words.back}</a></p>`,
  )
}
