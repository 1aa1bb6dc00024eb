import { passwordFields } from '../../password/pages.ts'
import type { PasswordPolicy } from '../../password/rules.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  errorSummary,
  form,
  hidden,
  linkButton,
  problemFor,
  textField,
} from '../../web/parts.ts'
import { answerForm, forgotForm } from './fields.ts'
import { wordsFor } from './words.ts'

const toSignIn = (text: string) => html`<p class="after-form"><a href="/sign-in">${text}</a></p>`

/** Forgot password: one field for the username or the email address. */
export function forgotPage(
  frame: Frame,
  given: {
    readonly entry: string
    readonly refusal: RefusalOf<'reset'> | undefined
    readonly when: string
    readonly stale: boolean
  },
): Html {
  const words = wordsFor(frame.language)
  const { refusal, when } = given
  const field = refusal === 'reset.source-waiting' ? undefined : forgotForm.name.username
  const problems = refusal === undefined ? [] : [{ field, text: words.refusals[refusal]({ when, left: 0 }) }]
  return page(
    frame,
    { title: words.title, kind: 'door', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}${given.stale && alert('info', words.stale)}<h1>${
      words.title
    }</h1><p>${words.lead}</p>${form(
      { action: '/forgot-password', csrf: frame.csrf },
      html`${textField({
        name: forgotForm.name.username,
        label: words.username,
        hint: words.usernameHint,
        value: given.entry,
        problem: problemFor(problems, forgotForm.name.username),
        autocomplete: 'username',
        typing: 'signs',
      })}${button(words.next)}`,
    )}${toSignIn(words.backToSignIn)}`,
  )
}

/** A site that sends no mail says so, and whom to call. */
export function noMailPage(frame: Frame): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.noMailTitle, kind: 'door' },
    html`<h1>${words.noMailTitle}</h1><p>${words.noMail(frame.site.helpdeskName)}</p>${toSignIn(words.backToSignIn)}`,
  )
}

/** The one reply to every entry. */
export function sentPage(frame: Frame): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.sentTitle, kind: 'door' },
    html`<h1>${words.sentTitle}</h1><p>${words.sent}</p><ul class="usa-list">${words.sentSteps.map(
      step => html`<li>${step}</li>`,
    )}</ul><p>${words.sentHelp(frame.site.helpdeskName)}</p><p class="after-form"><a href="/forgot-password">${words.again}</a></p>`,
  )
}

/** The person's own question, for the holder of the link alone. */
export function answerPage(
  frame: Frame,
  given: {
    readonly question: string
    readonly refusal: Refusal<RefusalOf<'reset'>> | undefined
    readonly when: string
    readonly stale: boolean
  },
): Html {
  const words = wordsFor(frame.language)
  const { refusal, when } = given
  const left = Number(refusal?.detail ?? 0)
  const problems =
    refusal === undefined
      ? []
      : [{ field: answerForm.name.answer, text: words.refusals[refusal.code]({ when, left }) }]
  return page(
    frame,
    { title: words.resetTitle, kind: 'door', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}${given.stale && alert('info', words.stale)}<h1>${
      words.resetTitle
    }</h1><p>${words.questionLead}</p><p id="question"><strong>${given.question}</strong></p>${form(
      { action: '/reset', csrf: frame.csrf },
      html`${textField({
        name: answerForm.name.answer,
        label: words.answer,
        hint: words.answerHint,
        value: '',
        describedBy: 'question',
        problem: problemFor(problems, answerForm.name.answer),
        autocomplete: 'off',
        typing: 'signs',
      })}${button(words.next)}`,
    )}`,
  )
}

/** The new password, under the same rules as everywhere. */
export function resetPage(
  frame: Frame,
  given: {
    readonly username: string
    readonly policy: PasswordPolicy
    readonly refusals: readonly Refusal<RefusalOf<'password'>>[]
    readonly stale: boolean
  },
): Html {
  const words = wordsFor(frame.language)
  const { summary, fields } = passwordFields(frame.language, given.username, given.policy, given.refusals)
  return page(
    frame,
    { title: words.newTitle, kind: 'door', refused: given.refusals.length > 0 },
    html`${summary}${given.stale && alert('info', words.stale)}<h1>${words.newTitle}</h1><p>${words.newLead(
      given.username,
    )}</p>${form({ action: '/reset', csrf: frame.csrf }, html`${hidden('step', 'password')}${fields}${button(words.save)}`)}`,
  )
}

/** One page for every reason for which a link does not work: which one it is tells a stranger something. */
export function deadLinkPage(frame: Frame): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.deadTitle, kind: 'door' },
    html`<h1>${words.deadTitle}</h1><p>${words.dead}</p><p>${linkButton('/forgot-password', words.deadNext)}</p>${toSignIn(words.backToSignIn)}`,
  )
}
