import { type SqlBool, sql } from 'kysely'
import { isOpenTo } from '../account/kept-apart.ts'
import { fullName } from '../account/names.ts'
import type { Reach } from '../administration/reach.ts'
import type { RequestKind, RequestState } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'
import { parseEntry, type RequestEntry } from './request-rules.ts'

/** A request with the names around it. */
export interface RequestFacts {
  readonly id: string
  readonly kind: RequestKind
  readonly organizationId: string
  readonly organization: string
  /** Null too while the reader may not know that there is an account: what they asked for stays theirs to read. */
  readonly accountId: string | null
  /** The name of the person it is about. */
  readonly about: string
  readonly entry: RequestEntry
  readonly askedById: string
  readonly askedBy: string
  readonly askedAt: number
  readonly state: RequestState
  readonly changedAt: number
  readonly answer: string
  readonly version: number
}

type Reader = Tx['db'] | Store['read']

/** Tells in a query whether somebody with this limit may know whom a request is about. */
const isKnownTo = (reach: Reach) =>
  reach === undefined ? sql<SqlBool>`1 = 1` : isOpenTo(reach, sql.ref('agency_request.account_id'))

const requests = (db: Reader, reach: Reach) =>
  db
    .selectFrom('agency_request')
    .innerJoin('organization', 'organization.id', 'agency_request.organization_id')
    .innerJoin('account as contact', 'contact.id', 'asked_by')
    .leftJoin('account', 'account.id', 'agency_request.account_id')
    .selectAll('agency_request')
    .select(['organization.name as organization', 'account.first_name', 'account.last_name'])
    .select(['contact.first_name as by_first_name', 'contact.last_name as by_last_name'])
    .select(sql<number>`case when ${isKnownTo(reach)} then 1 else 0 end`.as('is_known'))
    .$if(reach !== undefined, query =>
      query
        .where('agency_request.organization_id', 'in', reach ?? [])
        .where(eb => eb.or([eb('kind', '=', 'account'), isKnownTo(reach)])),
    )

type Row = Awaited<ReturnType<ReturnType<typeof requests>['execute']>>[number]

function factsOf(row: Row): RequestFacts {
  const entry = parseEntry(row.entry)
  return {
    id: row.id,
    kind: row.kind,
    organizationId: row.organization_id,
    organization: row.organization,
    accountId: row.is_known === 1 ? row.account_id : null,
    about:
      row.kind === 'account'
        ? fullName(entry.firstName, entry.lastName)
        : fullName(row.first_name ?? '', row.last_name ?? ''),
    entry,
    askedById: row.asked_by,
    askedBy: fullName(row.by_first_name, row.by_last_name),
    askedAt: row.asked_at,
    state: row.state,
    changedAt: row.changed_at,
    answer: row.answer,
    version: row.version,
  }
}

export async function readRequestIn(db: Reader, id: string): Promise<RequestFacts | undefined> {
  const row = await requests(db, undefined).where('agency_request.id', '=', id).executeTakeFirst()
  return row && factsOf(row)
}

/** One request as somebody may see it who looks after these organizations, or after all. */
export async function readRequestFor(
  db: Reader,
  id: string,
  reach: Reach,
): Promise<RequestFacts | undefined> {
  const row = await requests(db, reach).where('agency_request.id', '=', id).executeTakeFirst()
  return row && factsOf(row)
}

/** Requests of these organizations, or of all; open ones, or the newest that are not. */
export async function readRequests(
  { read }: Store,
  asked: {
    readonly organizationIds: readonly string[] | undefined
    readonly open: boolean
    readonly limit: number
  },
): Promise<readonly RequestFacts[]> {
  const { organizationIds, open, limit } = asked
  const rows = await requests(read, organizationIds)
    .where('agency_request.state', open ? 'in' : 'not in', ['asked', 'more-needed'])
    .orderBy('agency_request.asked_at', open ? 'asc' : 'desc')
    .orderBy('agency_request.id', open ? 'asc' : 'desc')
    .limit(limit)
    .execute()
  return rows.map(factsOf)
}

/** How many wait for the helpdesk, of these organizations or of all. */
export async function countAsked(
  { read }: Store,
  organizationIds: readonly string[] | undefined,
): Promise<number> {
  const { count } = await read
    .selectFrom('agency_request')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'asked')
    .$if(organizationIds !== undefined, query =>
      query
        .where('organization_id', 'in', organizationIds ?? [])
        .where(isOpenTo(organizationIds ?? [], sql.ref('agency_request.account_id'))),
    )
    .executeTakeFirstOrThrow()
  return Number(count)
}
