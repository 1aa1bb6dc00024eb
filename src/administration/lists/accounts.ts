import { setImmediate as turn } from 'node:timers/promises'
import { stateColumns, stateOf } from '../../account/rules.ts'
import type { Store } from '../../store/store.ts'
import { inReach, type Reach } from '../reach.ts'
import type { OurAccount } from './compare.ts'

/** Accounts read at once: few enough that nobody else waits long for the turn after them. */
const atOnce = 1_000

/** Everyone whom an agent with this limit may see. */
export async function readOurs({ read }: Pick<Store, 'read'>, reach: Reach): Promise<readonly OurAccount[]> {
  const accounts: OurAccount[] = []
  for (let after = ''; ; ) {
    const rows = await read
      .selectFrom('account')
      .select(['id', 'username', 'first_name', 'last_name', 'email', ...stateColumns])
      .where('id', '>', after)
      .where(inReach(reach))
      .orderBy('id')
      .limit(atOnce)
      .execute()
    for (const row of rows)
      accounts.push({
        ...{ id: row.id, username: row.username, email: row.email, state: stateOf(row) },
        ...{ firstName: row.first_name, lastName: row.last_name },
      })
    if (rows.length < atOnce) return accounts
    after = rows.at(-1)?.id ?? ''
    await turn()
  }
}
