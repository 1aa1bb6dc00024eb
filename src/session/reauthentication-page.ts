import type { Refusal, RefusalOf } from '../refusals.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import {
  button,
  errorSummary,
  form,
  hidden,
  passwordField,
  problemFor,
  textField,
  usernameForManagers,
} from '../web/parts.ts'
import { waitInWords } from '../web/time.ts'
import type { CodeCard } from './code-card.ts'
import { wordsFor } from './reauthentication-words.ts'

interface GatePage {
  /** Path of ours that a right password leads to. */
  readonly to: string
  readonly refusals: readonly Refusal<RefusalOf<'reauthentication'>>[]
  readonly username: string
  readonly paired: boolean
  readonly card: CodeCard | undefined
  /** IANA zone of the times shown. */
  readonly timeZone: string
}

/** The gate of Security Settings: the password again, and a code where an authenticator is paired. */
export function gatePage(frame: Frame, given: GatePage): Html {
  const words = wordsFor(frame.language)
  const problems = given.refusals.map(({ code, field, until }) => ({
    field: field ?? 'password',
    text: words.refusals[code]({
      paired: given.paired,
      when: waitInWords(until, given.timeZone, frame.language),
    }),
  }))
  return page(
    frame,
    { title: words.title, refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1><p>${words.lead(given.username)}</p>${form(
      { action: '/security', csrf: frame.csrf },
      html`${hidden('to', given.to)}${usernameForManagers(given.username)}${passwordField({
        name: 'password',
        label: words.password,
        problem: problemFor(problems, 'password'),
        autocomplete: 'current-password',
        language: frame.language,
      })}${
        given.paired &&
        textField({
          name: 'code',
          label: words.code,
          hint: given.card?.left ? words.cardHint(given.card.number, given.card.letter) : words.codeHint,
          problem: problemFor(problems, 'code'),
          autocomplete: 'one-time-code',
          typing: 'capitals',
          width: 'md',
        })
      }${button(words.submit)}`,
    )}`,
  )
}
