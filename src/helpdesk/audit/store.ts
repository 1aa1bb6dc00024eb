import { foldName, fullName } from '../../account/names.ts'
import { inReach, isId, type Reach } from '../../administration/reach.ts'
import { type RecordFilter, type RecordPosition, readRecords } from '../../audit/records.ts'
import type { Session } from '../../session/visitor.ts'
import type { AuditRecordTable } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { pageOf } from '../shared/paging.ts'
import { type AuditQuestion, type AuditSearch, isNoAccount, readDays } from './rules.ts'

/** The records that are meant, or why none are. */
export type Meant =
  | { readonly is: 'meant'; readonly filter: RecordFilter }
  /** Fields of which nothing can be made. */
  | { readonly is: 'unclear'; readonly fields: readonly ('person' | 'agent' | 'from' | 'to')[] }
  /** Somebody else's doings, which only administrators read. */
  | { readonly is: 'not-theirs' }

/**
 * Turns what was asked for into a filter. Administrators read everything; the helpdesk reads what they did themselves
 * (ASVS V8.2.2), and finds nobody outside their organizations.
 */
export async function meantBy(
  store: Store,
  asked: AuditQuestion,
  session: Pick<Session, 'person'>,
  reach: Reach,
  timeZone: string,
): Promise<Meant> {
  const { id: own, role } = session.person
  const [subject, actor] = [
    await accountOf(store, asked.person, reach),
    isNoAccount(asked.agent) ? asked.agent : await accountOf(store, asked.agent, undefined),
  ]
  if (role !== 'administrator' && asked.agent !== '' && actor !== own) return { is: 'not-theirs' }
  const { wrong, ...days } = readDays(asked, timeZone)
  const fields = [
    ...(asked.person !== '' && subject === undefined ? (['person'] as const) : []),
    ...(asked.agent !== '' && actor === undefined ? (['agent'] as const) : []),
    ...wrong,
  ]
  if (fields.length > 0) return { is: 'unclear', fields }
  return {
    is: 'meant',
    filter: { ...days, subject, event: asked.event, actor: role === 'administrator' ? actor : own },
  }
}

/** The id of an account by its username or id, when it is there for this agent. */
async function accountOf({ read }: Store, text: string, reach: Reach): Promise<string | undefined> {
  if (text === '') return undefined
  const found = await read
    .selectFrom('account')
    .select('id')
    .where(isId(text) ? 'account.id' : 'username_key', '=', isId(text) ? text : foldName(text))
    .where(inReach(reach))
    .executeTakeFirst()
  return found?.id
}

export interface AuditPage {
  readonly records: readonly AuditRecordTable[]
  /** Names of the accounts in them that this agent may see. */
  readonly names: ReadonlyMap<string, string>
  readonly newer: RecordPosition | undefined
  readonly older: RecordPosition | undefined
}

const pageLength = 50

/** One page of the log, newest first. */
export async function readAuditPage(
  store: Store,
  filter: RecordFilter,
  cursor: AuditSearch['cursor'],
  reach: Reach,
): Promise<AuditPage> {
  const isBackwards = cursor?.direction === 'newer'
  const rows = await readRecords(store, filter, {
    beyond: cursor,
    order: isBackwards ? 'oldest-first' : 'newest-first',
    limit: pageLength + 1,
  })
  const page = pageOf(rows, pageLength, isBackwards, cursor !== undefined)
  return {
    records: page.rows,
    names: await readNames(store, page.rows, reach),
    newer: page.hasPrevious ? page.rows[0] : undefined,
    older: page.hasNext ? page.rows.at(-1) : undefined,
  }
}

async function readNames(
  { read }: Store,
  records: readonly AuditRecordTable[],
  reach: Reach,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(records.flatMap(({ actor, subject }) => [actor, subject ?? '']))].filter(isId)
  if (ids.length === 0) return new Map()
  const rows = await read
    .selectFrom('account')
    .select(['id', 'first_name', 'last_name'])
    .where('id', 'in', ids)
    .where(inReach(reach))
    .execute()
  return new Map(rows.map(row => [row.id, fullName(row.first_name, row.last_name)]))
}
