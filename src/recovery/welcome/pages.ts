import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, button, form, linkButton } from '../../web/parts.ts'
import { wordsFor } from './words.ts'

/** Set up your account: who is meant, and the button that begins. */
export function welcomePage(
  frame: Frame,
  given: { readonly name: string; readonly username: string; readonly stale: boolean },
): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title, kind: 'door' },
    html`${given.stale && alert('info', words.stale)}<h1>${words.title}</h1><p>${words.hello(given.name)}</p><p>${words.lead(
      given.username,
    )}</p>${form({ action: '/welcome', csrf: frame.csrf }, button(words.next))}`,
  )
}

export function deadWelcomePage(frame: Frame): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.deadTitle, kind: 'door' },
    html`<h1>${words.deadTitle}</h1><p>${words.dead(frame.site.helpdeskName)}</p><p>${linkButton('/sign-in', words.signIn)}</p>`,
  )
}
