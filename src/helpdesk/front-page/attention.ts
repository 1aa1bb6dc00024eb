import type { Attention } from '../../account-menu/attention.ts'
import { readReach } from '../../administration/reach.ts'
import type { Services } from '../../session/services.ts'
import type { Session } from '../../session/visitor.ts'
import { countState } from '../people/store.ts'
import { readThrottled } from '../people/throttled.ts'

/** What is most pressing for an agent, for the card on their Home. */
export async function readAttention(services: Services, session: Session, now: number): Promise<Attention> {
  const { store } = services
  const reach = await readReach(store, session)
  const [incidents, lockedOut, expiring] = await Promise.all([
    countState(store, 'incident', reach, now),
    readThrottled(services, reach, now),
    countState(store, 'password-expires', reach, now),
  ])
  return { incidents, lockedOut: lockedOut.length, expiring }
}
