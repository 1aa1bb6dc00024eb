import type { Refusal, RefusalOf } from '../refusals.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { button, buttonGroup, errorSummary, form, hidden } from '../web/parts.ts'
import { dayInWords } from '../web/time.ts'
import type { TermsVersion } from './store.ts'
import { termsToHtml } from './text.ts'
import { wordsFor } from './words.ts'

/** The terms in force, with Accept and Decline. The form names the version that it shows. */
export function termsPage(
  frame: Frame,
  version: TermsVersion,
  timeZone: string,
  refusals: readonly Refusal<RefusalOf<'terms'>>[],
): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title, refused: refusals.length > 0 },
    html`${errorSummary(
      refusals.map(({ code }) => ({ text: words.refusals[code]() })),
      frame.language,
    )}<h1>${words.title}</h1><p class="usa-hint">${words.version(version.number, dayInWords(version.effective_at ?? 0, timeZone, frame.language))}</p><p>${
      words.lead
    }</p><div class="terms-text usa-prose">${termsToHtml(version.text)}</div>${form(
      { action: '/terms', csrf: frame.csrf },
      html`${hidden('version', version.id)}${hidden('sha256', version.sha256)}${buttonGroup(
        button(words.accept, { name: 'choice', value: 'accept' }),
        button(words.decline, { name: 'choice', value: 'decline', kind: 'secondary' }),
      )}`,
    )}`,
  )
}
