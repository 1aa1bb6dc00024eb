import type { Refusal, RefusalOf } from '../refusals.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import {
  button,
  checkbox,
  errorSummary,
  form,
  passwordField,
  ruleList,
  type TypedRule,
  usernameForManagers,
} from '../web/parts.ts'
import { newPassword } from './fields.ts'
import { maximumLength, minimumLength, type PasswordPolicy, type RuleId, rulesFor } from './rules.ts'
import { type PasswordWords, wordsFor } from './words.ts'

interface NewPasswordPage {
  readonly action: string
  readonly kind: 'first' | 'change'
  readonly username: string
  readonly policy: PasswordPolicy
  readonly refusals: readonly Refusal<RefusalOf<'password'>>[]
  /** Tells whether the box to go on to the recovery information is ticked; undefined: it is not offered. */
  readonly updateRecovery: boolean | undefined
}

const typed: Record<RuleId, Omit<TypedRule, 'text'>> = {
  'at-least-8': { min: minimumLength.composition },
  'at-least-15': { min: minimumLength.length },
  'a-capital': { pattern: '[\\p{Lu}\\p{Lt}]' },
  'a-number': { pattern: '\\p{Nd}' },
  'a-symbol': { pattern: '[^\\p{L}\\p{M}\\p{N}]' },
}

/** The rules that the page can tell while a person types; of the others one hears when they are broken. */
const ruleTexts = (policy: PasswordPolicy, words: PasswordWords): readonly TypedRule[] => [
  ...rulesFor(policy).map(rule => ({ text: words.rules[rule], ...typed[rule] })),
  { text: words.bothSame, same: newPassword.name.confirm },
]

/** The two fields of a new password with their rules: for a first sign-in, a change and a reset. */
export function passwordFields(
  language: string,
  username: string,
  policy: PasswordPolicy,
  refusals: readonly Refusal<RefusalOf<'password'>>[],
): { readonly summary: Html; readonly fields: Html } {
  const words = wordsFor(language)
  const { name } = newPassword
  const problems = refusals.map(({ code, field }) => ({
    field: field ?? name.password,
    text: words.refusals[code]({ least: minimumLength[policy], most: maximumLength }),
  }))
  const own = (field: string) =>
    problems
      .filter(problem => problem.field === field)
      .map(({ text }) => text)
      .join(' ') || undefined
  return {
    summary: errorSummary(problems, language),
    fields: html`${usernameForManagers(username)}${ruleList({ id: 'rules', field: name.password, heading: words.rulesHeading, language }, ruleTexts(policy, words))}${passwordField(
      {
        name: name.password,
        label: words.newPassword,
        problem: own(name.password),
        describedBy: 'rules',
        autocomplete: 'new-password',
        language,
      },
    )}${passwordField({ name: name.confirm, label: words.confirm, problem: own(name.confirm), autocomplete: 'new-password', language })}`,
  }
}

/** Create a new password (first sign-in) or Change your password (Security Settings). */
export function newPasswordPage(frame: Frame, given: NewPasswordPage): Html {
  const words = wordsFor(frame.language)
  const first = given.kind === 'first'
  const title = first ? words.newTitle : words.changeTitle
  const { summary, fields } = passwordFields(frame.language, given.username, given.policy, given.refusals)
  return page(
    frame,
    { title, refused: given.refusals.length > 0 },
    html`${summary}<h1>${title}</h1><p>${first ? words.newLead : words.changeLead}</p>${form(
      { action: given.action, csrf: frame.csrf },
      html`${fields}${
        given.updateRecovery !== undefined &&
        checkbox({
          name: 'recovery',
          label: words.updateRecovery,
          hint: words.updateRecoveryHint,
          checked: given.updateRecovery,
        })
      }${button(words.save)}`,
    )}<section class="conduct"><h2>${words.conductHeading}</h2><ul class="usa-list">${words.conduct.map(line => html`<li>${line}</li>`)}</ul></section>`,
  )
}
