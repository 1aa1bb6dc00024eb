import { type Agent, mayStill } from '../../administration/act.ts'
import type { Hasher } from '../../password/hashing.ts'
import type { Door } from '../../session/door.ts'
import { NoLongerTheirs } from '../../session/guards.ts'
import type { Services } from '../../session/services.ts'
import type { Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import type { Tx } from '../../store/store.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { sideNav } from '../../web/parts.ts'
import { wordsFor } from './words.ts'

export interface HelpdeskParts {
  readonly services: Services
  readonly hasher: Hasher
  readonly fail: Door['fail']
}

/** The side list, in its order. Each entry is there for whom the page at its address is. */
const pages = [
  { page: 'start', href: '/helpdesk' },
  { page: 'people', href: '/helpdesk/people' },
  { page: 'requests', href: '/helpdesk/requests' },
  { page: 'renewals', href: '/helpdesk/renewals' },
  { page: 'reviews', href: '/helpdesk/reviews' },
  { page: 'create', href: '/helpdesk/people/new' },
  { page: 'sheets', href: '/helpdesk/sheets' },
  { page: 'organizations', href: '/helpdesk/organizations' },
  { page: 'workgroups', href: '/helpdesk/workgroups' },
  { page: 'applications', href: '/helpdesk/applications' },
  { page: 'terms', href: '/helpdesk/terms' },
  { page: 'policy', href: '/helpdesk/policy' },
  { page: 'training', href: '/helpdesk/training' },
  { page: 'news', href: '/helpdesk/news' },
  { page: 'audit', href: '/helpdesk/audit' },
  { page: 'import', href: '/helpdesk/import' },
  { page: 'compare', href: '/helpdesk/compare' },
  { page: 'reports', href: '/helpdesk/reports' },
] as const

export type ConsolePage = (typeof pages)[number]['page']

/** The frame with the console's side list: the pages that this agent may open. */
export async function consoleFrame(visit: Visit<Session>, current?: ConsolePage): Promise<Frame> {
  const words = wordsFor(visit.language)
  return {
    ...(await visit.frame()),
    search: searchBar(words),
    side: sideNav(
      pages
        .filter(({ href }) => visit.mayOpen(href))
        .map(({ page, href }) => ({ href, text: words.pages[page], current: page === current })),
    ),
  }
}

/** Finds people from every page; the key `/` leads to it, and a search that means one person opens that page. */
const searchBar = (words: ReturnType<typeof wordsFor>): Html =>
  html`<form class="bar-search" role="search" aria-label="${words.searchEverywhere}" action="/helpdesk/people"><input type="hidden" name="one" value="yes"><label class="usa-sr-only" for="everywhere">${words.searchEverywhere}</label><input class="usa-input" type="search" id="everywhere" name="q" placeholder="${words.searchHint}" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" data-slash><button class="usa-button usa-button--outline" type="submit">${words.go}</button></form>`

/** The agent, for a verb and its audit record. */
export const agentOf = (visit: Visit<Session>): Agent => ({
  ...visit.trace(),
  role: visit.visitor.person.role,
  epoch: visit.visitor.person.epoch,
})

/**
 * Writes what an agent asked for. Their account, role and limit are read again in the same transaction: a hash, an upload or
 * Moodle may have taken a while. Everything that the console changes goes through here (`npm run check` holds it).
 * @param about the account that it is about, which must be within their limit still
 * @throws NoLongerTheirs, which the door answers
 */
export const writeAs = <Value>(
  { services }: Pick<HelpdeskParts, 'services'>,
  visit: Visit<Session>,
  work: (tx: Tx) => Promise<Value>,
  about?: string,
): Promise<Value> =>
  services.store.write(async tx => {
    if (!(await mayStill(tx, agentOf(visit), services.now(), about))) throw new NoLongerTheirs()
    return work(tx)
  })
