import type { Refusal, RefusalOf } from '../refusals.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import {
  askKeyButton,
  button,
  buttonGroup,
  errorSummary,
  form,
  hidden,
  keyField,
  passwordField,
  problemFor,
  textField,
  usernameForManagers,
} from '../web/parts.ts'
import { waitInWords } from '../web/time.ts'
import type { CodeCard } from './code-card.ts'
import { type GateWords, wordsFor } from './reauthentication-words.ts'

interface GatePage {
  /** Path of ours that a right password leads to. */
  readonly to: string
  /** What is done there and with which fields, when a form is to be done rather than a page shown. */
  readonly deed?:
    | { readonly name: string; readonly carried: readonly (readonly [string, string])[] }
    | undefined
  /** Names of the fields. */
  readonly fields: { readonly password: string; readonly code: string }
  readonly refusals: readonly Refusal<RefusalOf<'reauthentication'>>[]
  readonly username: string
  readonly paired: boolean
  readonly card: CodeCard | undefined
  readonly hasKey: boolean
  /** What the browser is then asked for. */
  readonly keyOptions: string
  /** IANA zone of the times shown. */
  readonly timeZone: string
}

/** Addresses of what the guide calls Security Settings. */
const guardsSettings = /^\/(security|recovery)\b/

/** The gate: the password again, and a code where an authenticator is paired. */
export function gatePage(frame: Frame, given: GatePage): Html {
  const words = wordsFor(frame.language)
  const { deed, fields } = given
  const problems = given.refusals.map(({ code, field, until }) => ({
    field: field === 'code' ? fields.code : fields.password,
    text: words.refusals[code]({
      paired: given.paired,
      when: waitInWords(until, given.timeZone, frame.language),
    }),
  }))
  const title = deed
    ? words.deed(deed.name)
    : guardsSettings.test(given.to)
      ? words.title
      : words.titleElsewhere
  const carried = deed ? deed.carried.map(([name, value]) => hidden(name, value)) : hidden('to', given.to)
  return page(
    frame,
    { title, refused: problems.length > 0, kind: frame.side && 'console' },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1><p>${words.lead(given.username)}</p>${form(
      { action: deed ? given.to : '/security', csrf: frame.csrf },
      html`${carried}${usernameForManagers(given.username)}${passwordField({
        name: fields.password,
        label: words.password,
        problem: problemFor(problems, fields.password),
        autocomplete: 'current-password',
        language: frame.language,
      })}${
        given.paired &&
        textField({
          name: fields.code,
          label: words.code,
          hint: hintOf(given, words),
          problem: problemFor(problems, fields.code),
          autocomplete: 'one-time-code',
          typing: 'capitals',
          width: 'md',
        })
      }${
        given.hasKey
          ? html`${keyField(words.keyAbsent, words.keyFailed)}${buttonGroup(
              button(words.submit),
              askKeyButton(words.useKey, { asks: 'get', options: given.keyOptions, kind: 'secondary' }),
            )}`
          : button(words.submit)
      }`,
    )}`,
  )
}

function hintOf({ card, hasKey }: GatePage, words: GateWords): string {
  const hint = card?.left ? words.cardHint(card.number, card.letter) : words.codeHint
  return hasKey ? words.keyHint(hint) : hint
}
