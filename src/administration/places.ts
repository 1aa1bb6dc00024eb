import type { PlaceThen } from '../audit/evidence.ts'
import type { Store, Tx } from '../store/store.ts'
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

/** These organizations or workgroups by the names that they have now, in the order of their ids. */
export async function placesThen(
  tx: Tx,
  kind: 'organization' | 'workgroup',
  ids: readonly string[],
): Promise<readonly PlaceThen[]> {
  if (ids.length === 0) return []
  const rows = await tx.db
    .selectFrom(kind)
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .orderBy('id')
    .execute()
  return rows.map(({ id, name }) => ({ id, name }))
}
