import type { Services } from '../../session/services.ts'
import { countState } from '../people/store.ts'
import { readThrottled } from '../people/throttled.ts'
import type { Scope } from '../scope.ts'
import { countCandidates } from '../training/store.ts'

/** What waits for the helpdesk, the most pressing first. Each is a state that the list of people can be limited to. */
export const queueNames = [
  'incident',
  'throttled',
  'password-expires',
  'first-sign-in',
  'no-question',
  'leaving-soon',
  'training-lapsed',
  'mail-refused',
] as const

export type QueueName = (typeof queueNames)[number] | 'trained'

export interface Queue {
  readonly name: QueueName
  readonly count: number
}

/**
 * How many wait in each queue, of the people that this agent may see. Who is trained and has no account is in no
 * organization yet, so an agent with a limit does not see them.
 */
export async function readQueues(
  services: Pick<Services, 'store' | 'keyring'>,
  scope: Scope,
  now: number,
): Promise<readonly Queue[]> {
  const accounts = await Promise.all(
    queueNames.map(async name => ({
      name,
      count:
        name === 'throttled'
          ? (await readThrottled(services, scope, now)).length
          : await countState(services.store, name, scope, now),
    })),
  )
  if (scope !== undefined) return accounts
  return [...accounts, { name: 'trained', count: await countCandidates(services.store) }]
}
