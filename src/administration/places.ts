import type { PlaceThen } from '../audit/evidence.ts'
import type { Role } from '../store/schema.ts'
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

/**
 * The workgroups that an agent of this role may give and take; undefined: all. An application may do much for who is in
 * one, so it is not for everybody to give.
 */
export async function giveableBy(db: Store['read'] | Tx['db'], role: Role): Promise<Reach> {
  if (role === 'administrator') return undefined
  const rows = await db.selectFrom('workgroup').select('id').where('given_by', '=', 'helpdesk').execute()
  return rows.map(({ id }) => id)
}

/** Where an agent may have a person work: what is not retired, within the agent's limit and role. */
export async function readPlaces({ read }: Store, reach: Reach, role: Role): Promise<Places> {
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
    .$if(role !== 'administrator', query => query.where('given_by', '=', 'helpdesk'))
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
