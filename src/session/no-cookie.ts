import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { wordsFor } from './no-cookie-words.ts'
import { send, type Visit } from './visit.ts'

/** Says that this browser keeps no cookie of ours, where nothing can go on without one. */
export const answerNoCookie = async (visit: Visit, status: number): Promise<Response> =>
  send(visit, noCookiePage(await visit.frame()), status)

function noCookiePage(frame: Frame): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title, kind: 'door' },
    html`<h1>${words.title}</h1><p>${words.lead}</p><ul class="usa-list">${words.steps.map(
      step => html`<li>${step}</li>`,
    )}</ul><p>${words.help(frame.site.helpdeskName)}</p>`,
  )
}
