import { type Content, type Html, html } from '../html.ts'
import { wordsFor } from '../words.ts'
import { alert } from './messages.ts'

/** Something to put right; `field` is the id of the control that the summary links to. */
export interface Problem {
  readonly field?: string | undefined
  readonly text: string
}

interface FormOptions {
  readonly action: string
  /** `frame.csrf`. */
  readonly csrf: string
  readonly id?: string | undefined
  /** For file uploads. */
  readonly multipart?: boolean | undefined
}

interface ButtonOptions {
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger' | 'block' | undefined
  readonly name?: string | undefined
  readonly value?: string | undefined
  /** Another address for this one button. */
  readonly action?: string | undefined
}

const buttonClass = {
  primary: 'usa-button',
  secondary: 'usa-button usa-button--outline',
  quiet: 'usa-button usa-button--unstyled',
  danger: 'usa-button usa-button--secondary',
  /** Leads to what keeps somebody out. */
  block: 'usa-button usa-button--outline usa-button--block',
} as const

/** The text of the first problem of a field, for its `problem` option. */
export function problemFor(problems: readonly Problem[], field: string): string | undefined {
  return problems.find(problem => problem.field === field)?.text
}

/** The list on top of a refused form; nothing when there is no problem. */
export function errorSummary(problems: readonly Problem[], language = 'en'): Html {
  if (problems.length === 0) return html``
  return html`<div class="usa-alert usa-alert--error error-summary" tabindex="-1" data-error-summary><div class="usa-alert__body" role="alert"><h2 class="usa-alert__heading">${
    wordsFor(language).problem
  }</h2><ul class="usa-list usa-list--unstyled">${problems.map(
    problem =>
      html`<li>${problem.field ? html`<a href="#${problem.field}">${problem.text}</a>` : problem.text}</li>`,
  )}</ul></div></div>`
}

/** A form that posts, with its CSRF token; the browser's own checks are off, the server says what is wrong. */
export function form(options: FormOptions, body: Content): Html {
  return html`<form class="usa-form" method="post" action="${options.action}"${options.id && html` id="${options.id}"`}${
    options.multipart && html` enctype="multipart/form-data"`
  } novalidate>${hidden('csrf', options.csrf)}${body}</form>`
}

/** A form that only asks: GET, no token. */
export function searchForm(action: string, body: Content): Html {
  return html`<form class="usa-form search-form" role="search" action="${action}">${body}</form>`
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`
}

/** Tells a password manager whose password the form holds, where no field asks for the username. It is not sent. */
export const usernameForManagers = (username: string): Html =>
  html`<input type="text" value="${username}" autocomplete="username" readonly hidden>`

/** A button that submits; one `primary` a page. */
export function button(label: string, options: ButtonOptions = {}): Html {
  return html`<button class="${buttonClass[options.kind ?? 'primary']}" type="submit"${
    options.name && html` name="${options.name}"`
  }${options.value !== undefined && html` value="${options.value}"`}${
    options.action && html` formaction="${options.action}"`
  }>${label}</button>`
}

/**
 * A button of a form that first asks the browser for a passkey or security key (`browser/passkeys.ts`), by the options at an
 * address. It needs the script, and a browser that knows them.
 */
export function askKeyButton(
  label: string,
  options: {
    readonly asks: 'create' | 'get'
    readonly options: string
    readonly kind?: ButtonOptions['kind']
  },
): Html {
  return html`<button class="${buttonClass[options.kind ?? 'primary']}" type="submit" data-key="${
    options.asks
  }" data-options="${options.options}" hidden>${label}</button>`
}

/** The field for that answer, and what is said where a browser has none to give, or gives up. */
export const keyField = (absent: string, failed: string): Html =>
  html`${hidden('passkey', '')}<p data-key-absent>${absent}</p><div data-key-failed tabindex="-1" hidden>${alert(
    'error',
    failed,
  )}</div>`

/** A link that looks like a button: for going somewhere, never for changing something. */
export function linkButton(href: string, label: string, kind: ButtonOptions['kind'] = 'primary'): Html {
  return html`<a class="${buttonClass[kind]}" href="${href}">${label}</a>`
}

/** Buttons and links side by side, wrapping on a phone. */
export function buttonGroup(...items: readonly Content[]): Html {
  return html`<ul class="usa-button-group">${items
    .filter(Boolean)
    .map(item => html`<li class="usa-button-group__item">${item}</li>`)}</ul>`
}
