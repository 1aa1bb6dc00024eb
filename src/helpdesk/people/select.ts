import { readReach } from '../../administration/reach.ts'
import type { Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import type { HelpdeskParts } from '../shared/console.ts'
import type { Query } from '../shared/paging.ts'
import { noOrganization, readSearch, type Search } from './rules.ts'
import { findPeople, type PlacesOfSearch, readPlacesOfSearch } from './store.ts'
import { readThrottled } from './throttled.ts'

/** What is not on the agent's lists does not limit: for them it is not there. */
export function onLists(search: Search, { organizations, workgroups }: PlacesOfSearch): Search {
  const has = (list: PlacesOfSearch['organizations'], id: string | undefined) =>
    list.some(one => one.id === id)
  const { organization, workgroup } = search
  const isListed = organization === noOrganization || has(organizations, organization)
  return {
    ...search,
    organization: isListed ? organization : undefined,
    workgroup: has(workgroups, workgroup) ? workgroup : undefined,
  }
}

/** The search that a form repeats, as this agent may ask it. */
export async function searchOf(
  { services: { store } }: HelpdeskParts,
  { visitor }: Visit<Session>,
  query: Query,
): Promise<Search> {
  return onLists(readSearch(query), await readPlacesOfSearch(store, await readReach(store, visitor)))
}

/**
 * Ids of the people on the page of a search, or of all that it means, from the first on. Undefined: they are more than `most`, or too
 * many fit the words to know them all.
 */
export async function selectPeople(
  { services }: HelpdeskParts,
  { visitor, now }: Visit<Session>,
  search: Search,
  most: number | 'page',
): Promise<readonly string[] | undefined> {
  const reach = await readReach(services.store, visitor)
  const throttled = search.state === 'throttled' ? await readThrottled(services, reach, now) : []
  const ids: string[] = []
  let cursor = most === 'page' ? search.cursor : undefined
  for (;;) {
    const found = await findPeople(services.store, { ...search, cursor }, reach, throttled, now)
    ids.push(...found.rows.map(({ id }) => id))
    if (most === 'page') return ids
    if (found.isPart || ids.length > most) return undefined
    const last = ids.at(-1)
    if (!found.hasNext || last === undefined) return ids
    cursor = { id: last, direction: 'after' }
  }
}
