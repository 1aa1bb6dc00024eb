import type { Frame } from '../../web/frame.ts'
import { type Content, html } from '../../web/html.ts'
import type { Asked } from './way.ts'
import { wordsFor } from './words.ts'

/** Where each way is asked for; the first address alone leads to the way used last. */
export const askedAt: Readonly<Record<Asked, string>> = {
  app: '/sign-in/verify?way=app',
  passkey: '/sign-in/passkey',
  'code-card': '/sign-in/code-card',
  'backup-code': '/sign-in/backup-code',
}

/** The other ways of this person, and whom to call when none is at hand. */
export function anotherWay(frame: Frame, others: readonly Asked[]): Content {
  const words = wordsFor(frame.language)
  return html`<section class="after-form"><h2>${words.anotherWay}</h2><ul class="usa-list usa-list--unstyled">${others.map(
    way => html`<li><a href="${askedAt[way]}">${words.use[way]}</a></li>`,
  )}</ul><p class="usa-hint">${words.noneAtHand(frame.site.helpdeskName)}</p></section>`
}
