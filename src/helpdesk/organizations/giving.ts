import { placesThen } from '../../administration/places.ts'
import type { PlaceThen } from '../../audit/evidence.ts'
import type { GivenBy } from '../../store/schema.ts'
import type { Store, Tx } from '../../store/store.ts'
import type { Giving, PlaceKind } from './rules.ts'

const idsIn = (json: string): readonly string[] => JSON.parse(json) as readonly string[]

/** The rules for giving a workgroup and working in it; undefined for an organization. */
export async function readGiving(
  db: Store['read'] | Tx['db'],
  kind: PlaceKind,
  id: string,
): Promise<Giving | undefined> {
  if (kind === 'organization') return undefined
  const row = await db
    .selectFrom('workgroup')
    .select(['given_by', 'tied_to'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { givenBy: row.given_by, tiedTo: idsIn(row.tied_to) }
}

/** What the log says of it where it is changed. */
interface GivingThen {
  readonly givenBy?: GivenBy
  readonly tiedTo?: readonly PlaceThen[]
}

/** Puts it in force from the next page of everyone. @returns what has changed. */
export async function putGiving(tx: Tx, id: string, { givenBy, tiedTo }: Giving): Promise<GivingThen> {
  const before = await readGiving(tx.db, 'workgroup', id)
  const there = await placesThen(tx, 'organization', tiedTo)
  const ids = there.map(place => place.id)
  await tx.db
    .updateTable('workgroup')
    .set({ given_by: givenBy, tied_to: JSON.stringify(ids) })
    .where('id', '=', id)
    .execute()
  return {
    ...(before?.givenBy !== givenBy && { givenBy }),
    ...(before?.tiedTo.join() !== ids.join() && { tiedTo: there }),
  }
}

/** Organizations that a workgroup can be tied to, and those that it is tied to already. */
export const readTies = ({ read }: Store, has: readonly string[]): Promise<readonly PlaceThen[]> =>
  read
    .selectFrom('organization')
    .select(['id', 'name'])
    .where(eb =>
      has.length === 0
        ? eb('retired_at', 'is', null)
        : eb.or([eb('retired_at', 'is', null), eb('id', 'in', has)]),
    )
    .orderBy('name')
    .execute()
