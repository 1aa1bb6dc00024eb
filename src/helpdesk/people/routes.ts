import { readReach } from '../../administration/reach.ts'
import { staff } from '../../session/access.ts'
import { insideRoute, type Route, redirect, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { consoleFrame, type HelpdeskParts } from '../shared/console.ts'
import { peoplePage } from './pages.ts'
import { readSearch } from './rules.ts'
import { onLists } from './select.ts'
import { countPeople, findPeople, readPlacesOfSearch } from './store.ts'
import { readThrottled, throttledAmong } from './throttled.ts'

export const peopleRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', '/helpdesk/people', staff, visit => showPeople(parts, visit), {
    counts: 'look-up',
    reads: 'people',
  }),
]

/** A page of people is a look at all of them: anyone who copies the list has to wait. */
async function showPeople(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const { visitor, now, c } = visit
  const { store } = services
  const reach = await readReach(store, visitor)
  const places = await readPlacesOfSearch(store, reach)
  const search = onLists(
    readSearch(name => c.req.query(name)),
    places,
  )
  const throttled = search.state === 'throttled' ? await readThrottled(services, reach, now) : []
  const found = await findPeople(store, search, reach, throttled, now)
  const [only, another] = found.rows
  if (c.req.query('one') === 'yes' && search.text !== '' && only !== undefined && another === undefined)
    return redirect(visit, `/helpdesk/people/${only.id}`)
  const isCounted = search.readings.length === 0
  const count = isCounted ? await countPeople(store, search, reach, throttled, now) : undefined
  const { timeZone } = policyOf(visitor)
  const waiting = await throttledAmong(services, found.rows, now)
  const view = { search, found, count, places, waiting, said: visit.said(), timeZone, now }
  return send(visit, peoplePage(await consoleFrame(visit, 'people'), view))
}
