import type { Place } from '../../administration/places.ts'
import type { Progress } from '../../agency/reviews.ts'
import type { Refusal } from '../../refusals.ts'
import type { AccessReviewTable } from '../../store/schema.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  checkbox,
  checkboxGroup,
  errorSummary,
  form,
  linkButton,
  pagination,
  problemFor,
  radioGroup,
  table,
  tag,
  textField,
} from '../../web/parts.ts'
import type { Form } from '../../web/request.ts'
import { dayInWords } from '../../web/time.ts'
import type { OpenLine } from './store.ts'
import { type ReviewCode, wordsFor } from './words.ts'

export const reviewsBase = '/helpdesk/reviews'

/** The reviews, the newest first. */
export function reviewsPage(frame: Frame, reviews: readonly AccessReviewTable[], timeZone: string): Html {
  const words = wordsFor(frame.language)
  const day = (at: number) => dayInWords(at, timeZone, frame.language)
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`<h1>${words.title}</h1><p>${words.lead}</p><p>${linkButton(`${reviewsBase}/new`, words.start)}</p>${table(
      {
        caption: words.title,
        captionHidden: true,
        columns: words.columns.map(text => ({ text })),
        rows: reviews.map(review => [
          html`<a href="${reviewsBase}/${review.id}">${review.name}</a>`,
          day(review.started_at),
          day(review.due_at - 1),
          review.closed_at === null ? tag(words.open, 'good') : tag(words.closed),
        ]),
        empty: words.none,
      },
    )}`,
  )
}

/** Start a review: for whom, until when, and what will happen. */
export function newReviewPage(
  frame: Frame,
  view: {
    readonly form: Form
    readonly organizations: readonly Place[]
    readonly suspendDays: number
    readonly refusals: readonly Refusal<ReviewCode>[]
  },
): Html {
  const words = wordsFor(frame.language)
  const { form: typed, organizations } = view
  const problems = view.refusals.map(({ code, field }) => ({ field, text: words.problems[code] }))
  return page(
    frame,
    { title: words.start, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.start}</h1><h2>${words.willHappen}</h2><ul class="usa-list">${words
      .effects(view.suspendDays)
      .map(effect => html`<li>${effect}</li>`)}</ul>${form(
      { action: `${reviewsBase}/new`, csrf: frame.csrf },
      html`${textField({ name: 'name', label: words.name, hint: words.nameHint, value: typed.get('name'), problem: problemFor(problems, 'name'), autocomplete: 'off' })}${textField(
        {
          name: 'due',
          label: words.due,
          type: 'date',
          value: typed.get('due'),
          problem: problemFor(problems, 'due'),
          autocomplete: 'off',
          width: 'md',
        },
      )}${textField({
        name: 'reminders',
        label: words.reminders,
        hint: words.remindersHint,
        value: typed.has('reminders') ? typed.get('reminders') : '14, 7, 1',
        problem: problemFor(problems, 'reminders'),
        autocomplete: 'off',
        width: 'md',
      })}${radioGroup({
        name: 'which',
        label: words.organizations,
        value: typed.get('which'),
        choices: [
          { value: 'all', label: words.all },
          { value: 'some', label: words.some },
        ],
        problem: problemFor(problems, 'which'),
      })}${checkboxGroup({
        name: 'organization',
        label: words.organization,
        values: typed.all('organization'),
        choices: organizations.map(({ id, name }) => ({ value: id, label: name })),
      })}${button(words.start)}`,
    )}<p class="after-form"><a href="${reviewsBase}">${words.back}</a></p>`,
  )
}

export interface ReviewView {
  readonly review: AccessReviewTable
  readonly places: readonly (Progress & { readonly contacts: readonly string[] })[]
  readonly message: string | undefined
  readonly timeZone: string
}

/** One review: how far each organization is, whom to chase, and its end. */
export function reviewPage(frame: Frame, { review, places, message, timeZone }: ReviewView): Html {
  const words = wordsFor(frame.language)
  const day = (at: number) => dayInWords(at, timeZone, frame.language)
  const isOpen = review.closed_at === null
  const at = `${reviewsBase}/${review.id}`
  const rows = places.map(place => [
    html`<a href="${at}/organizations/${place.organizationId}">${place.name}</a>${
      isOpen &&
      checkbox({
        name: 'organization',
        id: `o-${place.organizationId}`,
        label: words.choose(place.name),
        value: place.organizationId,
      })
    }`,
    place.contacts.length === 0 ? tag(words.noContact, 'warning') : place.contacts.join(', '),
    ...[place.people, place.stays, place.left, place.workgroup, place.unsure, place.open],
  ])
  const progress = table({
    caption: words.progress,
    captionHidden: true,
    columns: words.progressColumns.map((text, index) => ({ text, numeric: index > 1 })),
    rows,
    empty: words.none,
  })
  return page(
    frame,
    { title: review.name, kind: 'console' },
    html`${message && alert('success', message)}<h1>${review.name}</h1><p>${words.confirmBy(day(review.due_at - 1))} ${
      review.settle_at === null ? words.settlesNot : words.settles(day(review.settle_at))
    }</p><h2>${words.progress}</h2>${
      isOpen
        ? form(
            { action: at, csrf: frame.csrf },
            html`${progress}${button(words.remind, { kind: 'secondary' })}`,
          )
        : progress
    }<p><a href="${at}/export">${words.export}</a></p>${
      isOpen
        ? html`<h2>${words.close}</h2><p>${words.closeLead}</p>${form({ action: at, csrf: frame.csrf }, button(words.close, { kind: 'danger', name: 'do', value: 'close' }))}`
        : review.sha256 !== null && html`<p>${words.sealed(review.sha256)}</p>`
    }<p class="after-form"><a href="${reviewsBase}">${words.back}</a></p>`,
  )
}

/** One organization in a review: who is not confirmed, and what is done about many at once. */
export function placePage(
  frame: Frame,
  view: {
    readonly review: AccessReviewTable
    readonly place: Progress
    readonly lines: readonly OpenLine[]
    readonly page: number
    readonly hasMore: boolean
    readonly message: string | undefined
  },
): Html {
  const words = wordsFor(frame.language)
  const { review, place, lines } = view
  const isOpen = review.closed_at === null
  const at = `${reviewsBase}/${review.id}/organizations/${place.organizationId}`
  const list: Content = table({
    caption: words.lines,
    captionHidden: true,
    columns: words.lineColumns.slice(0, isOpen ? 5 : 4).map(text => ({ text })),
    rows: lines.map(line => [
      html`<a href="/helpdesk/people/${line.account_id}">${line.person || line.username}</a>`,
      line.answer === null ? words.noAnswer : words.answers[line.answer],
      line.detail,
      line.answered_name ?? '',
      ...(isOpen
        ? [
            checkbox({
              name: 'person',
              id: `p-${line.account_id}`,
              label: line.person || line.username,
              value: line.account_id,
            }),
          ]
        : []),
    ]),
    empty: words.none,
  })
  return page(
    frame,
    { title: place.name, kind: 'console' },
    html`${view.message && alert('success', view.message)}<h1>${place.name}</h1><h2>${words.lines}</h2>${
      isOpen && lines.length > 0
        ? form(
            { action: at, csrf: frame.csrf },
            html`${list}<p>${words.suspendLead}</p>${button(words.suspend, { kind: 'danger' })}`,
          )
        : list
    }${pagination({
      previous: view.page > 1 ? `${at}?page=${view.page - 1}` : undefined,
      next: view.hasMore ? `${at}?page=${view.page + 1}` : undefined,
      language: frame.language,
    })}<p class="after-form"><a href="${reviewsBase}/${review.id}">${words.backTo(review.name)}</a></p>`,
  )
}
