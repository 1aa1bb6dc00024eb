import type { Refusal } from '../refusals.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { button, errorSummary, form, type Problem, textField } from '../web/parts.ts'
import type { VerificationCode } from './rules.ts'
import { type VerificationWords, wordsFor } from './words.ts'

/** What was refused on a page, and the moment from which a wait is counted. */
export interface Refused {
  readonly refusals: readonly Refusal<VerificationCode>[]
  /** Milliseconds since 1970. */
  readonly now: number
}

/** A wait in words; empty for one that never ends. */
function waitInWords(until: number | undefined, now: number, words: VerificationWords): string {
  if (until === undefined || until > 8.64e15) return ''
  const seconds = Math.max(1, Math.ceil((until - now) / 1_000))
  return seconds <= 120 ? words.seconds(seconds) : words.minutes(Math.ceil(seconds / 60))
}

/** The refusals in words, each at this field. */
export function problemsOf(frame: Frame, refused: Refused, field: string): readonly Problem[] {
  const words = wordsFor(frame.language)
  return refused.refusals.map(({ code, until }) => ({
    field,
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
    name: 'code',
    label: words.code,
    hint: hint ?? words.codeHint,
    problem: problems[0]?.text,
    autocomplete: 'one-time-code',
    inputmode: hint === undefined ? 'numeric' : 'text',
    autocapitalize: 'none',
    spellcheck: false,
    width: hint === undefined ? 'sm' : 'md',
  })
}

/** 2-Step Verification at sign-in: one field. */
export function verifyPage(frame: Frame, refused: Refused): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, refused, 'code')
  return page(
    frame,
    { title: words.title, kind: 'door', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1><p>${words.verifyLead}</p>${form(
      { action: '/sign-in/verify', csrf: frame.csrf },
      html`${codeField(frame, problems)}${button(words.submit)}`,
    )}<p class="after-form"><a href="/sign-in/backup-code">${words.useBackup}</a></p>`,
  )
}

/** Backup code at sign-in: for who has no phone at hand. */
export function backupPage(frame: Frame, refused: Refused): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, refused, 'backup')
  return page(
    frame,
    { title: words.backupTitle, kind: 'door', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.backupTitle}</h1><p>${words.backupLead}</p>${form(
      { action: '/sign-in/backup-code', csrf: frame.csrf },
      html`${textField({
        name: 'backup',
        label: words.backup,
        hint: words.backupHint,
        problem: problems[0]?.text,
        autocomplete: 'off',
        autocapitalize: 'characters',
        spellcheck: false,
        width: 'md',
      })}${button(words.submit)}`,
    )}<p class="after-form"><a href="/sign-in/verify">${words.useApp}</a></p><p class="usa-hint">${words.noneAtHand(
      frame.site.helpdeskName,
    )}</p>`,
  )
}
