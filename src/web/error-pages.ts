import type { Frame } from './frame.ts'
import { type Html, html } from './html.ts'
import { page } from './layout.ts'
import { buttonGroup, linkButton } from './parts.ts'
import { type AwayPage, type ErrorStatus, wordsFor } from './words.ts'

export type { ErrorStatus } from './words.ts'

/**
 * The page a person sees when a request cannot be answered: what happened, what to do next, whom to call with which
 * reference number. Never a message of the program (ASVS V16.5.1).
 */
export function errorPage(
  frame: Frame,
  what: ErrorStatus | AwayPage,
  reference: string,
  options: {
    /** Seconds until another try makes sense: the same number as in `Retry-After`. */
    readonly retryAfterSeconds?: number | undefined
    /** Where the way back leads; the start page unless given. */
    readonly back?: { readonly href: string; readonly text: string } | undefined
  } = {},
): Html {
  const words = wordsFor(frame.language)
  const { title, what: happened, next } = words.errors[what]
  const wait = options.retryAfterSeconds
  const back = options.back ?? { href: '/', text: words.goToStart }
  return page(
    frame,
    { title, kind: frame.menu ? 'inside' : 'door' },
    html`<h1>${title}</h1><p>${happened}</p><p>${next}${wait !== undefined && html` ${words.retryAfter(wait)}`}</p><p class="reference">${
      words.reference
    }: <code>${reference}</code></p>${buttonGroup(linkButton(back.href, back.text, 'secondary'))}`,
  )
}
