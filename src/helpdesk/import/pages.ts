import { fullName } from '../../account/names.ts'
import { type Batch, pageLength } from '../../administration/import/batch.ts'
import { columns } from '../../administration/import/columns.ts'
import { mostPeople } from '../../administration/import/csv.ts'
import type { FileProblem } from '../../administration/import/problems.ts'
import { type CheckedRow, isFine } from '../../administration/import/rules.ts'
import { problemInWords } from '../../administration/import/sentences.ts'
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
  table,
  tag,
} from '../../web/parts.ts'
import { momentInWords } from '../../web/time.ts'
import { refreshParts, type SelfRefresh } from '../shared/self-refresh.ts'
import { wordsFor } from './words.ts'

export const importAddress = '/helpdesk/import'
export const columnsAddress = '/helpdesk/import/columns'
export const checkAddress = '/helpdesk/import/check'
export const templateAddress = '/helpdesk/import/template.csv'

/** Import: what a file holds, and where it is given. */
export function importPage(
  frame: Frame,
  given: { readonly problems: readonly FileProblem[]; readonly waiting: Batch | undefined },
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
      html`${fileField({
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
    })}<p>${words.noPasswords}</p><p>${linkButton(templateAddress, words.template, 'secondary')}</p>`,
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
  const title = batch.state === 'importing' ? words.importingTitle : words.checkingTitle
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
  readonly rows: readonly CheckedRow[]
  /** Counted from 0. */
  readonly part: number
  readonly timeZone: string
}

/** The effects, row by row, and the button that does it when every row is fine. */
export function reportPage(frame: Frame, view: ReportView): Html {
  const words = wordsFor(frame.language)
  const { batch, rows, part } = view
  const isReady = batch.rows_refused === 0
  const last = Math.ceil(batch.rows_all / pageLength) - 1
  const turnTo = (to: number) => (to === 0 ? checkAddress : `${checkAddress}?part=${to + 1}`)
  return page(
    frame,
    { title: words.reportTitle, kind: 'console' },
    html`<h1>${words.reportTitle}</h1>${batch.trouble && alert('warning', words.troubles[batch.trouble])}${
      isReady
        ? alert('success', words.fine(batch.rows_all))
        : alert('warning', words.notFine(batch.rows_refused, batch.rows_all))
    }${isReady && batch.rows_untrained > 0 && alert('warning', words.untrainedSome(batch.rows_untrained))}<p>${words.source(batch.file_name, momentInWords(batch.checked_at, view.timeZone, frame.language))}</p>${
      isReady &&
      form(
        { action: checkAddress, csrf: frame.csrf },
        html`${hidden('file', batch.id)}${button(words.make(batch.rows_all))}`,
      )
    }<p class="after-form">${linkButton(importAddress, words.another, 'secondary')}</p><h2>${words.rowsTitle}</h2>${
      last > 0 &&
      html`<p>${words.pages(part * pageLength + 1, part * pageLength + rows.length, batch.rows_all)}</p>`
    }${table({
      caption: words.rowsTitle,
      captionHidden: true,
      columns: words.rowHeads.map(text => ({ text })),
      rows: rows.map(row => rowCells(row, frame.language)),
      language: frame.language,
    })}${pagination({
      previous: part > 0 ? turnTo(part - 1) : undefined,
      next: part < last ? turnTo(part + 1) : undefined,
      language: frame.language,
    })}`,
  )
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

/** All accounts are there. */
export function donePage(frame: Frame, batch: Batch): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.doneTitle, kind: 'console' },
    html`<h1>${words.doneTitle}</h1>${alert(
      'success',
      words.made(batch.rows_all, batch.file_name),
    )}<p>${words.madeNext}</p><p>${linkButton('/helpdesk/sheets', words.toSheets)}</p><p>${linkButton(importAddress, words.another, 'secondary')}</p>`,
  )
}
