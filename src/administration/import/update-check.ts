import { setImmediate as turn } from 'node:timers/promises'
import { sql } from 'kysely'
import { foldName } from '../../account/names.ts'
import { workColumns, workOf } from '../../account/work.ts'
import type { Store } from '../../store/store.ts'
import { inReach, isWhole, type Reach } from '../reach.ts'
import type { Progress } from './check.ts'
import { type Limits, lists } from './store.ts'
import {
  checkTogether,
  type Found,
  newEmailOf,
  planUpdate,
  type UpdateRow,
  type WrittenUpdate,
} from './update-rules.ts'

/** Rows that are checked before others get their turn. */
const slice = 200

/** Compares every row with the account that it means, as far as the agent sees it; writes nothing. */
export async function checkUpdates(
  { read }: Pick<Store, 'read'>,
  written: readonly WrittenUpdate[],
  { reach, role }: Pick<Limits, 'reach' | 'role'>,
  progress: Progress = () => {},
): Promise<readonly UpdateRow[]> {
  const rows: UpdateRow[] = []
  for (let from = 0; from < written.length; from += slice) {
    const some = written.slice(from, from + slice)
    const byUsername = await find(
      read,
      'username_key',
      some.map(({ username }) => username),
      reach,
    )
    const byEmail = await find(
      read,
      'email_key',
      some.filter(({ username }) => username === '').map(({ given }) => foldName(given.email ?? '')),
      reach,
    )
    for (const row of some) {
      const { username, given } = row
      const found = username === '' ? byEmail.get(foldName(given.email ?? '')) : byUsername.get(username)
      rows.push(planUpdate(row, found ?? [], role))
    }
    progress(rows.length)
    await turn()
  }
  return checkTogether(rows, await signInsBy(read, rows))
}

async function find(
  read: Store['read'],
  column: 'username_key' | 'email_key',
  keys: readonly string[],
  reach: Reach,
): Promise<ReadonlyMap<string, readonly Found[]>> {
  const found = new Map<string, readonly Found[]>()
  for (const list of lists(keys.filter(key => key !== ''))) {
    const rows = await read
      .selectFrom('account')
      .select(['id', 'username', 'version', 'role', 'first_name', 'last_name', 'email', ...workColumns])
      .select(column)
      .select(sql<number>`case when ${isWhole(reach)} then 1 else 0 end`.as('is_whole'))
      .where(column, 'in', list)
      .where(inReach(reach))
      .execute()
    for (const row of rows) {
      const { id, username, version, role, email } = row
      const names = { firstName: row.first_name, lastName: row.last_name, email }
      const account = { id, username, version, role, ...names, ...workOf(row), isWhole: row.is_whole === 1 }
      found.set(row[column], [...(found.get(row[column]) ?? []), account])
    }
  }
  return found
}

/** Who signs in with the new addresses. */
async function signInsBy(
  read: Store['read'],
  rows: readonly UpdateRow[],
): Promise<ReadonlyMap<string, string>> {
  const holders = new Map<string, string>()
  for (const list of lists(rows.flatMap(row => newEmailOf(row) ?? []))) {
    const found = await read
      .selectFrom('account')
      .select(['id', 'sign_in_email_key'])
      .where('sign_in_email_key', 'in', list)
      .execute()
    for (const { id, sign_in_email_key } of found) holders.set(sign_in_email_key ?? '', id)
    await turn()
  }
  return holders
}
