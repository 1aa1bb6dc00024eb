import { initialsOf } from '../account/rules.ts'
import type { Shelf, ShelfItem } from '../applications/shelf.ts'
import { type Content, html } from '../web/html.ts'
import { agencyLanguage } from '../web/language.ts'
import { linkButton } from '../web/parts.ts'
import type { MenuWords } from './words.ts'

/** The first letters of the first two words of a name. */
const initials = (name: string): string => {
  const [first = '', second = ''] = name.split(/\s+/)
  return initialsOf(first, second)
}

/** What an administrator wrote is in the agency's language. */
const purposeOf = ({ purpose }: ShelfItem): Content =>
  purpose !== '' && html`<p class="usa-hint" lang="${agencyLanguage}">${purpose}</p>`

const card = (item: ShelfItem, words: MenuWords): Content =>
  html`<li class="card"><span class="card-initials" aria-hidden="true">${initials(item.name)}</span><div><a href="${item.address}">${words.open(
    item.name,
  )}</a>${purposeOf(item)}</div></li>`

/** The applications that somebody may open now; for who has one, a button is the first thing on the page. */
export function applicationsSection({ applications }: Shelf, words: MenuWords): Content {
  const [first, ...others] = applications
  if (first === undefined) return ''
  if (others.length === 0)
    return html`<div class="only-application">${linkButton(first.address, words.open(first.name))}${purposeOf(first)}</div>`
  return html`<h2>${words.applications}</h2><ul class="cards">${applications.map(item => card(item, words))}</ul>`
}

/** Plain links that the administrator keeps. */
export const linksSection = ({ links }: Shelf, words: MenuWords): Content =>
  links.length > 0 &&
  html`<h2>${words.links}</h2><ul class="usa-list usa-list--unstyled home-links">${links.map(
    item => html`<li><a href="${item.address}">${item.name}</a>${purposeOf(item)}</li>`,
  )}</ul>`
