import { fullName } from '../../account/names.ts'
import { updateIdentifications } from '../../administration/act.ts'
import type { Batch } from '../../administration/import/batch.ts'
import { isFine } from '../../administration/import/rules.ts'
import { problemInWords } from '../../administration/import/sentences.ts'
import type { UpdateRow } from '../../administration/import/update-rules.ts'
import type { Refusal } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { tidyLine } from '../../web/line.ts'
import { button, form, hidden, problemFor, radioGroup, tag } from '../../web/parts.ts'
import type { Form } from '../../web/request.ts'
import { type ConsoleCode, refusalInWords } from '../shared/refusal-words.ts'
import { whyForAll } from '../shared/why-fields.ts'
import { wordsFor } from './words.ts'

/** What an agent typed for an update, with what is wrong with it. */
export interface Typed {
  readonly form: Form
  readonly refusals: readonly Refusal<ConsoleCode>[]
}

export const problemsOf = ({ refusals }: Typed, language: string) =>
  refusals.map(refusal => ({ field: refusal.field, text: refusalInWords(refusal, language) }))

/** Accounts that an update will change. */
export const changedBy = (batch: Batch): number => batch.rows_all - batch.rows_refused - batch.rows_same

/** Why, and who told the agent: once for all accounts of the file. */
export function updateForm(frame: Frame, action: string, batch: Batch, typed: Typed): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(typed, frame.language)
  return form(
    { action, csrf: frame.csrf },
    html`${hidden('file', batch.id)}${radioGroup({
      name: 'identified',
      label: words.identified,
      value: typed.form.get('identified'),
      choices: updateIdentifications.map(value => ({ value, label: words.identifiedBy[value] })),
      problem: problemFor(problems, 'identified'),
    })}${whyForAll(frame, typed.form, problems)}${button(words.update(changedBy(batch)))}`,
  )
}

/** Characters of a value that a page shows: enough for every one that is fine. */
const longestShown = 300

const shown = (text: string): string => tidyLine(text.slice(0, longestShown).toWellFormed())

/** A row beside its account: what is there, and what will be. */
export function updateCells(row: UpdateRow, language: string): readonly Content[] {
  const words = wordsFor(language)
  const { written, account, changes } = row
  const key = account?.username ?? (written.username || (written.given.email ?? ''))
  return [
    String(written.line),
    account === undefined
      ? shown(key)
      : html`<a href="/helpdesk/people/${account.id}">${fullName(account.firstName, account.lastName)}</a><br>${key}`,
    changes.map(
      ({ field, before, after }, index) =>
        html`${index > 0 && html`<br>`}${words.changed(words.fieldNames[field], shown(before) || words.blank, shown(after))}`,
    ),
    outcomeOf(row, language),
  ]
}

function outcomeOf(row: UpdateRow, language: string): Content {
  const words = wordsFor(language)
  const stale = row.isStale && html`${tag(words.stale, 'warning')} `
  if (!isFine(row))
    return html`${stale}${tag(words.notMade, 'bad')}<ul class="usa-list">${row.problems.map(
      problem => html`<li>${problemInWords(problem, language)}</li>`,
    )}</ul>`
  return html`${stale}${row.changes.length > 0 ? tag(words.willChange, 'good') : tag(words.same)}`
}
