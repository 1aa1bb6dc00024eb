import { DatabaseSync } from 'node:sqlite'
import type { Settings } from '../settings.ts'
import { sqliteFile } from '../store/store.ts'
import { askPostgres } from './open.ts'

/** How one account stands in a store, as far as a restore may change it for the worse. */
export interface Standing {
  readonly id: string
  readonly username: string
  readonly role: string
  /** What shuts it, in the words of the console; empty: nothing. */
  readonly state: string
  /** When its password was set. Milliseconds since 1970; 0: it has none. */
  readonly setAt: number
}

/** What a restore undoes, by username. */
interface Undone {
  /** Shut since the backup, and open again. */
  readonly reopened: readonly string[]
  /** Another role since, and the former one again. */
  readonly roles: readonly string[]
  /** Another password since, and the former one works again. */
  readonly passwords: readonly string[]
  /** Made since, and gone. */
  readonly gone: readonly string[]
}

const query = (now: number) => `select account.id as id, username, role, coalesce(set_at, 0) as set_at,
  case when deactivated_at is not null then 'Deactivated'
    when suspended_until > ${Math.trunc(now)} then 'Suspended'
    when leaving_at <= ${Math.trunc(now)} then 'Closed on its date'
    when password_blocked_at is not null then 'Locked down' else '' end as state
  from account left join credential on credential.account_id = account.id order by username_key`

interface Row extends Omit<Standing, 'setAt'> {
  readonly set_at: number | string
}

/** How every account stands in the store of these settings, which is only read; undefined when it cannot be. */
export async function readStandings(
  { DATABASE_URL, LINTEL_DATA }: Settings,
  now: number,
): Promise<readonly Standing[] | undefined> {
  try {
    const rows =
      DATABASE_URL === undefined
        ? readFile(sqliteFile(LINTEL_DATA), query(now))
        : await askPostgres<Row>(DATABASE_URL, query(now))
    return rows.map(({ set_at, ...row }) => ({ ...row, setAt: Number(set_at) }))
  } catch {
    return undefined
  }
}

function readFile(file: string, text: string): readonly Row[] {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return database.prepare(text).all() as unknown as Row[]
  } finally {
    database.close()
  }
}

/** Compares the store that was there with the one brought back. Pure. */
export function undone(there: readonly Standing[], back: readonly Standing[]): Undone {
  const before = new Map(back.map(each => [each.id, each]))
  const known = there.flatMap(now => {
    const then = before.get(now.id)
    return then === undefined ? [] : [{ now, then }]
  })
  return {
    reopened: known
      .filter(({ now, then }) => now.state !== '' && then.state === '')
      .map(({ now }) => `${now.username} (${now.state})`),
    roles: known
      .filter(({ now, then }) => now.role !== then.role)
      .map(({ now, then }) => `${now.username} (${then.role}, was ${now.role})`),
    passwords: known.filter(({ now, then }) => now.setAt > then.setAt).map(({ now }) => now.username),
    gone: there.filter(({ id }) => !before.has(id)).map(({ username }) => username),
  }
}

/** The same in sentences, each with what to do before Lintel is started. */
export function undoneInWords({ reopened, roles, passwords, gone }: Undone): readonly string[] {
  const line = (names: readonly string[], text: string) =>
    names.length === 0 ? [] : [`${text}: ${names.join(', ')}.`]
  return [
    ...line(
      reopened,
      'Shut since the backup, and open again. Shut them ("lintel account deactivate NAME") before you start Lintel',
    ),
    ...line(roles, 'Another role since the backup, and the former one again'),
    ...line(
      passwords,
      'Another password since the backup, and the former one works again. If one was changed because it was stolen, reset it',
    ),
    ...line(gone, 'Made since the backup, and gone'),
  ]
}
