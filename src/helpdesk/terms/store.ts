import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { fullName } from '../../account/names.ts'
import type { Database } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { states } from '../people/filters.ts'
import { type Page, pageOf } from '../shared/paging.ts'
import type { PeopleSearch } from './rules.ts'

/** A published version, as the console lists it. */
export interface Version {
  readonly id: string
  readonly number: number
  readonly text: string
  readonly sha256: string
  readonly effective_at: number | null
  readonly cancelled_at: number | null
  readonly created_at: number
  /** The administrator who published it; undefined when it came with Lintel. */
  readonly by: string | undefined
}

const pageLength = 25
/** Sorts after every character, so that a range of words is all that begin with a prefix. */
const lastSign = '\u{10ffff}'

const versions = ({ read }: Store) =>
  read
    .selectFrom('terms_version')
    .leftJoin('account', 'account.id', 'terms_version.created_by')
    .select([
      'terms_version.id',
      'number',
      'text',
      'sha256',
      'effective_at',
      'cancelled_at',
      'terms_version.created_at',
      'created_by',
      'first_name',
      'last_name',
    ])

type VersionRow = Omit<Version, 'by'> & {
  readonly created_by: string | null
  readonly first_name: string | null
  readonly last_name: string | null
}

function versionOf({ created_by, first_name, last_name, ...version }: VersionRow): Version {
  const by = first_name === null ? created_by : fullName(first_name, last_name ?? '')
  return { ...version, by: by === null || by === 'system' ? undefined : by }
}

/** Versions, the newest first, from the one before `before` on, with whether there are more. */
export async function readVersions(
  store: Store,
  before: number | undefined,
): Promise<{ readonly list: readonly Version[]; readonly hasMore: boolean }> {
  const rows = await versions(store)
    .$if(before !== undefined, query => query.where('number', '<', before ?? 0))
    .orderBy('number', 'desc')
    .limit(pageLength + 1)
    .execute()
  return { list: rows.slice(0, pageLength).map(versionOf), hasMore: rows.length > pageLength }
}

export async function readVersion(store: Store, number: number): Promise<Version | undefined> {
  const row = await versions(store).where('number', '=', number).executeTakeFirst()
  return row && versionOf(row)
}

/** How many people accepted each of these versions at any time. */
export async function countAccepted(
  { read }: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await read
    .selectFrom('terms_acceptance')
    .select(['terms_version_id', sql<number>`count(distinct account_id)`.as('count')])
    .where('terms_version_id', 'in', ids)
    .groupBy('terms_version_id')
    .execute()
  return new Map(rows.map(row => [row.terms_version_id, Number(row.count)]))
}

/** An acceptance of a version that still holds: given after `since`, in milliseconds since 1970. */
const holdsFor = (versionId: string, since: number) =>
  sql<SqlBool>`exists (select 1 from terms_acceptance
    where terms_acceptance.account_id = account.id and terms_version_id = ${versionId} and accepted_at > ${since})`

/** How far a version has come among the people who can sign in. */
export interface Progress {
  readonly accepted: number
  readonly active: number
}

const countOf = <Tables extends keyof Database>(query: SelectQueryBuilder<Database, Tables, object>) =>
  query.select(eb => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()

export async function readProgress(
  { read }: Store,
  versionId: string | undefined,
  since: number,
  now: number,
): Promise<Progress> {
  const active = read.selectFrom('account').where(eb => states.active(eb, now))
  const all = await countOf(active)
  const some =
    versionId === undefined ? { count: 0 } : await countOf(active.where(holdsFor(versionId, since)))
  return { accepted: Number(some.count), active: Number(all.count) }
}

const hasWord = (prefix: string) =>
  sql`exists (select 1 from account_word where account_word.account_id = account.id
    and word >= ${prefix} and word < ${prefix + lastSign})`

const fits = (readings: PeopleSearch['readings']) =>
  readings.length === 0
    ? sql<SqlBool>`1 = 1`
    : sql<SqlBool>`(${sql.join(
        readings.map(prefixes => sql`(${sql.join(prefixes.map(hasWord), sql` and `)})`),
        sql` or `,
      )})`

export interface Acceptance {
  readonly id: string
  readonly account_id: string
  readonly username: string
  readonly first_name: string
  readonly last_name: string
  readonly sha256: string
  readonly accepted_at: number
  readonly address: string
}

/** The acceptances of a version: by whom, when, from where and with which hash; the newest first. */
export async function readAcceptances(
  { read }: Store,
  versionId: string,
  { readings, cursor }: PeopleSearch,
): Promise<Page<Acceptance>> {
  const from =
    cursor &&
    (await read
      .selectFrom('terms_acceptance')
      .select(['id', 'accepted_at'])
      .where('id', '=', cursor.id)
      .executeTakeFirst())
  const isBackwards = from !== undefined && cursor?.direction === 'before'
  const order = isBackwards ? 'asc' : 'desc'
  const rows = await read
    .selectFrom('terms_acceptance')
    .innerJoin('account', 'account.id', 'terms_acceptance.account_id')
    .select([
      'terms_acceptance.id',
      'account_id',
      'username',
      'first_name',
      'last_name',
      'sha256',
      'accepted_at',
      'address',
    ])
    .where('terms_version_id', '=', versionId)
    .where(fits(readings))
    .$if(from !== undefined, query =>
      query.where(
        sql<SqlBool>`(accepted_at, terms_acceptance.id) ${sql.raw(isBackwards ? '>' : '<')} (${from?.accepted_at}, ${from?.id})`,
      ),
    )
    .orderBy('accepted_at', order)
    .orderBy('terms_acceptance.id', order)
    .limit(pageLength + 1)
    .execute()
  return pageOf(rows, pageLength, isBackwards, from !== undefined)
}

export interface Missing {
  readonly id: string
  readonly username: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string
  readonly last_sign_in_at: number | null
}

/** Active people without an acceptance of a version that still holds, by name. */
export async function readMissing(
  { read }: Store,
  versionId: string,
  since: number,
  { readings, cursor }: PeopleSearch,
  now: number,
): Promise<Page<Missing>> {
  const from =
    cursor &&
    (await read
      .selectFrom('account')
      .select(['id', 'last_name', 'first_name'])
      .where('id', '=', cursor.id)
      .executeTakeFirst())
  const isBackwards = from !== undefined && cursor?.direction === 'before'
  const order = isBackwards ? 'desc' : 'asc'
  const rows = await read
    .selectFrom('account')
    .select(['account.id', 'username', 'first_name', 'last_name', 'email', 'last_sign_in_at'])
    .where(eb => states.active(eb, now))
    .where(sql<SqlBool>`not ${holdsFor(versionId, since)}`)
    .where(fits(readings))
    .$if(from !== undefined, query =>
      query.where(
        sql<SqlBool>`(last_name, first_name, account.id) ${sql.raw(isBackwards ? '<' : '>')} (${from?.last_name}, ${from?.first_name}, ${from?.id})`,
      ),
    )
    .orderBy('last_name', order)
    .orderBy('first_name', order)
    .orderBy('account.id', order)
    .limit(pageLength + 1)
    .execute()
  return pageOf(rows, pageLength, isBackwards, from !== undefined)
}

/** Names of the accounts with these ids, for "changed by". */
export async function readNames(
  { read }: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await read
    .selectFrom('account')
    .select(['id', 'first_name', 'last_name'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(row => [row.id, fullName(row.first_name, row.last_name)]))
}
