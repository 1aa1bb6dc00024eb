import type { Store } from '../store/store.ts'
import type { Reach } from './reach.ts'

export interface Place {
  readonly id: string
  readonly name: string
}

export interface Places {
  readonly organizations: readonly Place[]
  readonly workgroups: readonly Place[]
}

/** Where a new person may work: what is not retired, within the agent's limit. */
export async function readPlaces({ read }: Store, reach: Reach): Promise<Places> {
  const organizations = await read
    .selectFrom('organization')
    .select(['id', 'name'])
    .where('retired_at', 'is', null)
    .$if(reach !== undefined, query => query.where('id', 'in', reach ?? []))
    .orderBy('name')
    .execute()
  const workgroups = await read
    .selectFrom('workgroup')
    .select(['id', 'name'])
    .where('retired_at', 'is', null)
    .orderBy('name')
    .execute()
  return { organizations, workgroups }
}
