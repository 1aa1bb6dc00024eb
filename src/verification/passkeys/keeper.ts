import type { PasskeyKind } from '../../store/schema.ts'
import type { Keeper } from '../common/own-way.ts'
import { readPasskeys, removePasskeys } from './store.ts'

/** The passkeys or the security keys of a person. */
export const keptKeys = (kind: PasskeyKind): Keeper => ({
  async list(db, accountId) {
    const own = await readPasskeys(db, accountId)
    return own.filter(key => key.kind === kind).map(key => ({ ...key, synced: key.backedUp, host: key.rpId }))
  },
  async rename(tx, accountId, id, name) {
    const named = await tx.db
      .updateTable('passkey')
      .set({ name })
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .where('public_key_sealed', 'is not', null)
      .executeTakeFirst()
    return named.numUpdatedRows === 1n
  },
  removeOne: async (tx, accountId, id) => (await removePasskeys(tx, accountId, id)) === 1,
})
