import type { CodeCard } from '../../session/code-card.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, button, errorSummary, form, sheetBanner, textField } from '../../web/parts.ts'
import { cardForm } from '../common/fields.ts'
import { problemsOf, type Refused } from '../common/pages.ts'
import { wordsFor } from '../common/words.ts'
import { printedCode } from './code.ts'

/** The code of a card at sign-in: the page names the number that it asks for. */
export function cardPage(frame: Frame, refused: Refused, others: Content, card: CodeCard | undefined): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, refused, cardForm.name.card)
  const asks =
    card === undefined || card.left === 0
      ? alert('warning', words.cardUsedUp(frame.site.helpdeskName))
      : form(
          { action: '/sign-in/code-card', csrf: frame.csrf },
          html`${textField({
            name: cardForm.name.card,
            label: words.cardCode(card.number, card.letter),
            hint: words.cardHint,
            problem: problems[0]?.text,
            autocomplete: 'off',
            inputmode: 'numeric',
            typing: 'signs',
            width: 'sm',
          })}${button(words.submit)}`,
        )
  return page(
    frame,
    { title: words.cardTitle, kind: 'door', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.cardTitle}</h1>${asks}${others}`,
  )
}

/** A card to be printed and cut out: as large as a hand. */
export function cardBody(
  frame: Frame,
  given: { readonly letter: string; readonly codes: readonly string[]; readonly username: string },
): Content {
  const words = wordsFor(frame.language)
  return html`${sheetBanner(frame.site.banner)}<h2>${words.cardHeading(given.letter)}</h2><p>${words.codesFor(
    frame.site.name,
    given.username,
  )}</p><ol class="code-card" id="card">${given.codes.map(
    code => html`<li><code>${printedCode(code)}</code></li>`,
  )}</ol><p>${words.cardNote}</p>`
}
