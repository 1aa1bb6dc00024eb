import { fullName } from '../../account/names.ts'
import { type Batch, pageLength } from '../../administration/import/batch.ts'
import { columns, type ImportKind } from '../../administration/import/columns.ts'
import { mostPeople } from '../../administration/import/csv.ts'
import type { FileProblem } from '../../administration/import/problems.ts'
import { type CheckedRow, isFine } from '../../administration/import/rules.ts'
import { problemInWords } from '../../administration/import/sentences.ts'
import type { UpdateRow } from '../../administration/import/update-rules.ts'
import { wordsFor as rowWords } from '../../administration/import/words.ts'
import type { Progress } from '../../administration/import/work.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { tidyLine } from '../../web/line.ts'
import {
  alert,
  button,
  errorSummary,
  fileField,
  form,
  hidden,
  linkButton,
  pagination,
  problemFor,
  radioGroup,
  table,
  tag,
} from '../../web/parts.ts'
import { momentInWords } from '../../web/time.ts'
import { refreshParts, type SelfRefresh } from '../shared/self-refresh.ts'
import { changedBy, problemsOf, type Typed, updateCells, updateForm } from './update-pages.ts'
import { wordsFor } from './words.ts'

export const importAddress = '/helpdesk/import'
export const columnsAddress = '/helpdesk/import/columns'
export const checkAddress = '/helpdesk/import/check'
export const templateAddress = '/helpdesk/import/template.csv'

/** Import: what a file holds, and where it is given. */
export function importPage(
  frame: Frame,
  given: {
    readonly problems: readonly FileProblem[]
    readonly waiting: Batch | undefined
    readonly kind: ImportKind
  },
): Html {
  const words = wordsFor(frame.language)
  const problems = given.problems.map(problem => ({
    field: 'file',
    text: problemInWords(problem, frame.language),
  }))
  return page(
    frame,
    { title: words.title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1><p>${words.lead}</p>${
      given.waiting &&
      alert(
        'info',
        html`${words.waiting(given.waiting.file_name)} <a href="${given.waiting.state === 'unmapped' ? columnsAddress : checkAddress}">${words.toCheck}</a>`,
      )
    }${form(
      { action: importAddress, csrf: frame.csrf, multipart: true },
      html`${radioGroup({
        name: 'kind',
        label: words.what,
        value: given.kind,
        choices: [
          { value: 'new', label: words.kinds.new },
          { value: 'update', label: words.kinds.update, hint: words.updateHint },
        ],
      })}${fileField({
        name: 'file',
        label: words.file,
        hint: words.fileHint,
        accept: '.csv,.tsv,.txt,text/csv,text/plain',
        problem: problemFor(problems, 'file'),
      })}${button(words.check)}`,
    )}<h2>${words.columnsTitle}</h2><p>${words.columnsLead(mostPeople)}</p>${table({
      caption: words.columnsTitle,
      captionHidden: true,
      columns: words.columnHeads.map(text => ({ text })),
      rows: columns.map(({ name, title }) => [title, words.columns[name]]),
      language: frame.language,
    })}<p>${words.noPasswords}</p><p>${linkButton(templateAddress, words.template, 'secondary')}</p><h2>${words.updateTitle}</h2><p>${words.updateLead}</p><p>${words.updateNot}</p>`,
  )
}

/** Something works on the file: how far it has come. The address asks again by itself. */
export function workingPage(
  frame: Frame,
  batch: Batch,
  progress: Progress | undefined,
  refresh: SelfRefresh,
): Html {
  const words = wordsFor(frame.language)
  const title = batch.state === 'importing' ? words.importingTitles[batch.kind] : words.checkingTitle
  return page(
    frame,
    { title, kind: 'console' },
    html`<h1>${title}</h1><p>${
      progress === undefined ? words.progressUnknown : words.progress(progress.done, progress.all)
    }</p>${refreshParts(refresh, frame.language)}`,
  )
}

/** There is nothing to look at. */
export function nothingPage(frame: Frame, interrupted: boolean): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.reportTitle, kind: 'console' },
    html`<h1>${words.reportTitle}</h1>${alert(
      interrupted ? 'warning' : 'info',
      interrupted ? words.interrupted : words.nothing,
    )}<p>${linkButton(importAddress, words.toImport)}</p>`,
  )
}

export interface ReportView {
  readonly batch: Batch
  /** Of an update, or of new people. */
  readonly rows: { readonly new: readonly CheckedRow[] } | { readonly update: readonly UpdateRow[] }
  readonly typed: Typed
  /** Counted from 0. */
  readonly part: number
}

/** The effects, row by row, and the button that does it when every row is fine. */
export function reportPage(frame: Frame, view: ReportView): Html {
  const words = wordsFor(frame.language)
  const { batch, part } = view
  const problems = problemsOf(view.typed, frame.language)
  const last = Math.ceil(batch.rows_all / pageLength) - 1
  const turnTo = (to: number) => (to === 0 ? checkAddress : `${checkAddress}?part=${to + 1}`)
  const rows =
    'new' in view.rows
      ? view.rows.new.map(row => rowCells(row, frame.language))
      : view.rows.update.map(row => updateCells(row, frame.language))
  return page(
    frame,
    { title: words.reportTitle, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.reportTitle}</h1>${
      batch.trouble && alert('warning', words.troubles[batch.kind][batch.trouble])
    }${'new' in view.rows ? newOutcome(frame, batch) : updateOutcome(frame, view)}<p class="after-form">${linkButton(importAddress, words.another, 'secondary')}</p><h2>${words.rowsTitle}</h2>${
      last > 0 &&
      html`<p>${words.pages(part * pageLength + 1, part * pageLength + rows.length, batch.rows_all)}</p>`
    }${table({
      caption: words.rowsTitle,
      captionHidden: true,
      columns: ('new' in view.rows ? words.rowHeads : words.updateHeads).map(text => ({ text })),
      rows,
      language: frame.language,
    })}${pagination({
      previous: part > 0 ? turnTo(part - 1) : undefined,
      next: part < last ? turnTo(part + 1) : undefined,
      language: frame.language,
    })}`,
  )
}

const sourceOf = (frame: Frame, { file_name, checked_at }: Batch): Html =>
  html`<p>${wordsFor(frame.language).source(file_name, momentInWords(checked_at, frame.clock.timeZone, frame.language))}</p>`

function newOutcome(frame: Frame, batch: Batch): Html {
  const words = wordsFor(frame.language)
  const isReady = batch.rows_refused === 0
  return html`${
    isReady
      ? alert('success', words.fine(batch.rows_all))
      : alert('warning', words.notFine(batch.rows_refused, batch.rows_all))
  }${isReady && batch.rows_untrained > 0 && alert('warning', words.untrainedSome(batch.rows_untrained))}${sourceOf(frame, batch)}${
    isReady &&
    form(
      { action: checkAddress, csrf: frame.csrf },
      html`${hidden('file', batch.id)}${button(words.make(batch.rows_all))}`,
    )
  }`
}

function updateOutcome(frame: Frame, { batch, typed }: ReportView): Html {
  const words = wordsFor(frame.language)
  const changed = changedBy(batch)
  const isReady = batch.rows_refused === 0 && changed > 0
  const state = () => {
    if (batch.rows_refused > 0) return alert('warning', words.notUpdated(batch.rows_refused, batch.rows_all))
    return isReady
      ? alert('success', words.toUpdate(changed, batch.rows_same))
      : alert('info', words.nothingToUpdate)
  }
  return html`${state()}${sourceOf(frame, batch)}${isReady && updateForm(frame, checkAddress, batch, typed)}`
}

function rowCells(row: CheckedRow, language: string): readonly Content[] {
  const words = wordsFor(language)
  return [
    String(row.line),
    shown(fullName(row.firstName, row.lastName)),
    html`${shown(row.username)}<br>${shown(row.email)}`,
    shown([...row.organizations, ...row.workgroups].join(', ')),
    isFine(row)
      ? html`${tag(words.willBeMade, row.isUntrained ? 'warning' : 'good')}${row.isUntrained && html`<br>${rowWords(language).untrained}`}`
      : html`${tag(words.notMade, 'bad')}<ul class="usa-list">${row.problems.map(
          problem => html`<li>${problemInWords(problem, language)}</li>`,
        )}</ul>`,
  ]
}

/** Characters of a cell that a page shows: enough for every cell that is fine. */
const longestShown = 300

/** Cells come from a file: nothing in them may disturb the page. */
const shown = (text: string): string => tidyLine(text.slice(0, longestShown).toWellFormed())

/** All accounts are there, or all are updated. */
export function donePage(frame: Frame, batch: Batch): Html {
  const words = wordsFor(frame.language)
  const isNew = batch.kind === 'new'
  const title = isNew ? words.doneTitle : words.updatedTitle
  return page(
    frame,
    { title, kind: 'console' },
    html`<h1>${title}</h1>${alert(
      'success',
      isNew ? words.made(batch.rows_all, batch.file_name) : words.updated(changedBy(batch), batch.file_name),
    )}<p>${isNew ? words.madeNext : `${words.updatedNext} ${batch.id}`}</p><p>${
      isNew ? linkButton('/helpdesk/sheets', words.toSheets) : linkButton('/helpdesk/people', words.toPeople)
    }</p><p>${linkButton(importAddress, words.another, 'secondary')}</p>`,
  )
}
