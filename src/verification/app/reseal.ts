import type { Services } from '../../session/services.ts'

/** Rows looked at in one go. */
const portion = 500

/**
 * Seals the keys of all authenticator apps with the current key of the secret file, so that a former key opens none of
 * them in a later copy of the store. Somebody's change at the same moment wins.
 * @returns how many were sealed anew.
 */
export async function resealAuthenticators({
  store,
  keyring,
}: Pick<Services, 'store' | 'keyring'>): Promise<number> {
  let resealed = 0
  let after = ''
  for (;;) {
    const rows = await store.read
      .selectFrom('authenticator')
      .select(['id', 'account_id', 'secret_sealed'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(portion)
      .execute()
    const older = rows.filter(({ secret_sealed }) => !secret_sealed.startsWith(`${keyring.currentId}.`))
    resealed += await store.write(async ({ db }) => {
      let changed = 0
      for (const { id, account_id, secret_sealed } of older) {
        const secret = keyring.open(secret_sealed, account_id)
        if (secret === undefined) continue
        const { numUpdatedRows } = await db
          .updateTable('authenticator')
          .set({ secret_sealed: keyring.seal(secret, account_id) })
          .where('id', '=', id)
          .where('secret_sealed', '=', secret_sealed)
          .executeTakeFirst()
        changed += Number(numUpdatedRows)
      }
      return changed
    })
    const last = rows.at(-1)
    if (last === undefined || rows.length < portion) return resealed
    after = last.id
  }
}
