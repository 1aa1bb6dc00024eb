import { readOpenNames } from '../applications/left-open.ts'
import { keptLifetime } from '../session/kept-form-rules.ts'
import { endOf } from '../session/limits.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import type { Store } from '../store/store.ts'
import { type Html, html } from '../web/html.ts'
import { button, form } from '../web/parts.ts'
import { hourInWords } from '../web/time.ts'
import { wordsFor } from './timeout-words.ts'

/** Seconds before the end at which a person is asked. */
const warning = 300

interface TimeLeft {
  /** Whole seconds until the session ends if nothing more is asked for. */
  readonly seconds: number
  /** Tells whether staying signed in cannot move the end. */
  readonly last: boolean
}

/** How long a session still lasts; in seconds, so that the browser's clock does not matter. */
export function timeLeft(session: Session, now: number): TimeLeft {
  const end = endOf(session, policyOf(session))
  return { seconds: Math.max(0, Math.floor((end.at - now) / 1_000)), last: end.reason === 'absolute' }
}

/** Which applications end with a session, for the question; undefined: none. */
export async function closesInWords(
  store: Pick<Store, 'read'>,
  sessionId: string,
  language: string,
): Promise<string | undefined> {
  const names = await readOpenNames(store, sessionId)
  return names.length === 0
    ? undefined
    : wordsFor(language).closes(new Intl.ListFormat(language).format(names))
}

/** Tells when the session ends, for people without scripts. */
export function endInWords(session: Session, language: string): string {
  const words = wordsFor(language)
  const { at, reason } = endOf(session, policyOf(session))
  const when = hourInWords(at, policyOf(session).timeZone, language)
  return reason === 'absolute' ? words.endsAnyway(when) : words.ends(when)
}

/**
 * The question that a script opens before the session ends (WCAG 2.2.1). The countdown is for the eye; what is said aloud
 * changes only at a few moments.
 */
export function timeoutDialog(session: Session, now: number, csrf: string, language: string): Html {
  const words = wordsFor(language)
  const { seconds, last } = timeLeft(session, now)
  return html`<dialog class="timeout" aria-labelledby="timeout-title" aria-describedby="timeout-lead" data-session="${seconds}" data-warn="${warning}" data-state="${
    last ? 'last' : 'idle'
  }" data-minutes="${words.minutes}" data-seconds="${words.seconds}"><h2 id="timeout-title"><span class="timeout-soon">${words.title}</span><span class="timeout-over">${words.overTitle}</span></h2><div id="timeout-lead"><p class="timeout-idle">${
    words.idle
  }</p><p class="timeout-last">${words.last}</p><p class="timeout-over">${words.over(keptLifetime / 60_000)}</p><p data-closes hidden></p></div><p class="timeout-left" aria-hidden="true">${
    words.left
  } <span data-countdown></span></p><p class="usa-sr-only" role="status" data-said></p><div class="timeout-buttons"><div class="timeout-idle" data-stay>${form(
    { action: '/session/extend', csrf },
    button(words.stay),
  )}</div><div class="timeout-out">${form({ action: '/sign-out', csrf }, button(words.signOut, { kind: 'secondary' }))}</div><button class="usa-button usa-button--outline timeout-over" type="button" data-close>${words.close}</button></div></dialog>`
}
