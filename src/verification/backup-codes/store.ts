import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Keyring } from '../../store/keyring.ts'
import type { Store, Tx } from '../../store/store.ts'
import { keyedHashes } from '../common/keyed-hash.ts'
import type { Verdict } from '../common/way.ts'
import { backupCodeBytes, backupCodeFrom, codesAtOnce, parseBackupCode } from './code.ts'

const backupHashes = (keyring: Keyring, accountId: string, code: string): [string, ...string[]] =>
  keyedHashes(keyring, `backup-code ${accountId} ${code}`)

/** Takes a backup code (16 characters, as `parseBackupCode` gives them) once. */
export async function takeBackupCode(
  tx: Tx,
  keyring: Keyring,
  accountId: string,
  code: string,
  now: number,
): Promise<Verdict> {
  const hashes = backupHashes(keyring, accountId, code)
  const claimed = await tx.db
    .updateTable('backup_code')
    .set({ used_at: now })
    .where('account_id', '=', accountId)
    .where('code_hash', 'in', hashes)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (claimed.numUpdatedRows === 1n) return 'right'
  const known = await tx.db
    .selectFrom('backup_code')
    .select('used_at')
    .where('account_id', '=', accountId)
    .where('code_hash', 'in', hashes)
    .executeTakeFirst()
  return known === undefined ? 'wrong' : 'used'
}

/** How many backup codes of an account still work. */
export async function backupCodesLeft(db: Store['read'], accountId: string): Promise<number> {
  const row = await db
    .selectFrom('backup_code')
    .select(sql<number>`count(*)`.as('left'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.left
}

/** Makes ten codes and kills those before. @returns them as they are shown, this once. */
export async function replaceBackupCodes(
  tx: Tx,
  keyring: Keyring,
  accountId: string,
  now: number,
): Promise<readonly string[]> {
  const codes = Array.from({ length: codesAtOnce }, () => backupCodeFrom(randomBytes(backupCodeBytes)))
  await removeBackupCodes(tx, accountId)
  await tx.db
    .insertInto('backup_code')
    .values(
      codes.map(code => ({
        account_id: accountId,
        code_hash: backupHashes(keyring, accountId, parseBackupCode(code) ?? '')[0],
        made_at: now,
        used_at: null,
      })),
    )
    .execute()
  return codes
}

/** Takes all backup codes of an account away. */
export async function removeBackupCodes(tx: Tx, accountId: string): Promise<void> {
  await tx.db.deleteFrom('backup_code').where('account_id', '=', accountId).execute()
}
