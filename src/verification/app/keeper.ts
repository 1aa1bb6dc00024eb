import type { Keeper } from '../common/own-way.ts'
import { readApps } from './store.ts'

/** The authenticator apps of a person. */
export const keptApps: Keeper = {
  async list(db, accountId) {
    return (await readApps(db, accountId)).map(app => ({ kind: 'app', ...app }))
  },
  async rename(tx, accountId, id, name) {
    const named = await tx.db
      .updateTable('authenticator')
      .set({ name })
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    return named.numUpdatedRows === 1n
  },
  async removeOne(tx, accountId, id) {
    const removed = await tx.db
      .deleteFrom('authenticator')
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    return removed.numDeletedRows === 1n
  },
}
