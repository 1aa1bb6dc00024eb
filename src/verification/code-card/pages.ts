import type { CodeCard } from '../../session/code-card.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  errorSummary,
  form,
  linkButton,
  type Problem,
  printSheet,
  sheetBanner,
  textField,
} from '../../web/parts.ts'
import { cardForm } from '../common/fields.ts'
import { type AskedPage, problemsOf, type Refused } from '../common/pages.ts'
import { wordsFor } from '../common/words.ts'
import { printedCode } from './code.ts'

/** The code of a card at sign-in: the page names the number that it asks for. */
export function cardPage(frame: Frame, refused: Refused, { others, offer, card }: AskedPage): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, refused, cardForm.name.card)
  const asks =
    card === undefined || card.left === 0
      ? alert('warning', words.cardUsedUp(frame.site.helpdeskName))
      : form(
          { action: '/sign-in/code-card', csrf: frame.csrf },
          html`${cardField(frame, card, problems)}${offer}${button(words.submit)}`,
        )
  return page(
    frame,
    { title: words.cardTitle, kind: 'door', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.cardTitle}</h1>${asks}${others}`,
  )
}

/** The field for the code under one number. */
function cardField(
  frame: Frame,
  { number, letter }: Pick<CodeCard, 'number' | 'letter'>,
  problems: readonly Problem[],
): Html {
  const words = wordsFor(frame.language)
  return textField({
    name: cardForm.name.card,
    label: words.cardCode(number, letter),
    hint: words.cardHint,
    problem: problems[0]?.text,
    autocomplete: 'off',
    inputmode: 'numeric',
    typing: 'signs',
    width: 'sm',
  })
}

interface NewCardPage extends Refused {
  readonly action: string
  readonly back: string
  readonly letter: string
  readonly codes: readonly string[]
  readonly username: string
}

/** A card that a person prints for themselves, and the field that puts it in force: its first code shows that it is at hand. */
export function newCardPage(frame: Frame, given: NewCardPage): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, given, cardForm.name.card)
  return page(
    frame,
    { title: words.printCard, refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.printCard}</h1><p>${words.printCardLead}</p>${printSheet(
      cardBody(frame, given),
      undefined,
      frame.language,
    )}${form(
      { action: given.action, csrf: frame.csrf },
      html`${cardField(frame, { number: 1, letter: given.letter }, problems)}${buttonGroup(
        button(words.useCard),
        linkButton(given.back, words.cancel, 'quiet'),
      )}`,
    )}`,
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
  )}</p><ol class="code-card" id="card-codes">${given.codes.map(
    code => html`<li><code>${printedCode(code)}</code></li>`,
  )}</ol><p>${words.cardNote}</p>`
}
