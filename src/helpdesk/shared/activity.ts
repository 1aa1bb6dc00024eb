import { sql } from 'kysely'
import { fullName } from '../../account/names.ts'
import { inReach, type Viewer } from '../../administration/reach.ts'
import type { Store } from '../../store/store.ts'

/** One line of the audit log. */
export interface ActivityRow {
  readonly at: number
  readonly event: string
  readonly args: string
  /** No account, somebody who had not signed in, the person themselves, or an agent. */
  readonly by: 'system' | 'anonymous' | 'person' | 'agent'
  /** The agent's name; null when it is not for the viewer's eyes. */
  readonly agent: string | null
  /** Whether the viewer may read why it was done, and from which address. */
  readonly isWhole: boolean
  readonly address: string | null
}

const mostActivity = 15

/**
 * What happened to one account, organization or workgroup, newest first; who only looked is asked for elsewhere. An agent
 * with a limit sees of what others did that it was done: no reason, no address, and no name from outside the limit.
 */
export async function readActivity(
  { read }: Store,
  id: string,
  { id: viewer, reach }: Viewer,
): Promise<readonly ActivityRow[]> {
  const rows = await read
    .selectFrom('audit_record')
    .leftJoin('account', 'account.id', 'audit_record.actor')
    .select(['at', 'event', 'args', 'actor', 'address', 'first_name', 'last_name'])
    .select(sql<number>`case when ${inReach(reach)} then 1 else 0 end`.as('is_seen'))
    .where('subject', '=', id)
    .where(sql<string>`event || ''`, '<>', 'sensitive_read')
    .orderBy('at', 'desc')
    .orderBy('audit_record.id', 'desc')
    .limit(mostActivity)
    .execute()
  return rows.map(row => {
    const isAgent = row.actor !== id && row.first_name !== null
    const isNamed = isAgent && (row.is_seen === 1 || row.actor === viewer)
    return {
      at: row.at,
      event: row.event,
      args: row.args,
      by:
        row.actor === id ? 'person' : row.actor === 'anonymous' ? 'anonymous' : isAgent ? 'agent' : 'system',
      agent: isNamed ? fullName(row.first_name ?? '', row.last_name ?? '') : null,
      isWhole: reach === undefined || row.actor === viewer,
      address: reach === undefined ? row.address : null,
    }
  })
}
