import type { Reach } from '../../administration/reach.ts'
import { countAsked } from '../../agency/request-reading.ts'
import type { Policy } from '../../policy/table.ts'
import type { Services } from '../../session/services.ts'
import { countState } from '../people/store.ts'
import { readThrottled } from '../people/throttled.ts'
import { countCandidates } from '../training/store.ts'

/** Everything that waits for the helpdesk, the most pressing first. Each is a state that the list of people can be limited to. */
const queueNames = [
  'incident',
  'throttled',
  'password-expires',
  'first-sign-in',
  'no-question',
  'no-two-step-staff',
  'no-two-step',
  'two-step-due',
  'one-way-only',
  'near-dormancy',
  'leaving-soon',
  'training-expired',
  'mail-refused',
] as const

export type QueueName = (typeof queueNames)[number] | 'requests' | 'trained'

export interface Queue {
  readonly name: QueueName
  readonly count: number
}

/** Staff must use the second step unless the policy has it off; everyone must where it is required. */
function isAsked(name: (typeof queueNames)[number], { twoStep }: Pick<Policy, 'twoStep'>): boolean {
  if (name === 'no-two-step') return twoStep === 'required'
  return name !== 'no-two-step-staff' || twoStep === 'optional'
}

/**
 * How many wait in each queue, of the people that this agent may see. Who is trained and has no account is in no
 * organization yet, so an agent with a limit does not see them.
 */
export async function readQueues(
  services: Pick<Services, 'store' | 'keyring'>,
  reach: Reach,
  policy: Pick<Policy, 'twoStep'>,
  now: number,
): Promise<readonly Queue[]> {
  const names = queueNames.filter(name => isAsked(name, policy))
  const accounts = await Promise.all(
    names.map(async name => ({
      name,
      count:
        name === 'throttled'
          ? (await readThrottled(services, reach, now)).length
          : await countState(services.store, name, reach, now),
    })),
  )
  const requests = { name: 'requests', count: await countAsked(services.store, reach) } as const
  if (reach !== undefined) return [...accounts, requests]
  return [...accounts, requests, { name: 'trained', count: await countCandidates(services.store) }]
}
