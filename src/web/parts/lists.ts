import { type Content, type Html, html } from '../html.ts'
import { wordsFor } from '../words.ts'

/** `about` is read out after the text ("Change" + "security question"). */
export interface RowAction {
  readonly href: string
  readonly text: string
  readonly about?: string
  /** The one thing to do on the page looks like its button. */
  readonly isPrimary?: boolean
}

export interface SummaryRow {
  readonly key: Content
  readonly value: Content
  readonly action?: RowAction | readonly RowAction[] | undefined
}

interface TableOptions {
  readonly caption: string
  readonly captionHidden?: boolean | undefined
  /** Its three columns stand where those of the tables above and below do. */
  readonly aligned?: boolean
  readonly columns: readonly { readonly text: string; readonly numeric?: boolean }[]
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly Content[])[]
  /** Said instead of the table when there are no rows. */
  readonly empty?: Content
  readonly language?: string | undefined
}

/** Facts, one to a line, each with what can be done about it. */
export function summaryList(rows: readonly SummaryRow[]): Html {
  return html`<dl class="summary-list">${rows.map(
    row =>
      html`<div class="summary-row"><dt>${row.key}</dt><dd class="summary-value">${row.value}</dd>${
        row.action && html`<dd class="summary-action">${[row.action].flat().map(actionLink)}</dd>`
      }</div>`,
  )}</dl>`
}

const actionLink = ({ href, text, about, isPrimary }: RowAction): Html =>
  html`<a${isPrimary && html` class="usa-button"`} href="${href}">${text}${about && html`<span class="usa-sr-only"> ${about}</span>`}</a>`

/** A table; on a phone each row becomes a block with its column names. */
export function table(options: TableOptions): Html {
  if (options.rows.length === 0) {
    return html`<p class="usa-hint">${options.empty ?? wordsFor(options.language ?? 'en').nothingHere}</p>`
  }
  const numeric = (index: number) => options.columns[index]?.numeric && html` class="numeric"`
  const name = (index: number) => options.columns[index]?.text ?? ''
  return html`<table class="usa-table usa-table--borderless usa-table--stacked${options.aligned && ' table-aligned'}"><caption${
    options.captionHidden && html` class="usa-sr-only"`
  }>${options.caption}</caption><thead><tr>${options.columns.map(
    (column, index) => html`<th scope="col"${numeric(index)}>${column.text}</th>`,
  )}</tr></thead><tbody>${options.rows.map(
    row =>
      html`<tr>${row.map((cell, index) =>
        index === 0
          ? html`<th scope="row" data-label="${name(0)}">${cell}</th>`
          : html`<td data-label="${name(index)}"${numeric(index)}>${cell}</td>`,
      )}</tr>`,
  )}</tbody></table>`
}

/** Steps in their order. */
export function processList(steps: readonly { readonly heading: string; readonly body?: Content }[]): Html {
  return html`<ol class="usa-process-list">${steps.map(
    step =>
      html`<li class="usa-process-list__item"><p class="usa-process-list__heading">${step.heading}</p>${step.body}</li>`,
  )}</ol>`
}
