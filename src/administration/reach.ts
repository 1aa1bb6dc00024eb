import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { isOpenTo } from '../account/kept-apart.ts'
import type { Session } from '../session/visitor.ts'
import type { Role } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

/** Ids of the organizations that an agent is limited to; undefined: not limited. */
export type Reach = readonly string[] | undefined

/** The limit of this agent. Only helpdesk staff have one. */
export const readReach = ({ read }: Store, { person }: Pick<Session, 'person'>): Promise<Reach> =>
  readReachIn(read, person)

/** The same within a transaction. */
export async function readReachIn(
  db: Store['read'],
  person: { readonly id: string; readonly role: Role },
): Promise<Reach> {
  if (person.role !== 'helpdesk') return undefined
  const rows = await db
    .selectFrom('helpdesk_scope')
    .select('organization_id')
    .where('account_id', '=', person.id)
    .execute()
  return rows.length === 0 ? undefined : rows.map(row => row.organization_id)
}

/** An agent who looks at something, and whom they may see. */
export interface Viewer {
  readonly id: string
  readonly reach: Reach
}

export const readViewer = async (store: Store, session: Pick<Session, 'person'>): Promise<Viewer> => ({
  id: session.person.id,
  reach: await readReach(store, session),
})

/** Tells whether two limits are of the same organizations, in whatever order they were read. */
export const isSameReach = (one: Reach, other: Reach): boolean =>
  one?.length === other?.length && (one ?? []).every(id => holds(other, id))

/** Rows of memberships that bring a person into a limit; one that is switched off brings nobody. */
const bringing = (reach: readonly string[]) =>
  sql`seen.organization_id in (${sql.join(reach)}) and seen.is_active = 1
    and ${isOpenTo(reach, sql.ref('seen.account_id'))}`

/** Tells whether an account exists for an agent with this limit: a condition on `account.id`. */
export const inReach = (reach: Reach): RawBuilder<SqlBool> =>
  reach === undefined
    ? sql<SqlBool>`1 = 1`
    : sql<SqlBool>`exists (select 1 from account_organization seen
        where seen.account_id = account.id and ${bringing(reach)})`

/**
 * Tells whether an agent with this limit sees all that a person works in, so that the whole account is theirs to look after:
 * a condition on `account.id`. A membership that is switched off, or of a retired organization, gives nothing and counts
 * for nothing.
 */
export const isWhole = (reach: Reach): RawBuilder<SqlBool> =>
  reach === undefined
    ? sql<SqlBool>`1 = 1`
    : sql<SqlBool>`not exists (select 1 from account_organization other
        join organization place on place.id = other.organization_id
        where other.account_id = account.id and other.is_active = 1 and place.retired_at is null
        and other.organization_id not in (${sql.join(reach)}))`

/** The same of one account. */
export async function seesWhole(db: Store['read'], reach: Reach, accountId: string): Promise<boolean> {
  const row = await db
    .selectFrom('account')
    .select('id')
    .where('id', '=', accountId)
    .where(isWhole(reach))
    .executeTakeFirst()
  return row !== undefined
}

/** The people in reach as a list of ids, for a walk from the memberships. */
export const idsInReach = (reach: readonly string[]): RawBuilder<string> =>
  sql<string>`(select seen.account_id from account_organization seen where ${bringing(reach)})`

export const holds = (reach: Reach, organizationId: string): boolean =>
  reach === undefined || reach.includes(organizationId)

/** Tells whether a text of an address could be an account's id. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
