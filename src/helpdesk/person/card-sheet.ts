import { fullName } from '../../account/names.ts'
import type { CodeCard } from '../../session/code-card.ts'
import { cardBody } from '../../verification/code-card/pages.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, linkButton, printSheet } from '../../web/parts.ts'
import { wordsFor as sheetWords } from '../shared/sheet-words.ts'
import type { PersonFacts } from './store.ts'
import { wordsFor } from './verb-words.ts'

/** The only page that ever shows the codes of a card that the helpdesk gives. */
export function cardSheetPage(
  frame: Frame,
  { id, firstName, lastName, username }: Pick<PersonFacts, 'id' | 'firstName' | 'lastName' | 'username'>,
  { letter }: CodeCard,
  codes: readonly string[],
): Html {
  const words = wordsFor(frame.language)
  const name = fullName(firstName, lastName)
  const title = words.title(words.names['code-card'], name)
  return page(
    frame,
    { title, kind: 'console' },
    html`<h1>${title}</h1>${alert('success', words.cardOnce)}${printSheet(
      cardBody(frame, { letter, codes, username }),
      words.printCard,
      frame.language,
    )}<p>${linkButton(`/helpdesk/people/${id}`, sheetWords(frame.language).toPerson(name), 'secondary')}</p>`,
  )
}
