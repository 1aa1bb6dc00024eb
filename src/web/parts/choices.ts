import { type Content, type Html, html } from '../html.ts'
import { descriptionIds, type FieldBase, hintOf, problemOf, tie } from './fields.ts'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: Content
}

interface SelectOptions extends FieldBase {
  readonly value?: string | undefined
  readonly choices: readonly Choice[]
  /** Text of a first, empty choice. */
  readonly empty?: string | undefined
  readonly autocomplete?: string | undefined
}

interface RadioOptions extends FieldBase {
  readonly value?: string | undefined
  readonly choices: readonly Choice[]
}

interface CheckboxesOptions extends FieldBase {
  readonly values: readonly string[]
  readonly choices: readonly Choice[]
}

interface CheckboxOptions extends FieldBase {
  readonly checked?: boolean | undefined
  /** The value that is posted when it is ticked: `yes` unless given. */
  readonly value?: string | undefined
  /** The label is for screen readers: the row of a table shows whom it means. */
  readonly labelHidden?: boolean | undefined
}

/** One of a list, as the browser's own drop-down. */
export function selectField(field: SelectOptions): Html {
  const id = field.id ?? field.name
  return html`<div class="usa-form-group${field.problem && ' usa-form-group--error'}"><label class="usa-label" for="${id}">${
    field.label
  }</label>${hintOf(field, id)}${problemOf(field, id)}<select class="usa-select${field.problem && ' usa-input--error'}" ${tie(field, id)}${
    field.autocomplete && html` autocomplete="${field.autocomplete}"`
  }>${field.empty !== undefined && html`<option value="">${field.empty}</option>`}${field.choices.map(
    choice =>
      html`<option value="${choice.value}"${choice.value === field.value && html` selected`}>${choice.label}</option>`,
  )}</select></div>`
}

function choiceInput(
  kind: 'radio' | 'checkbox',
  name: string,
  id: string,
  choice: Choice,
  checked: boolean,
): Html {
  const hintId = `${id}-choice-hint`
  return html`<div class="usa-${kind}"><input class="usa-${kind}__input" type="${kind}" id="${id}" name="${name}" value="${
    choice.value
  }"${checked && html` checked`}${choice.hint && html` aria-describedby="${hintId}"`}><label class="usa-${kind}__label" for="${id}">${
    choice.label
  }</label>${choice.hint && html`<div class="usa-hint usa-choice-hint" id="${hintId}">${choice.hint}</div>`}</div>`
}

function choiceGroup(field: FieldBase, kind: 'radio' | 'checkbox', inputs: readonly Html[]): Html {
  const id = field.id ?? field.name
  const described = descriptionIds(field, id)
  return html`<fieldset class="usa-fieldset usa-form-group${field.problem && ' usa-form-group--error'}"${
    described && html` aria-describedby="${described}"`
  } data-choices="${kind}"><legend class="usa-legend">${field.label}</legend>${hintOf(field, id)}${problemOf(field, id)}${inputs}</fieldset>`
}

/** Ids inside a group: the first is the field's own, so that an error summary lands on it. */
function choiceId(field: FieldBase, index: number): string {
  const id = field.id ?? field.name
  return index === 0 ? id : `${id}-${index + 1}`
}

/** One of a few, all in sight. */
export function radioGroup(field: RadioOptions): Html {
  return choiceGroup(
    field,
    'radio',
    field.choices.map((choice, index) =>
      choiceInput('radio', field.name, choiceId(field, index), choice, choice.value === field.value),
    ),
  )
}

/** Any of a few; posted as a repeated field. */
export function checkboxGroup(field: CheckboxesOptions): Html {
  return choiceGroup(
    field,
    'checkbox',
    field.choices.map((choice, index) =>
      choiceInput(
        'checkbox',
        field.name,
        choiceId(field, index),
        choice,
        field.values.includes(choice.value),
      ),
    ),
  )
}

/** A single yes or no. */
export function checkbox(field: CheckboxOptions): Html {
  const id = field.id ?? field.name
  return html`<div class="usa-form-group${field.problem && ' usa-form-group--error'}">${problemOf(field, id)}<div class="usa-checkbox"><input class="usa-checkbox__input" type="checkbox" ${tie(field, id)} value="${
    field.value ?? 'yes'
  }"${field.checked && html` checked`}><label class="usa-checkbox__label${field.labelHidden && ' usa-sr-only'}" for="${id}">${field.label}</label>${
    field.hint && html`<div class="usa-hint usa-choice-hint" id="${id}-hint">${field.hint}</div>`
  }</div></div>`
}
