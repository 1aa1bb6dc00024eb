import type { Refusal, RefusalOf } from '../refusals.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { agencyLanguage } from '../web/language.ts'
import { page } from '../web/layout.ts'
import { button, buttonGroup, errorSummary, form, hidden } from '../web/parts.ts'
import { dayInWords } from '../web/time.ts'
import { termsForm } from './fields.ts'
import type { TermsVersion } from './store.ts'
import { termsToHtml } from './text.ts'
import { wordsFor } from './words.ts'

/** What a page of the terms shows of a version; a draft has the number and day that it may get. */
type ShownTerms = Pick<TermsVersion, 'number' | 'text' | 'effective_at'>

/** The terms in force, with Accept and Decline. The form names the version that it shows. */
export function termsPage(
  frame: Frame,
  version: TermsVersion,
  timeZone: string,
  refusals: readonly Refusal<RefusalOf<'terms'>>[],
): Html {
  const words = wordsFor(frame.language)
  const { name } = termsForm
  return page(
    frame,
    { title: words.title, refused: refusals.length > 0 },
    html`${errorSummary(
      refusals.map(({ code }) => ({ text: words.refusals[code]() })),
      frame.language,
    )}${document(frame, version, timeZone)}${form(
      { action: '/terms', csrf: frame.csrf },
      html`${hidden(name.version, version.id)}${hidden(name.sha256, version.sha256)}${buttonGroup(
        button(words.accept, { name: name.choice, value: 'accept' }),
        button(words.decline, { name: name.choice, value: 'decline', kind: 'secondary' }),
      )}`,
    )}`,
  )
}

/** The same page for who prepares a version: `end` stands where the buttons are. */
export const termsPreview = (frame: Frame, version: ShownTerms, timeZone: string, end: Html): Html =>
  page(frame, { title: wordsFor(frame.language).title }, html`${document(frame, version, timeZone)}${end}`)

function document(frame: Frame, version: ShownTerms, timeZone: string): Html {
  const words = wordsFor(frame.language)
  const day = dayInWords(version.effective_at ?? 0, timeZone, frame.language)
  return html`<h1>${words.title}</h1><p class="usa-hint">${words.version(version.number, day)}</p><p>${
    words.lead
  }</p><div class="terms-text usa-prose" lang="${agencyLanguage}">${termsToHtml(version.text)}</div>`
}
