import type { LeftOpen } from '../applications/left-open.ts'
import type { Policy } from '../policy/table.ts'
import type { Refusal, RefusalOf } from '../refusals.ts'
import { keptLifetime } from '../session/kept-form-rules.ts'
import type { Frame } from '../web/frame.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import {
  alert,
  askKeyButton,
  button,
  errorSummary,
  form,
  hidden,
  keyField,
  passwordField,
  problemFor,
  textField,
} from '../web/parts.ts'
import { hourInWords, waitInWords } from '../web/time.ts'
import { signInForm } from './fields.ts'
import { type SignInMessage, wordsFor } from './words.ts'

const { name } = signInForm
/** Where the answer of a passkey is sent, without a password. */
export const withPasskey = '/sign-in/with-passkey'

interface SignInPage {
  readonly username: string
  readonly returnTo: string
  readonly refusals: readonly Refusal<RefusalOf<'sign-in'>>[]
  readonly message: SignInMessage | undefined
  /** Applications that ended with the sign-in, for the message that it ended. */
  readonly leftOpen: LeftOpen | undefined
  /** A passkey alone signs in here. */
  readonly takesPasskeys: boolean
  readonly policy: Pick<Policy, 'timeZone' | 'sessionHours' | 'dormantDays' | 'emailSignIn'>
}

/** Which applications closed, and which may stay open until when. */
function leftOpenLines(
  { language }: Frame,
  { closed, lasting, unaware }: LeftOpen,
  timeZone: string,
): Content {
  const { leftOpen } = wordsFor(language)
  const list = new Intl.ListFormat(language)
  const line = (names: readonly string[], say: (names: string) => string) =>
    names.length > 0 && html`<p>${say(list.format(names))}</p>`
  const until = hourInWords(lasting.until, timeZone, language)
  return html`${line(closed, leftOpen.closed)}${line(lasting.names, names => leftOpen.lasting(names, until))}${line(unaware, leftOpen.unaware)}`
}

const isOfPasskey = (code: RefusalOf<'sign-in'>): boolean => code.startsWith('sign-in.passkey-')

/** Sign in: two fields, one button; where policy allows it, a passkey in their place. */
export function signInPage(frame: Frame, given: SignInPage): Html {
  const words = wordsFor(frame.language)
  const problems = given.refusals.map(({ code, field, until }) => ({
    field: isOfPasskey(code) ? undefined : (field ?? name.username),
    text: words.refusals[code]({
      when: waitInWords(until, given.policy.timeZone, frame.language),
      helpdesk: frame.site.helpdeskName,
      days: given.policy.dormantDays,
    }),
  }))
  const good = given.message === 'password-changed' || given.message === 'signed-out'
  return page(
    frame,
    { title: words.title, kind: 'door', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}${
      given.message !== undefined &&
      alert(
        good ? 'success' : 'info',
        html`${words.messages[given.message]({ hours: given.policy.sessionHours, minutes: keptLifetime / 60_000 })}${given.leftOpen && leftOpenLines(frame, given.leftOpen, given.policy.timeZone)}`,
      )
    }<h1>${words.title}</h1>${form(
      { action: '/sign-in', csrf: frame.csrf },
      html`${hidden(name.to, given.returnTo)}${textField({
        name: name.username,
        label: given.policy.emailSignIn ? words.usernameOrEmail : words.username,
        value: given.username,
        problem: given.refusals.some(({ field }) => field === name.username)
          ? problemFor(problems, name.username)
          : undefined,
        autocomplete: 'username',
        typing: 'signs',
      })}${passwordField({
        name: name.password,
        label: words.password,
        hint: words.passwordHint,
        problem: problemFor(problems, name.password),
        autocomplete: 'current-password',
        language: frame.language,
      })}${button(words.signIn)}`,
    )}<p class="after-form"><a href="/forgot-password">${words.forgot}</a></p>${
      given.takesPasskeys &&
      form(
        { action: withPasskey, csrf: frame.csrf },
        html`${hidden(name.to, given.returnTo)}${keyField(words.passkeyAbsent, words.passkeyFailed)}${askKeyButton(
          words.withPasskey,
          { asks: 'get', options: `${withPasskey}/options`, kind: 'secondary' },
        )}`,
      )
    }`,
  )
}
