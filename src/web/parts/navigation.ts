import { type Content, type Html, html } from '../html.ts'
import { wordsFor } from '../words.ts'

interface SideItem {
  readonly href: string
  readonly text: string
  readonly current?: boolean | undefined
  /** How many wait there. */
  readonly count?: number | undefined
}

/** A link that says that it opens in a new tab. */
export function newTabLink(href: string, text: string, language = 'en'): Html {
  return html`<a class="usa-link--new-tab" href="${href}" target="_blank" rel="noopener">${text} <span class="new-tab">${
    wordsFor(language).newTab
  }</span></a>`
}

/** The way back to the list that a page belongs to. */
export const breadcrumb = (
  list: { readonly href: string; readonly text: string },
  here: string,
  language = 'en',
): Html =>
  html`<nav class="usa-breadcrumb" aria-label="${wordsFor(language).youAreHere}"><ol><li><a href="${list.href}">${list.text}</a></li><li aria-current="page">${here}</li></ol></nav>`

/** Previous and next page of a list; nothing when there is neither. */
export function pagination(options: {
  readonly previous?: string | undefined
  readonly next?: string | undefined
  readonly language?: string | undefined
}): Html {
  if (!options.previous && !options.next) return html``
  const words = wordsFor(options.language ?? 'en')
  return html`<nav class="usa-pagination" aria-label="${words.pages}">${
    options.previous && html`<a rel="prev" href="${options.previous}">${words.previous}</a>`
  }${options.next && html`<a rel="next" href="${options.next}">${words.next}</a>`}</nav>`
}

/** The console's list of pages, for `frame.side`. */
export function sideNav(items: readonly SideItem[]): Html {
  return html`<ul class="usa-sidenav">${items.map(
    item =>
      html`<li class="usa-sidenav__item"><a href="${item.href}"${
        item.current && html` class="usa-current" aria-current="page"`
      }>${item.text}${item.count ? html` <span class="count">${item.count}</span>` : ''}</a></li>`,
  )}</ul>`
}

/**
 * The user settings menu: a round button with the person's initials and a panel below it.
 * `label` is the whole accessible name ("AW, User settings, Amina Warsame").
 */
export function userMenuShell(label: string, initials: string, panel: Content): Html {
  return html`<details class="user-menu" data-menu><summary aria-label="${label}"><span class="initials">${initials}</span></summary><div class="user-menu__panel">${panel}</div></details>`
}

/** A part of the user settings menu, set off by a hairline. */
export function userMenuSection(body: Content): Html {
  return html`<div class="user-menu__section">${body}</div>`
}
