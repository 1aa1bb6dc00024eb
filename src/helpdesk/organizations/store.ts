import { sql } from 'kysely'
import { nameKey } from '../../account/names.ts'
import type { Flags } from '../../administration/access.ts'
import { inReach, type Reach } from '../../administration/reach.ts'
import type { Store } from '../../store/store.ts'
import { type Cursor, type Page, pageOf } from '../shared/paging.ts'
import { readGiving } from './giving.ts'
import type { Giving, PlaceKind } from './rules.ts'

/** An organization or workgroup. Times are milliseconds since 1970. */
export interface PlaceFacts {
  readonly id: string
  readonly name: string
  readonly allows: string
  /** What applications know it as; null: by its id. */
  readonly key: string | null
  readonly created_at: number
  readonly retired_at: number | null
  readonly version: number
}

export const columns = ['id', 'name', 'allows', 'key', 'created_at', 'retired_at', 'version'] as const

/** Where it is written who is in it. */
const memberships = {
  organization: { table: 'account_organization', column: 'organization_id' },
  workgroup: { table: 'account_workgroup', column: 'workgroup_id' },
} as const satisfies Record<PlaceKind, object>

const pageLength = 50
/** Sorts after every character. */
const lastSign = '\u{10ffff}'

/** A limit concerns organizations; every agent sees every workgroup. */
const limitOf = (kind: PlaceKind, reach: Reach): Reach => (kind === 'organization' ? reach : undefined)

/** How many of the people that this agent may see are in it. */
function peopleIn(kind: PlaceKind, reach: Reach) {
  const { table, column } = memberships[kind]
  return sql<number>`(select count(*) from ${sql.table(table)} member
    join account on account.id = member.account_id
    where member.${sql.ref(column)} = ${sql.ref(`${kind}.id`)} and ${inReach(reach)})`
}

export type ListedPlace = PlaceFacts & { readonly people: number }

/** One page of the list by name, of those whose name begins with `text`. */
export async function readPlaceList(
  store: Store,
  kind: PlaceKind,
  search: { readonly text: string; readonly cursor: Cursor | undefined },
  reach: Reach,
): Promise<Page<ListedPlace>> {
  const backwards = search.cursor?.direction === 'before'
  const from = search.cursor && (await keyOf(store, kind, search.cursor.id))
  const prefix = nameKey(search.text)
  const limit = limitOf(kind, reach)
  const rows = await store.read
    .selectFrom(kind)
    .select(columns)
    .select(peopleIn(kind, reach).as('people'))
    .where('name_key', '>=', prefix)
    .where('name_key', '<', prefix + lastSign)
    .$if(limit !== undefined, query => query.where('id', 'in', limit ?? []))
    .$if(from !== undefined, query => query.where('name_key', backwards ? '<' : '>', from ?? ''))
    .orderBy('name_key', backwards ? 'desc' : 'asc')
    .limit(pageLength + 1)
    .execute()
  const places = rows.map(row => ({ ...row, people: Number(row.people) }))
  return pageOf(places, pageLength, backwards, from !== undefined)
}

async function keyOf({ read }: Store, kind: PlaceKind, id: string): Promise<string | undefined> {
  return (await read.selectFrom(kind).select('name_key').where('id', '=', id).executeTakeFirst())?.name_key
}

/** One of them; undefined when it is not there for this agent. */
export async function readPlace(
  { read }: Store,
  kind: PlaceKind,
  id: string,
  reach: Reach,
): Promise<(PlaceFacts & { readonly people: number; readonly giving: Giving | undefined }) | undefined> {
  const limit = limitOf(kind, reach)
  if (limit !== undefined && !limit.includes(id)) return undefined
  const row = await read
    .selectFrom(kind)
    .select(columns)
    .select(peopleIn(kind, reach).as('people'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...row, people: Number(row.people), giving: await readGiving(read, kind, id) }
}

/** The flags of these people in one organization, by account. */
export async function readFlags(
  { read }: Store,
  organizationId: string,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Flags>> {
  if (accountIds.length === 0) return new Map()
  const rows = await read
    .selectFrom('account_organization')
    .select(['account_id', 'is_active', 'may_sign_in', 'may_edit'])
    .where('organization_id', '=', organizationId)
    .where('account_id', 'in', accountIds)
    .execute()
  return new Map(rows.map(({ account_id, ...flags }) => [account_id, flags]))
}

/** How many people, of those who are not deactivated, can work in this one and in no other. */
export async function countOnlyHere({ read }: Store, kind: PlaceKind, id: string): Promise<number> {
  const { table, column } = memberships[kind]
  const counts = (name: string) =>
    kind === 'organization'
      ? sql`and ${sql.ref(`${name}.is_active`)} = 1 and ${sql.ref(`${name}.may_sign_in`)} = 1`
      : sql``
  const { rows } = await sql<{ count: number }>`select count(*) as count
    from ${sql.table(table)} here join account on account.id = here.account_id
    where ${sql.ref(`here.${column}`)} = ${id} and account.deactivated_at is null ${counts('here')}
    and not exists (select 1 from ${sql.table(table)} other
      join ${sql.table(kind)} place on place.id = ${sql.ref(`other.${column}`)}
      where other.account_id = here.account_id and place.id <> ${id} and place.retired_at is null
      ${counts('other')})`.execute(read)
  return Number(rows[0]?.count ?? 0)
}
