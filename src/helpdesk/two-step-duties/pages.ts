import type { Duty } from '../../administration/two-step-duty.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  errorSummary,
  form,
  hidden,
  problemFor,
  selectField,
  table,
  textArea,
  textField,
} from '../../web/parts.ts'
import { dayInWords } from '../../web/time.ts'
import type { Candidate } from './store.ts'
import { wordsFor } from './words.ts'

export const dutiesAddress = '/helpdesk/policy/two-step-duties'

/** The form as it was typed. */
export interface DutyEntry {
  readonly who: string
  /** A day such as `2027-01-15`; blank: the duty ends. */
  readonly from: string
  readonly reason: string
}

interface DutiesPage {
  readonly rows: readonly (Duty & { readonly candidate: Candidate; readonly without: number })[]
  readonly candidates: readonly Candidate[]
  readonly entry: DutyEntry
  readonly refusals: readonly Refusal<RefusalOf<'duty'>>[]
  readonly timeZone: string
  readonly did: boolean
}

/** The people who must have a second step, from when, and the form that changes it. */
export function dutiesPage(frame: Frame, given: DutiesPage): Html {
  const words = wordsFor(frame.language)
  const { entry, refusals } = given
  const problems = refusals.map(({ code, field }) => ({ field, text: words.refusals[code] }))
  return page(
    frame,
    { title: words.title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1>${given.did && alert('success', words.did)}<p>${words.lead}</p>${table(
      {
        caption: words.caption,
        captionHidden: true,
        columns: words.columns.map((text, index) => ({ text, numeric: index === 2 })),
        rows: given.rows.map(({ candidate, fromAt, without }) => [
          candidate.name,
          dayInWords(fromAt, given.timeZone, frame.language),
          String(without),
          html`<a href="${dutiesAddress}?who=${encodeURIComponent(candidate.value)}">${words.change}<span class="usa-sr-only"> ${candidate.name}</span></a>`,
        ]),
        empty: words.none,
        language: frame.language,
      },
    )}<h2>${words.formHeading}</h2>${form(
      { action: dutiesAddress, csrf: frame.csrf },
      html`${selectField({
        name: 'who',
        label: words.who,
        empty: words.choose,
        value: entry.who,
        choices: given.candidates.map(({ value, name }) => ({ value, label: name })),
        problem: problemFor(problems, 'who'),
      })}${textField({
        name: 'from',
        label: words.from,
        hint: words.fromHint,
        type: 'date',
        value: entry.from,
        problem: problemFor(problems, 'from'),
        autocomplete: 'off',
        width: 'md',
      })}${textArea({
        name: 'reason',
        label: words.reason,
        value: entry.reason,
        rows: 3,
        problem: problemFor(problems, 'reason'),
      })}${button(words.next)}`,
    )}<p class="after-form"><a href="/helpdesk/policy">${words.back}</a></p>`,
  )
}

/** What the change brings, before it is made. `day`: undefined: the duty ends. */
export function confirmDutyPage(
  frame: Frame,
  given: {
    readonly name: string
    readonly entry: DutyEntry
    readonly day: string | undefined
    readonly without: number
  },
): Html {
  const words = wordsFor(frame.language)
  const { name, entry, day } = given
  const effects =
    day === undefined
      ? [words.ends(name)]
      : [words.starts(name, day), words.without(given.without), words.ready]
  return page(
    frame,
    { title: words.confirmTitle, kind: 'console' },
    html`<h1>${words.confirmTitle}</h1>${alert(
      'warning',
      html`<ul class="usa-list">${effects.map(text => html`<li>${text}</li>`)}</ul>`,
    )}${form(
      { action: dutiesAddress, csrf: frame.csrf },
      html`${hidden('who', entry.who)}${hidden('from', entry.from)}${hidden('reason', entry.reason)}${hidden(
        'step',
        'sure',
      )}${button(words.confirm, { kind: 'danger' })}`,
    )}<p class="after-form"><a href="${dutiesAddress}">${words.backToForm}</a></p>`,
  )
}
