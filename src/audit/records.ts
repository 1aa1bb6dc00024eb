import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { AuditRecordTable, Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { csvLine } from '../web/csv.ts'

/** The columns of a record, in the order in which they are read, verified and exported. */
export const recordColumns = [
  'id',
  'at',
  'event',
  'actor',
  'subject',
  'address',
  'request_id',
  'args',
  'chain_id',
  'position',
  'key_id',
  'hmac',
] as const satisfies readonly (keyof AuditRecordTable)[]

/** Which records are meant; what is undefined does not limit. */
export interface RecordFilter {
  /** Account that it was done to. */
  readonly subject?: string | undefined
  readonly actor?: string | undefined
  readonly event?: string | undefined
  /** Milliseconds since 1970: from this moment on, and before that one. */
  readonly from?: number | undefined
  readonly before?: number | undefined
}

/** The position of a record in the order of time. */
export type RecordPosition = Pick<AuditRecordTable, 'at' | 'id'>

interface RecordPage {
  /** Records beyond this position only. */
  readonly beyond?: RecordPosition | undefined
  readonly order: 'newest-first' | 'oldest-first'
  readonly limit: number
}

type Records = ExpressionBuilder<Database, 'audit_record'>

/**
 * A column that another condition narrows better: said so that no engine walks its index instead. One person's records
 * are few, those of one event may be most of the log.
 */
const unindexed = (column: 'actor' | 'event', value: string) =>
  sql<SqlBool>`${sql.ref(`audit_record.${column}`)} || '' = ${value}`

function meant(eb: Records, filter: RecordFilter): Expression<SqlBool> {
  const { subject, actor, event, from, before } = filter
  return eb.and([
    ...(subject === undefined ? [] : [eb('subject', '=', subject)]),
    ...(actor === undefined
      ? []
      : [subject === undefined ? eb('actor', '=', actor) : unindexed('actor', actor)]),
    ...(event === undefined
      ? []
      : [subject === undefined && actor === undefined ? eb('event', '=', event) : unindexed('event', event)]),
    ...(from === undefined ? [] : [eb('at', '>=', from)]),
    ...(before === undefined ? [] : [eb('at', '<', before)]),
  ])
}

/** One page of the records that are meant, in the order asked for. */
export function readRecords(
  { read }: Store,
  filter: RecordFilter,
  page: RecordPage,
): Promise<AuditRecordTable[]> {
  const [sign, order] = page.order === 'newest-first' ? (['<', 'desc'] as const) : (['>', 'asc'] as const)
  const { beyond } = page
  return read
    .selectFrom('audit_record')
    .select(recordColumns)
    .where(eb => meant(eb, filter))
    .$if(beyond !== undefined, query =>
      query
        .where('at', `${sign}=`, beyond?.at ?? 0)
        .where(eb => eb.or([eb('at', sign, beyond?.at ?? 0), eb('id', sign, beyond?.id ?? '')])),
    )
    .orderBy('at', order)
    .orderBy('id', order)
    .limit(page.limit)
    .execute()
}

/** Records read at once by a walk: few enough that nobody else waits long for the turn after it. */
const walkLength = 500

/** All records that are meant, oldest first, page by page; others get their turn between two pages. */
export async function* walkRecords(
  store: Store,
  filter: RecordFilter,
): AsyncGenerator<readonly AuditRecordTable[]> {
  for (let beyond: RecordPosition | undefined; ; ) {
    const page = await readRecords(store, filter, { beyond, order: 'oldest-first', limit: walkLength })
    yield page
    if (page.length < walkLength) return
    beyond = page.at(-1)
    await nextTurn()
  }
}

const timeOf = (record: AuditRecordTable): string => new Date(record.at).toISOString()

/** The line of CSV above the records. */
export const recordHeading: string = csvLine(recordColumns)

/** A record as a line of CSV; its time in UTC. */
export const recordLine = (record: AuditRecordTable): string =>
  csvLine(recordColumns.map(name => (name === 'at' ? timeOf(record) : record[name])))

/** A record as a line of JSON; its time in UTC. */
export const recordJson = (record: AuditRecordTable): string =>
  `${JSON.stringify({ ...record, at: timeOf(record), args: JSON.parse(record.args) })}\n`
