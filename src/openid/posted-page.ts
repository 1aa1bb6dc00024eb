import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { button, hidden } from '../web/parts.ts'
import { wordsFor } from './words.ts'
import type { Posted } from './work.ts'

/** The form that takes an answer to the application: a script of ours sends it, or the person does. */
export function postedPage(frame: Frame, { action, fields }: Posted): Html {
  const words = wordsFor(frame.language)
  const application = new URL(action).host
  return page(
    frame,
    { title: words.opening(application), kind: 'door' },
    html`<h1>${words.opening(application)}</h1><p>${words.openingLead}</p><form class="usa-form" method="post" action="${action}" data-lead-on>${Object.entries(
      fields,
    ).map(([name, value]) => hidden(name, String(value)))}${button(words.continue)}</form>`,
  )
}
