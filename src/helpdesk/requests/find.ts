import { isId, readReach } from '../../administration/reach.ts'
import { type RequestFacts, readRequestFor } from '../../agency/request-reading.ts'
import { isOpen } from '../../agency/request-rules.ts'
import type { Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import type { HelpdeskParts } from '../shared/console.ts'

/** A request of an organization that this agent looks after. */
export async function requestFor(
  { services }: Pick<HelpdeskParts, 'services'>,
  { visitor }: Visit<Session>,
  id: string,
): Promise<RequestFacts | undefined> {
  return isId(id)
    ? readRequestFor(services.store.read, id, await readReach(services.store, visitor))
    : undefined
}

/** The request of a new account that a form of Create account answers; undefined: it answers none. */
export async function accountRequestFor(
  parts: Pick<HelpdeskParts, 'services'>,
  visit: Visit<Session>,
  id: string,
): Promise<RequestFacts | undefined> {
  const request = await requestFor(parts, visit, id)
  return request?.kind === 'account' && isOpen(request.state) ? request : undefined
}
