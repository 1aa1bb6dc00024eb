import { type SqlBool, sql } from 'kysely'
import type { Agent } from '../../administration/act.ts'
import type { Audit, AuditEvent } from '../../audit/audit.ts'
import { done, type Outcome, type RefusalOf, refuse } from '../../refusals.ts'
import { newId } from '../../store/ids.ts'
import type { Store, Tx } from '../../store/store.ts'
import { type Cursor, type Page, pageOf } from '../shared/paging.ts'
import type { NewsContent } from './rules.ts'

export type NewsCode = RefusalOf<'news'>

export interface NewsRow extends NewsContent {
  readonly id: string
  readonly version: number
}

const columns = [
  'id',
  'title',
  'text',
  'shown_from as shownFrom',
  'shown_until as shownUntil',
  'version',
] as const

const pageLength = 25

/** One page of all news, those with the latest beginning first. */
export async function readNewsList({ read }: Store, cursor: Cursor | undefined): Promise<Page<NewsRow>> {
  const backwards = cursor?.direction === 'before'
  const from =
    cursor &&
    (await read
      .selectFrom('news')
      .select(['id', 'shown_from'])
      .where('id', '=', cursor.id)
      .executeTakeFirst())
  const rows = await read
    .selectFrom('news')
    .select(columns)
    .$if(from !== undefined, query =>
      query.where(
        sql<SqlBool>`(shown_from, id) ${sql.raw(backwards ? '>' : '<')} (${from?.shown_from}, ${from?.id})`,
      ),
    )
    .orderBy('shown_from', backwards ? 'asc' : 'desc')
    .orderBy('id', backwards ? 'asc' : 'desc')
    .limit(pageLength + 1)
    .execute()
  return pageOf(rows, pageLength, backwards, from !== undefined)
}

export const readNews = ({ read }: Store, id: string): Promise<NewsRow | undefined> =>
  read.selectFrom('news').select(columns).where('id', '=', id).executeTakeFirst()

/** The agent, and the news as their page showed it. */
export interface NewsAct {
  readonly agent: Agent
  readonly id: string
  readonly seenVersion: number
}

type Parts = { readonly audit: Audit }

const recordOf = (
  { actor, address, requestId }: Agent,
  subject: string,
  event: 'sensitive_create' | 'sensitive_update',
  args: NonNullable<AuditEvent['args']>,
): AuditEvent => ({
  event,
  actor,
  subject,
  ...(address !== undefined && { address }),
  ...(requestId !== undefined && { requestId }),
  args: { what: 'news', ...args },
})

const columnsOf = ({ title, text, shownFrom, shownUntil }: NewsContent) => ({
  title,
  text,
  shown_from: shownFrom,
  shown_until: shownUntil,
})

/** Writes news. @returns their id. `now` in milliseconds since 1970. */
export async function createNews(
  { audit }: Parts,
  tx: Tx,
  agent: Agent,
  content: NewsContent,
  now: number,
): Promise<string> {
  const id = newId(now)
  await tx.db
    .insertInto('news')
    .values({ id, created_by: agent.actor, ...columnsOf(content) })
    .execute()
  await audit.record(tx, recordOf(agent, id, 'sensitive_create', { title: content.title }))
  return id
}

/** Rewrites news that still are what the page showed. */
export async function editNews(
  { audit }: Parts,
  tx: Tx,
  { agent, id, seenVersion }: NewsAct,
  content: NewsContent,
): Promise<Outcome<undefined, NewsCode>> {
  const changed = await tx.db
    .updateTable('news')
    .set({ ...columnsOf(content), version: sql<number>`version + 1` })
    .where('id', '=', id)
    .where('version', '=', seenVersion)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return refuse({ code: 'news.changed-meanwhile' })
  await audit.record(tx, recordOf(agent, id, 'sensitive_update', { change: 'edited', title: content.title }))
  return done(undefined)
}

/** Takes news away that still are what the page showed; what they said stays in the audit log by its title. */
export async function removeNews(
  { audit }: Parts,
  tx: Tx,
  { agent, id, seenVersion }: NewsAct,
): Promise<Outcome<undefined, NewsCode>> {
  const removed = await tx.db
    .deleteFrom('news')
    .where('id', '=', id)
    .where('version', '=', seenVersion)
    .returning('title')
    .executeTakeFirst()
  if (removed === undefined) return refuse({ code: 'news.changed-meanwhile' })
  await audit.record(tx, recordOf(agent, id, 'sensitive_update', { change: 'removed', title: removed.title }))
  return done(undefined)
}
