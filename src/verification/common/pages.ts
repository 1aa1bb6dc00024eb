import type { Refusal, RefusalCode } from '../../refusals.ts'
import type { CodeCard } from '../../session/code-card.ts'
import type { Frame } from '../../web/frame.ts'
import type { Content, Html } from '../../web/html.ts'
import { type Problem, problemFor, textField } from '../../web/parts.ts'
import { codeForm, nameForm } from './fields.ts'
import { longestWayName, type OwnWay } from './own-way.ts'
import type { VerificationCode } from './way.ts'
import { type VerificationWords, wordsFor } from './words.ts'

/** The refusals of a page, and the moment from which a wait is counted. */
export interface Refused<Code extends RefusalCode = VerificationCode> {
  readonly refusals: readonly Refusal<Code>[]
  /** Milliseconds since 1970. */
  readonly now: number
}

/** What a page of the sign-in shows beside its own field. */
export interface AskedPage {
  /** The person's other ways. */
  readonly others: Content
  /** Not to ask on this computer, where policy allows it. */
  readonly offer: Content
  readonly card: CodeCard | undefined
}

/** A wait in words; empty for one that never ends. */
function waitInWords(until: number | undefined, now: number, words: VerificationWords): string {
  if (until === undefined || until > 8.64e15) return ''
  const seconds = Math.max(1, Math.ceil((until - now) / 1_000))
  return seconds <= 120 ? words.seconds(seconds) : words.minutes(Math.ceil(seconds / 60))
}

/** The refusals in words, each at its own field or else at this one. */
export function problemsOf(frame: Frame, refused: Refused, field: string | undefined): readonly Problem[] {
  const words = wordsFor(frame.language)
  return refused.refusals.map(({ code, until, field: own }) => ({
    field: own ?? field,
    text: words.refusals[code]({
      wait: waitInWords(until, refused.now, words),
      helpdesk: frame.site.helpdeskName,
    }),
  }))
}

/** The field for the app's code; `hint` when a backup code is taken too. */
export function codeField(frame: Frame, problems: readonly Problem[], hint?: string): Html {
  const words = wordsFor(frame.language)
  return textField({
    name: codeForm.name.code,
    label: words.code,
    hint: hint ?? words.codeHint,
    problem: problemFor(problems, codeForm.name.code),
    autocomplete: 'one-time-code',
    inputmode: hint === undefined ? 'numeric' : 'text',
    typing: 'signs',
    width: hint === undefined ? 'sm' : 'md',
  })
}

/** The field for what a person calls a way. */
export function nameField(frame: Frame, problems: readonly Problem[], typed: string): Html {
  const words = wordsFor(frame.language)
  return textField({
    name: nameForm.name.name,
    label: words.name,
    hint: words.nameHint(longestWayName),
    value: typed,
    problem: problemFor(problems, nameForm.name.name),
    autocomplete: 'off',
    width: 'lg',
  })
}

/** What a way is called: by the person, or else by its kind. */
export function wayTitle({ name, kind, card }: OwnWay, words: VerificationWords): string {
  if (name !== null) return name
  return card === undefined ? words.kinds[kind] : words.cardKey(card.letter)
}
