import type { Place } from '../administration/places.ts'
import { type Line, linesOnPage } from '../agency/review-answers.ts'
import { type LineProblem, reviewAnswers } from '../agency/review-rules.ts'
import type { Progress } from '../agency/reviews.ts'
import type { AccessReviewTable } from '../store/schema.ts'
import type { Frame } from '../web/frame.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  errorSummary,
  form,
  hidden,
  type Problem,
  pagination,
  problemFor,
  radioGroup,
  table,
  textField,
} from '../web/parts.ts'
import type { Form } from '../web/request.ts'
import { dayInWords } from '../web/time.ts'
import { deskOf } from './desk.ts'
import { type DeskWords, wordsFor } from './words.ts'

/** How many of an organization's people are done: answered, or no longer there. */
export const doneOf = ({ people, open, unsure }: Progress): number => people - open - unsure

/** The open reviews of an organization. */
export function reviewsPage(
  frame: Frame,
  view: {
    readonly organization: Place
    readonly reviews: readonly { readonly review: AccessReviewTable; readonly progress: Progress }[]
    readonly timeZone: string
  },
): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.reviews, kind: 'console' },
    html`<h1>${words.reviews}</h1><p>${words.reviewsLead}</p>${table({
      caption: words.reviews,
      captionHidden: true,
      columns: words.reviewColumns.map(text => ({ text })),
      rows: view.reviews.map(({ review, progress }) => [
        html`<a href="${deskOf(view.organization.id, `/reviews/${review.id}`)}">${review.name}</a>`,
        dayInWords(review.due_at - 1, view.timeZone, frame.language),
        words.confirmed(doneOf(progress), progress.people),
      ]),
      empty: words.noReviews,
      language: frame.language,
    })}`,
  )
}

export interface ReviewView {
  readonly organization: Place
  readonly review: AccessReviewTable
  readonly progress: Progress
  readonly lines: readonly Line[]
  /** Counted from 1. */
  readonly page: number
  /** What was typed and could not be kept. */
  readonly typed: Form
  readonly problems: readonly LineProblem[]
  /** The people another contact answered for while the page was open. */
  readonly elsewhere: readonly string[]
  readonly message: string | undefined
  readonly timeZone: string
}

/** One page of a review: each person with what can be said of them. What is saved stays, whatever comes next. */
export function reviewPage(frame: Frame, view: ReviewView): Html {
  const words = wordsFor(frame.language)
  const { organization, review, progress } = view
  const pages = Math.max(1, Math.ceil(progress.people / linesOnPage))
  const at = (to: number) => deskOf(organization.id, `/reviews/${review.id}?page=${to}`)
  const problems = view.problems.map(({ field, code }) => ({ field, text: words.problems[code] }))
  const title = words.about(review.name, organization.name)
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${view.message && alert('success', view.message)}${errorSummary(problems, frame.language)}<h1>${title}</h1>${
      view.elsewhere.length > 0 && alert('warning', words.answeredElsewhere)
    }<p>${words.confirmBy(dayInWords(review.due_at - 1, view.timeZone, frame.language))} ${words.confirmed(doneOf(progress), progress.people)} ${words.pageOf(view.page, pages)}</p>${form(
      { action: deskOf(organization.id, `/reviews/${review.id}`), csrf: frame.csrf },
      html`${hidden('page', String(view.page))}${view.lines.map(line => lineFields(frame, line, view, problems))}${buttonGroup(
        button(words.confirm),
        button(words.confirmRest, { kind: 'secondary', name: 'do', value: 'rest' }),
      )}`,
    )}${pagination({
      previous: view.page > 1 ? at(view.page - 1) : undefined,
      next: view.page < pages ? at(view.page + 1) : undefined,
      language: frame.language,
    })}<p class="after-form"><a href="${deskOf(organization.id, '/reviews')}">${words.back(words.reviews)}</a></p>`,
  )
}

function lineFields(frame: Frame, line: Line, { typed }: ReviewView, problems: readonly Problem[]): Content {
  const words = wordsFor(frame.language)
  const id = line.account_id
  const label = [line.person || words.none, line.jobTitle].filter(Boolean).join(', ')
  if (!line.isHere) return html`<p><strong>${label}</strong><br>${words.goneAlready}</p>`
  const value = (name: string, known: string) =>
    typed.has(`${name}-${id}`) ? typed.get(`${name}-${id}`) : known
  const answer = value('answer', line.answer ?? '')
  return html`<div class="usa-form-group answers">${hidden('person', id)}${hidden(`seen-${id}`, String(line.answered_at ?? 0))}${radioGroup(
    {
      name: `answer-${id}`,
      label,
      hint: line.answered_name === null ? undefined : words.answeredBy(line.answered_name),
      value: answer,
      choices: reviewAnswers.map(one => ({ value: one, label: words.answers[one] })),
    },
  )}${detailFields(line, words, value, problems)}</div>`
}

/** The last day of who left, and a word about who works elsewhere in the house; left blank for everyone else. */
const detailFields = (
  { account_id: id, answer, detail }: Line,
  words: DeskWords,
  value: (name: string, known: string) => string,
  problems: readonly Problem[],
): Content =>
  html`<details class="disclosure"${(answer === 'left' || answer === 'workgroup' || problems.some(({ field }) => field === `day-${id}` || field === `note-${id}`)) && html` open`}><summary>${words.more}</summary><div class="disclosure-body">${textField(
    {
      name: `day-${id}`,
      label: words.lastDayIfLeft,
      type: 'date',
      value: value('day', answer === 'left' ? detail : ''),
      problem: problemFor(problems, `day-${id}`),
      autocomplete: 'off',
      width: 'md',
    },
  )}${textField({
    name: `note-${id}`,
    label: words.noteIfChanged,
    value: value('note', answer === 'left' ? '' : detail),
    problem: problemFor(problems, `note-${id}`),
    autocomplete: 'off',
  })}</div></details>`
