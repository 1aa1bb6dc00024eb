import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, button, form, linkButton } from '../../web/parts.ts'
import { wordsFor } from './words.ts'

/** What will happen, and the button that does it. */
export function notMePage(frame: Frame, given: { readonly username: string; readonly stale: boolean }): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title, kind: 'door' },
    html`${given.stale && alert('info', words.stale)}<h1>${words.title}</h1><p>${words.lead(
      given.username,
    )}</p><ul class="usa-list">${words.effects.map(effect => html`<li>${effect}</li>`)}</ul><p>${words.after}</p>${form(
      { action: '/not-me', csrf: frame.csrf },
      button(words.press, { kind: 'danger' }),
    )}`,
  )
}

/** The result, and the way back in: Forgot password, or only the helpdesk. */
export function endedPage(frame: Frame, onlyHelpdesk: boolean): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.doneTitle, kind: 'door' },
    html`${alert('success', words.doneText)}<h1>${words.doneTitle}</h1>${
      onlyHelpdesk
        ? html`<p>${words.doneHelpdesk(frame.site.helpdeskName)}</p>`
        : html`<p>${words.doneForgot}</p><p>${linkButton('/forgot-password', words.forgot)}</p>`
    }`,
  )
}

export function deadNotMePage(frame: Frame): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.deadTitle, kind: 'door' },
    html`<h1>${words.deadTitle}</h1><p>${words.dead(frame.site.helpdeskName)}</p>`,
  )
}
