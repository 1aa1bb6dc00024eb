import { staff } from '../../session/access.ts'
import { insideRoute, type Route, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { consoleFrame, type HelpdeskParts } from '../console.ts'
import { readScope } from '../scope.ts'
import { peoplePage } from './pages.ts'
import { readSearch } from './rules.ts'
import { findPeople } from './store.ts'
import { readThrottled } from './throttled.ts'

export const peopleRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', '/helpdesk/people', staff, visit => showPeople(parts, visit)),
]

async function showPeople({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { visitor, now, c } = visit
  const search = readSearch(name => c.req.query(name))
  const scope = await readScope(services.store, visitor)
  const throttled = search.state === 'throttled' ? await readThrottled(services, scope, now) : []
  const found = await findPeople(services.store, search, scope, throttled, now)
  const { timeZone } = policyOf(visitor)
  return send(visit, peoplePage(await consoleFrame(visit, 'people'), { search, found, timeZone, now }))
}
