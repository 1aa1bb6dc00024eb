import { fullName } from '../../account/names.ts'
import type { Sharer } from '../../account/sign-in-emails.ts'
import type { PolicyState } from '../../policy/policy.ts'
import { type PolicyCode, weakens } from '../../policy/rules.ts'
import { canWeaken, type Policy, type PolicyName, policyTable } from '../../policy/table.ts'
import type { Refusal } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  form,
  hidden,
  type Problem,
  problemFor,
  radioGroup,
  selectField,
  summaryList,
  textArea,
  textField,
} from '../../web/parts.ts'
import { changesSince, historyTable, problemsOf, summaryOf, valueInWords } from './pages.ts'
import { controlOf, isDangerous, toField, unitOf, zonesWith } from './rules.ts'
import type { PolicyRecord } from './store.ts'
import { type PolicyWords, wordsFor } from './words.ts'

export interface EditView {
  readonly name: PolicyName
  readonly state: PolicyState
  /** The content of the field: the value of now, or what was typed. */
  readonly typed: string
  readonly reason: string
  readonly refusals: readonly Refusal<PolicyCode>[]
  readonly history: readonly PolicyRecord[]
  /** People whose addresses cannot serve at sign-in, because others have them too. */
  readonly sharers: readonly Sharer[]
  /** All changes, when the form came too late; from when the form is, in milliseconds since 1970. */
  readonly missed: { readonly changes: readonly PolicyRecord[]; readonly since: number } | undefined
  readonly now: number
}

/** A value in full: now, by default, how far it goes, what it does and why. */
export function aboutValue(frame: Frame, name: PolicyName, policy: Policy): Html {
  const words = wordsFor(frame.language)
  const { range, meaning, source } = policyTable[name]
  return html`<p>${meaning}</p>${summaryList([
    { key: words.now, value: valueInWords(name, policy[name], words) },
    { key: words.defaultValue, value: valueInWords(name, policyTable[name].default, words) },
    { key: words.range, value: range },
    { key: words.source, value: source },
    { key: words.code, value: html`<code>${name}</code>` },
  ])}`
}

/** One value with its form. */
export function editPage(frame: Frame, view: EditView): Html {
  const words = wordsFor(frame.language)
  const { name, state, history } = view
  const title = words.labels[name]
  const problems = problemsOf(name, view.refusals, words)
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${summaryOf(frame, name, view.refusals)}<h1>${title}</h1>${
      view.missed && changesSince(frame, view.missed.changes, view.missed.since)
    }${aboutValue(frame, name, state.policy)}${sharersAlert(view.sharers, words)}${form(
      { action: `/helpdesk/policy/${name}`, csrf: frame.csrf },
      html`${hidden('version', String(state.version))}${hidden('seen', String(view.now))}${valueField(
        name,
        view.typed,
        problemFor(problems, 'value'),
        words,
      )}${reasonField(reasonLabel(name, words), view.reason, problems, words)}${buttonGroup(
        button(isDangerous(name) ? words.next : words.save),
        state.policy[name] !== policyTable[name].default &&
          button(words.toDefault, { kind: 'secondary', name: 'default', value: 'yes' }),
      )}`,
    )}<h2>${words.history}</h2>${historyTable(frame, history)}${backLink(words)}`,
  )
}

const sharersAlert = (sharers: readonly Sharer[], words: PolicyWords): Content =>
  sharers.length > 0 &&
  alert(
    'warning',
    html`${words.sharedLead}<ul class="usa-list">${sharers.map(
      one =>
        html`<li>${one.email}: <a href="/helpdesk/people/${one.id}">${fullName(one.first_name, one.last_name)}</a>, ${one.username}</li>`,
    )}</ul>`,
    words.shared,
  )

export const backLink = (words: PolicyWords): Html =>
  html`<p class="after-form"><a href="/helpdesk/policy">${words.back}</a></p>`

/** A reason is asked for where the change is dangerous, and welcome elsewhere. */
function reasonLabel(name: PolicyName, words: PolicyWords): string {
  if (isDangerous(name)) return words.reason
  return canWeaken(name) ? words.reasonIfWeaker : words.reasonOptional
}

/** The field of the reason. */
export const reasonField = (
  label: string,
  reason: string,
  problems: readonly Problem[],
  words: PolicyWords,
): Html =>
  textArea({
    name: 'reason',
    label,
    hint: words.reasonHint,
    value: reason,
    rows: 3,
    problem: problemFor(problems, 'reason'),
  })

/** The control of a value, holding what was typed. */
export function valueField(
  name: PolicyName,
  typed: string,
  problem: string | undefined,
  words: PolicyWords,
): Content {
  const control = controlOf(name)
  const base = { name: 'value', label: words.newValue, value: typed, problem, autocomplete: 'off' }
  if (control.kind === 'switch')
    return radioGroup({
      ...base,
      choices: [
        { value: 'on', label: words.on },
        { value: 'off', label: words.off },
      ],
    })
  if (control.kind === 'choice')
    return radioGroup({
      ...base,
      choices: control.values.map(value => ({ value, label: words.values[value] ?? value })),
    })
  if (control.kind === 'zone')
    return selectField({ ...base, choices: zonesWith(typed).map(value => ({ value, label: value })) })
  if (control.kind === 'date')
    return textField({ ...base, hint: words.textHint(policyTable[name].range), type: 'date', width: 'md' })
  if (control.kind === 'number')
    return textField({
      ...base,
      hint: words.numberHint(control.least, control.most, unitOf(name)),
      inputmode: 'numeric',
      width: 'xs',
    })
  return textField({ ...base, hint: words.textHint(policyTable[name].range), typing: 'name' })
}

interface ConfirmView {
  readonly name: PolicyName
  readonly state: PolicyState
  readonly after: Policy[PolicyName]
  readonly reason: string
  /** How many active people it concerns, where that is known. */
  readonly count: number | undefined
  readonly now: number
}

/** The effects of a dangerous change, before it is made. */
export function confirmPage(frame: Frame, { name, state, after, reason, count, now }: ConfirmView): Html {
  const words = wordsFor(frame.language)
  const title = words.confirmTitle(words.labels[name])
  const weaker = weakens(state.policy, name, after) ? [words.weaker] : []
  const effects = words.effects[name]?.(toField(after), count, state.policy) ?? []
  return page(
    frame,
    { title, kind: 'console' },
    html`<h1>${title}</h1>${alert(
      'warning',
      html`<ul class="usa-list">${[...weaker, ...effects, words.always].map(text => html`<li>${text}</li>`)}</ul>`,
      words.warning,
    )}${summaryList([
      { key: words.before, value: valueInWords(name, state.policy[name], words) },
      { key: words.after, value: valueInWords(name, after, words) },
      { key: words.reason, value: reason },
    ])}${form(
      { action: `/helpdesk/policy/${name}`, csrf: frame.csrf },
      html`${hidden('version', String(state.version))}${hidden('seen', String(now))}${hidden(
        'value',
        toField(after),
      )}${hidden('reason', reason)}${hidden('step', 'sure')}${button(words.confirm, { kind: 'danger' })}`,
    )}<p class="after-form"><a href="/helpdesk/policy/${name}">${words.backToValue}</a></p>`,
  )
}
