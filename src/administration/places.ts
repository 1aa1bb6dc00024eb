import type { PlaceThen } from '../audit/evidence.ts'
import type { Role } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'
import { holds, type Reach } from './reach.ts'

export interface Place {
  readonly id: string
  readonly name: string
}

export interface Places {
  readonly organizations: readonly Place[]
  readonly workgroups: readonly Place[]
}

/**
 * The workgroups that an agent may give and take; undefined: all. An application may do much for who is in one, so it is
 * not for everybody to give: some only administrators give, and one that is tied to organizations only who looks after
 * all of these.
 */
export async function giveableBy(db: Store['read'] | Tx['db'], role: Role, reach: Reach): Promise<Reach> {
  if (role === 'administrator') return undefined
  const rows = await db
    .selectFrom('workgroup')
    .select(['id', 'tied_to'])
    .where('given_by', '=', 'helpdesk')
    .execute()
  const isWithin = (tiedTo: string) => (JSON.parse(tiedTo) as readonly string[]).every(id => holds(reach, id))
  return rows.flatMap(({ id, tied_to }) => (isWithin(tied_to) ? [id] : []))
}

/** Where an agent may have a person work: what is not retired, within the agent's limit and role. */
export async function readPlaces({ read }: Store, reach: Reach, role: Role): Promise<Places> {
  const giveable = await giveableBy(read, role, reach)
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
  return { organizations, workgroups: workgroups.filter(({ id }) => holds(giveable, id)) }
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
