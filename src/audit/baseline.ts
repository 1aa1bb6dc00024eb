import { setImmediate as turn } from 'node:timers/promises'
import type { Store } from '../store/store.ts'
import { accountsThen } from './access-then.ts'
import type { Audit } from './audit.ts'

/** Says that the log holds who has access. */
const begun = 'access is in the log'
/** Accounts read and recorded at once. */
const atOnce = 500

/**
 * Writes down, once for each store, how everything stood when the log began to hold who has access: a record for each
 * account, organization and workgroup, and one at the end, all in one transaction. Of processes that start together one
 * does it and the others wait for it. Days before it were not recorded.
 */
export async function recordBaseline(store: Store, audit: Audit): Promise<void> {
  if (await isBegun(store)) return
  await store.write(async tx => {
    const claimed = await tx.db
      .insertInto('counter')
      .values({ name: begun, value: 1 })
      .onConflict(conflict => conflict.doNothing())
      .returning('name')
      .executeTakeFirst()
    if (claimed === undefined) return
    for (const kind of ['organization', 'workgroup'] as const)
      for (const { id, name, retired_at } of await tx.db
        .selectFrom(kind)
        .select(['id', 'name', 'retired_at'])
        .execute())
        await audit.record(tx, {
          event: 'access_baseline',
          actor: 'system',
          subject: id,
          args: { of: kind, name, retiredAt: retired_at },
        })
    let accounts = 0
    for (let after = ''; ; ) {
      const rows = await tx.db
        .selectFrom('account')
        .select('id')
        .where('id', '>', after)
        .orderBy('id')
        .limit(atOnce)
        .execute()
      const [first, ...rest] = [
        ...(await accountsThen(
          tx.db,
          rows.map(({ id }) => id),
        )),
      ].map(([subject, account]) => ({
        event: 'access_baseline' as const,
        actor: 'system',
        subject,
        args: { of: 'account' as const, ...account },
      }))
      if (first === undefined) break
      await audit.record(tx, first, ...rest)
      accounts += rows.length
      after = rows.at(-1)?.id ?? after
      await turn()
    }
    await audit.record(tx, {
      event: 'access_baseline',
      actor: 'system',
      args: { of: 'everything', accounts },
    })
  })
}

async function isBegun({ read }: Store): Promise<boolean> {
  const row = await read.selectFrom('counter').select('value').where('name', '=', begun).executeTakeFirst()
  return row !== undefined
}
