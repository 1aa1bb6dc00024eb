import { readReach, readViewer } from '../../administration/reach.ts'
import { countMembers } from '../../agency/people.ts'
import { staff } from '../../session/access.ts'
import { insideRoute, type Route, routeOf, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { everyone } from '../people/rules.ts'
import { findPeople } from '../people/store.ts'
import { throttledAmong } from '../people/throttled.ts'
import { readActivity } from '../shared/activity.ts'
import { consoleFrame, type HelpdeskParts } from '../shared/console.ts'
import { readCursor } from '../shared/paging.ts'
import { type Parts, type Place, type PlacePages, placeOfAddress } from './address.ts'
import { editRoutes } from './edit-routes.ts'
import { readTies } from './giving.ts'
import { placePage, placesPage } from './pages.ts'
import { retireRoutes } from './retire-routes.ts'
import { readStanding } from './standing.ts'
import { standingRoutes } from './standing-routes.ts'
import { readFlags, readPlaceList } from './store.ts'
import { organizationWords } from './words.ts'

const organizations: PlacePages = {
  kind: 'organization',
  base: '/helpdesk/organizations',
  current: 'organizations',
  words: organizationWords,
}

export const organizationRoutes = (parts: HelpdeskParts): readonly Route[] => [
  ...placeRoutes(parts, organizations),
  ...standingRoutes(parts, organizations),
]

/** Staff read; administrators change. The address of a new one comes before those of one, which it looks like. */
export const placeRoutes = (parts: Parts, pages: PlacePages): readonly Route[] => [
  insideRoute('GET', pages.base, staff, visit => showList(parts, visit, pages)),
  ...editRoutes(parts, pages),
  routeOf(
    'GET',
    `${pages.base}/:id`,
    staff,
    placeOfAddress(parts, pages),
    (visit, place) => showPlace(parts, visit, pages, place),
    { counts: 'look-up', reads: 'people' },
  ),
  ...retireRoutes(parts, pages),
]

const isAdministrator = (visit: Visit<Session>): boolean => visit.visitor.person.role === 'administrator'

async function showList({ services }: Parts, visit: Visit<Session>, pages: PlacePages): Promise<Response> {
  const text = (visit.c.req.query('q') ?? '').slice(0, 120)
  const cursor = readCursor(name => visit.c.req.query(name))
  const reach = await readReach(services.store, visit.visitor)
  const list = await readPlaceList(services.store, pages.kind, { text, cursor }, reach)
  const view = { text, list, mayEdit: isAdministrator(visit) }
  return send(visit, placesPage(await consoleFrame(visit, pages.current), pages, view))
}

async function showPlace(
  { services }: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  place: Place,
): Promise<Response> {
  const { did } = pages.words(visit.language)
  const said = visit.said() ?? ''
  const search = { ...everyone, [pages.kind]: place.id, cursor: readCursor(name => visit.c.req.query(name)) }
  const { store } = services
  const viewer = await readViewer(store, visit.visitor)
  const isOrganization = pages.kind === 'organization'
  const members = await findPeople(store, search, viewer.reach, [], visit.now)
  const ids = members.rows.map(({ id }) => id)
  const view = {
    place,
    standing: isOrganization ? await readStanding(store.read, place.id) : undefined,
    used: isOrganization ? await countMembers(store, place.id, viewer.reach, visit.now) : 0,
    ties: place.giving ? await readTies(store, place.giving.tiedTo) : [],
    members,
    waiting: await throttledAmong(services, members.rows, visit.now),
    flags: isOrganization ? await readFlags(store, place.id, ids) : undefined,
    history: await readActivity(store, place.id, viewer),
    mayEdit: isAdministrator(visit),
    message: Object.hasOwn(did, said) ? did[said as keyof typeof did] : undefined,
    timeZone: policyOf(visit.visitor).timeZone,
    now: visit.now,
  }
  return send(visit, placePage(await consoleFrame(visit, pages.current), pages, view))
}
