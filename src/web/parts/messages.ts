import { type Content, type Html, html, raw } from '../html.ts'
import { wordsFor } from '../words.ts'

type AlertKind = 'info' | 'success' | 'warning' | 'error'
export type TagTone = 'plain' | 'quiet' | 'good' | 'warning' | 'bad'

/**
 * A rule that the page ticks while a person types: at least `min` code points, a match of `pattern` (with the `u` flag), or the
 * same as the field with the id `same`.
 */
export interface TypedRule {
  readonly text: string
  readonly min?: number | undefined
  readonly pattern?: string | undefined
  readonly same?: string | undefined
}

const shapes: Readonly<Record<AlertKind, string>> = {
  info: '<circle cx="10" cy="10" r="8.5"/><path d="M10 9v5M10 5.6v.8"/>',
  success: '<circle cx="10" cy="10" r="8.5"/><path d="m6 10.5 2.7 2.7L14 7.6"/>',
  warning: '<path d="M10 2.2 18.6 17.5H1.4zM10 8v4.4M10 14.4v.7"/>',
  error: '<path d="M6.5 1.5h7l5 5v7l-5 5h-7l-5-5v-7zM10 5.5v5.6M10 13.6v.8"/>',
}

/** The sign beside a message; the words say the same. */
export function alertIcon(kind: AlertKind): Html {
  return raw(
    `<svg class="usa-alert__icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">${shapes[kind]}</svg>`,
  )
}

/** A message in the page. Success is announced politely; an error on a form belongs in `errorSummary`. */
export function alert(kind: AlertKind, body: Content, heading?: string): Html {
  const role = kind === 'error' ? html` role="alert"` : kind === 'success' ? html` role="status"` : ''
  return html`<div class="usa-alert usa-alert--${kind}"${role}>${alertIcon(kind)}<div class="usa-alert__body">${
    heading && html`<h2 class="usa-alert__heading">${heading}</h2>`
  }<div class="usa-alert__text">${body}</div></div></div>`
}

/** A short state, always in words. */
export function tag(text: string, tone: TagTone = 'plain'): Html {
  return html`<span class="usa-tag usa-tag--${tone}">${text}</span>`
}

/** Text that opens on request, or stands open at first. */
export function details(summary: string, body: Content, isOpen = false): Html {
  return html`<details class="disclosure"${isOpen && html` open`}><summary>${summary}</summary><div class="disclosure-body">${body}</div></details>`
}

/**
 * The rules of a new password, before its field. With the script each rule says whether it is met; give `${id}` to the
 * field as `describedBy`.
 */
export function ruleList(
  options: {
    readonly id: string
    readonly field: string
    readonly heading: string
    readonly language?: string
  },
  rules: readonly TypedRule[],
): Html {
  const words = wordsFor(options.language ?? 'en')
  return html`<div class="rules" id="${options.id}"><p class="rules-heading">${options.heading}</p><ul class="usa-list" data-rules-for="${
    options.field
  }" data-met="${words.ruleMet}" data-open="${words.ruleOpen}">${rules.map(
    rule =>
      html`<li${rule.min !== undefined && html` data-min="${rule.min}"`}${
        rule.pattern !== undefined && html` data-pattern="${rule.pattern}"`
      }${rule.same !== undefined && html` data-same="${rule.same}"`}>${rule.text}</li>`,
  )}</ul></div>`
}

/** Something to copy by hand or, with the script, by a button. */
export function copyable(options: {
  readonly id: string
  readonly text: string
  /** The text that is copied when it differs from what is shown (a key without its spaces). */
  readonly copies?: string | undefined
  readonly language?: string | undefined
}): Html {
  return html`<div class="copyable" translate="no"><code id="${options.id}">${options.text}</code>${copyButton(
    options.copies ?? options.text,
    options.language ?? 'en',
    options.id,
  )}</div>`
}

/** A line to be read out, large and sign by sign; with the script it can be copied. */
export const copyLine = (line: {
  readonly text: string
  readonly copies: string
  readonly language: string
}): Html =>
  html`<div class="copyable"><p class="secret" translate="no">${line.text}</p>${copyButton(line.copies, line.language)}</div>`

function copyButton(copies: string, language: string, describedBy?: string): Html {
  const words = wordsFor(language)
  return html`<button class="usa-button usa-button--outline" type="button" data-copy="${copies}" data-done="${words.copied}"${
    describedBy && html` aria-describedby="${describedBy}"`
  } hidden>${words.copy}</button>`
}

/** What the agency says of its site on every page, for a sheet: seen on paper only, where the page's own is left out. */
export const sheetBanner = (banner: string): Content =>
  banner !== '' && html`<p class="sheet-banner">${banner}</p>`

/** A sheet that prints alone, without bar, menu and footer; the button needs the script, the hint stands in for it. */
export const printSheet = (
  body: Content,
  label?: string,
  language = 'en',
  beside: readonly Content[] = [],
): Html => html`<section class="print-sheet">${body}</section>${printAction(label, language, beside)}`

/** Sheets that print alone, each on a page of its own. */
export const printSheets = (bodies: readonly Content[], label?: string, language = 'en'): Html =>
  html`${printAction(label, language)}<div class="print-sheets">${bodies.map(
    body => html`<section class="print-sheet">${body}</section>`,
  )}</div>`

/** `beside`: what else can be done with the sheet, in the same row. */
function printAction(label: string | undefined, language: string, beside: readonly Content[] = []): Html {
  const words = wordsFor(language)
  const item = (content: Content) => html`<li class="usa-button-group__item">${content}</li>`
  return html`<ul class="usa-button-group print-action">${item(
    html`<button class="usa-button usa-button--outline" type="button" data-print hidden>${label ?? words.print}</button>`,
  )}${beside.map(item)}</ul><noscript><p class="usa-hint">${words.printByHand}</p></noscript>`
}
