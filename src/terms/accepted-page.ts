import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { agencyLanguage } from '../web/language.ts'
import { page } from '../web/layout.ts'
import { details, printSheet, sheetBanner } from '../web/parts.ts'
import { dayInWords, momentInWords } from '../web/time.ts'
import type { AcceptedTerms } from './store.ts'
import { termsToHtml } from './text.ts'
import { type TermsWords, wordsFor } from './words.ts'

/** Every version that a person accepted, the newest in full, to read and to print. */
export function acceptedPage(frame: Frame, accepted: readonly AcceptedTerms[]): Html {
  const words = wordsFor(frame.language)
  const [newest, ...older] = accepted
  return page(
    frame,
    { title: words.accepted },
    html`<h1>${words.accepted}</h1>${
      newest === undefined
        ? html`<p>${words.nothingAccepted}</p>`
        : printSheet(
            html`${sheetBanner(frame.site.banner)}${version(frame, newest, words)}`,
            words.print,
            frame.language,
          )
    }${older.map(one => details(titleOf(frame, one, words), version(frame, one, words)))}`,
  )
}

const titleOf = (frame: Frame, { number, effective_at }: AcceptedTerms, words: TermsWords): string =>
  words.version(number, dayInWords(effective_at, frame.clock.timeZone, frame.language))

const version = (frame: Frame, terms: AcceptedTerms, words: TermsWords): Html =>
  html`<p><strong>${titleOf(frame, terms, words)}</strong><br>${words.acceptedOn(
    momentInWords(terms.accepted_at, frame.clock.timeZone, frame.language),
  )}</p><div class="terms-text usa-prose" lang="${agencyLanguage}">${termsToHtml(terms.text)}</div>`
