import type { Services } from '../../session/services.ts'
import { countState } from '../people/store.ts'
import { readThrottled } from '../people/throttled.ts'
import type { Scope } from '../scope.ts'

/** What waits for the helpdesk, the most pressing first. Each is a state that the list of people can be limited to. */
export const queueNames = [
  'incident',
  'throttled',
  'password-expires',
  'first-sign-in',
  'no-question',
  'leaving-soon',
  'mail-refused',
] as const

export type QueueName = (typeof queueNames)[number]

export interface Queue {
  readonly name: QueueName
  readonly count: number
}

/** How many wait in each queue, of the people that this agent may see. */
export const readQueues = (
  services: Pick<Services, 'store' | 'keyring'>,
  scope: Scope,
  now: number,
): Promise<readonly Queue[]> =>
  Promise.all(
    queueNames.map(async name => ({
      name,
      count:
        name === 'throttled'
          ? (await readThrottled(services, scope, now)).length
          : await countState(services.store, name, scope, now),
    })),
  )
