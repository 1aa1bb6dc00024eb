import { fullName } from '../../account/names.ts'
import type { Store } from '../../store/store.ts'

/** One line of the audit log. */
export interface ActivityRow {
  readonly at: number
  readonly event: string
  readonly args: string
  /** The agent's name; null when no account did it, or it was the person. */
  readonly agent: string | null
  readonly byPerson: boolean
  readonly address: string | null
}

const mostActivity = 15

/** Changes to and by one account, newest first. */
export async function readActivity({ read }: Store, id: string): Promise<readonly ActivityRow[]> {
  const rows = await read
    .selectFrom('audit_record')
    .leftJoin('account', 'account.id', 'audit_record.actor')
    .select(['at', 'event', 'args', 'actor', 'address', 'first_name', 'last_name'])
    .where('subject', '=', id)
    .orderBy('at', 'desc')
    .orderBy('audit_record.id', 'desc')
    .limit(mostActivity)
    .execute()
  return rows.map(row => ({
    at: row.at,
    event: row.event,
    args: row.args,
    agent: row.actor === id || row.first_name === null ? null : fullName(row.first_name, row.last_name ?? ''),
    byPerson: row.actor === id || row.actor === 'anonymous',
    address: row.address,
  }))
}
