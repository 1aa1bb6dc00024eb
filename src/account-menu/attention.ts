import { type Content, html } from '../web/html.ts'
import type { MenuWords } from './words.ts'

/** How many people need somebody of the helpdesk soon. */
export interface Attention {
  readonly incidents: number
  readonly lockedOut: number
  readonly expiring: number
}

const kinds = ['incidents', 'lockedOut', 'expiring'] as const satisfies readonly (keyof Attention)[]

/** The way to the console, with what waits there. */
export function attentionCard(attention: Attention, words: MenuWords): Content {
  const waiting = kinds
    .filter(kind => attention[kind] > 0)
    .map(kind => words.attention[kind](attention[kind]))
  const sum = attention.incidents + attention.lockedOut + attention.expiring
  return html`<div class="card"><div><a href="/helpdesk">${words.console}</a><p class="usa-hint">${
    sum === 0 ? words.nothingWaits : html`<strong>${words.needAttention(sum)}</strong> ${waiting.join(' ')}`
  }</p></div></div>`
}
