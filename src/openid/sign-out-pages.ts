import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { button, buttonGroup, form, hidden, linkButton } from '../web/parts.ts'
import { leavingAddress } from './paths.ts'
import { wordsFor } from './words.ts'

/** Asks once, because any site can lead a browser here. */
export function askToLeavePage(frame: Frame, request: string, application: string | undefined): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.signOutQuestion, kind: 'door' },
    html`<h1>${words.signOutQuestion}</h1><p>${
      application === undefined ? words.leaveLead : words.leaveLeadFor(application)
    }</p>${form(
      { action: leavingAddress, csrf: frame.csrf },
      html`${hidden('request', request)}${buttonGroup(button(words.leaveButton), linkButton('/', words.stay, 'secondary'))}`,
    )}`,
  )
}

/** Leads back to the application; the browser does so by itself. */
export function leftPage(frame: Frame, application: string, href: string): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.left, kind: 'door' },
    html`<h1>${words.left}</h1><p>${words.leftLead(application)}</p><p>${linkButton(href, words.continue)}</p>`,
  )
}
