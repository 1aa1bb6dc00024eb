import { type Content, type Html, html } from '../html.ts'
import { wordsFor } from '../words.ts'

/** Properties of every field; `id` is the name unless it is given, so an error summary can link to `#name`. */
export interface FieldBase {
  readonly name: string
  readonly id?: string | undefined
  readonly label: string
  readonly hint?: Content
  readonly problem?: string | undefined
  /** Ids of further text that describes the field. */
  readonly describedBy?: string | undefined
  readonly required?: boolean | undefined
  /** BCP 47 tag for the words of the part itself. */
  readonly language?: string | undefined
}

/** What counts sign by sign (a username, an answer, a code), the same in capitals, or somebody's name: nothing is corrected. */
type Typing = 'signs' | 'capitals' | 'name'

const capitals: Readonly<Record<Typing, string>> = { signs: 'none', capitals: 'characters', name: 'words' }

/** A phone that corrects a name or a code writes another one: it must not, and must begin with a capital only for a name. */
const typedAs = (typing: Typing): Html =>
  html` autocapitalize="${capitals[typing]}" autocorrect="off" spellcheck="false"`

export interface TextFieldOptions extends FieldBase {
  readonly value?: string | undefined
  readonly type?: 'text' | 'email' | 'search' | 'tel' | 'url' | 'date' | 'time' | 'number' | undefined
  readonly autocomplete?: string | undefined
  readonly inputmode?: 'text' | 'numeric' | 'email' | 'tel' | 'search' | undefined
  /** How a phone helps; absent: as with any sentence. */
  readonly typing?: Typing | undefined
  /** Id of a `datalist`, or the suggestions themselves. */
  readonly list?: string | readonly string[] | undefined
  readonly width?: 'xs' | 'sm' | 'md' | 'lg' | undefined
  readonly maxlength?: number | undefined
}

export interface PasswordFieldOptions extends FieldBase {
  readonly autocomplete: 'current-password' | 'new-password' | 'one-time-code' | 'off'
}

export interface TextAreaOptions extends FieldBase {
  readonly value?: string | undefined
  readonly rows?: number | undefined
  readonly spellcheck?: boolean | undefined
}

export interface FileFieldOptions extends FieldBase {
  /** What the browser offers first: endings and media types with commas between. */
  readonly accept?: string | undefined
}

/** Ids that stand in `aria-describedby`, in the order in which they are read. */
export function descriptionIds(field: FieldBase, id: string): string | undefined {
  const ids = [
    field.hint ? `${id}-hint` : '',
    field.problem ? `${id}-error` : '',
    field.describedBy ?? '',
  ].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

/** The attributes that tie a control to its label, hint and problem. */
export function tie(field: FieldBase, id: string): Html {
  const described = descriptionIds(field, id)
  return html`id="${id}" name="${field.name}"${described && html` aria-describedby="${described}"`}${
    field.problem && html` aria-invalid="true"`
  }${field.required && html` required`}`
}

export function hintOf(field: FieldBase, id: string): Content {
  return field.hint && html`<div class="usa-hint" id="${id}-hint">${field.hint}</div>`
}

export function problemOf(field: FieldBase, id: string): Content {
  const words = wordsFor(field.language ?? 'en')
  return (
    field.problem &&
    html`<p class="usa-error-message" id="${id}-error"><span class="usa-sr-only">${words.errorPrefix} </span>${field.problem}</p>`
  )
}

function group(field: FieldBase, id: string, control: Html): Html {
  return html`<div class="usa-form-group${field.problem && ' usa-form-group--error'}"><label class="usa-label" for="${id}">${
    field.label
  }</label>${hintOf(field, id)}${problemOf(field, id)}${control}</div>`
}

function controlClass(base: string, field: FieldBase, width?: string): string {
  return `${base}${width ? ` usa-input--${width}` : ''}${field.problem ? ' usa-input--error' : ''}`
}

/** One line of text. Nothing is trimmed or checked here: the page only shows what the rules said. */
export function textField(field: TextFieldOptions): Html {
  const id = field.id ?? field.name
  const suggestions = typeof field.list === 'object' ? field.list : undefined
  const listId = typeof field.list === 'string' ? field.list : suggestions && `${id}-list`
  return group(
    field,
    id,
    html`<input class="${controlClass('usa-input', field, field.width)}" type="${field.type ?? 'text'}" ${tie(field, id)}${
      field.value !== undefined && html` value="${field.value}"`
    }${field.autocomplete && html` autocomplete="${field.autocomplete}"`}${
      field.inputmode && html` inputmode="${field.inputmode}"`
    }${field.typing && typedAs(field.typing)}${listId && html` list="${listId}"`}${field.maxlength && html` maxlength="${field.maxlength}"`}>${
      suggestions &&
      html`<datalist id="${`${id}-list`}">${suggestions.map(text => html`<option value="${text}"></option>`)}</datalist>`
    }`,
  )
}

/** A password: paste and managers work; the button that shows it appears only when the script runs (ASVS V6.2.6, V6.2.7). */
export function passwordField(field: PasswordFieldOptions): Html {
  const id = field.id ?? field.name
  const words = wordsFor(field.language ?? 'en')
  return group(
    field,
    id,
    html`<div class="password-row"><input class="${controlClass('usa-input', field)}" type="password" ${tie(field, id)} autocomplete="${
      field.autocomplete
    }"${typedAs('signs')}><button class="usa-show-password" type="button" aria-controls="${id}" data-show-password data-other="${
      words.hidePassword
    }" hidden>${words.showPassword}</button></div>`,
  )
}

/** Several lines of text. */
export function textArea(field: TextAreaOptions): Html {
  const id = field.id ?? field.name
  return group(
    field,
    id,
    html`<textarea class="${controlClass('usa-textarea', field)}" rows="${field.rows ?? 6}" ${tie(field, id)}${
      field.spellcheck !== undefined && html` spellcheck="${String(field.spellcheck)}"`
    }>\n${field.value ?? ''}</textarea>`,
  )
}

/** A file of the person's own; its form is `multipart`. */
export function fileField(field: FileFieldOptions): Html {
  const id = field.id ?? field.name
  return group(
    field,
    id,
    html`<input class="${controlClass('usa-input', field)} file-input" type="file" ${tie(field, id)}${
      field.accept && html` accept="${field.accept}"`
    }>`,
  )
}
