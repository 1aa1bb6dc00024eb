import { forgetBrowsers } from '../account/store.ts'
import type { Policy } from '../policy/table.ts'
import type { Store, Tx } from '../store/store.ts'
import type { StoredHash } from './hashing.ts'

interface HashRow {
  readonly encoded: string
  readonly pepper_id: string
}

const toStored = ({ encoded, pepper_id }: HashRow): StoredHash => ({ encoded, pepperId: pepper_id })

/** The hash in force and the former ones, newest first. */
export async function readHashes(
  { read }: Store,
  accountId: string,
  former: number,
): Promise<{ readonly current: StoredHash | undefined; readonly former: readonly StoredHash[] }> {
  const current = await read
    .selectFrom('credential')
    .select(['encoded', 'pepper_id'])
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  const history = await read
    .selectFrom('password_history')
    .select(['encoded', 'pepper_id'])
    .where('account_id', '=', accountId)
    .orderBy('set_at', 'desc')
    .limit(former)
    .execute()
  return { current: current && toStored(current), former: history.map(toStored) }
}

/** Names of the organizations of a person, for the words that a password may not be. */
export async function organizationNames({ read }: Store, accountId: string): Promise<readonly string[]> {
  const rows = await read
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select('name')
    .where('account_id', '=', accountId)
    .execute()
  return rows.map(({ name }) => name)
}

/** Puts a person's own password in force; the one before goes to the history, unless it was a temporary one. */
export async function setOwnPassword(
  tx: Tx,
  accountId: string,
  hash: StoredHash,
  policy: Policy,
  now: number,
): Promise<void> {
  await keepFormer(tx, accountId)
  await putCredential(tx, accountId, hash, { isTemporary: 0, expiresAt: null }, now)
  await unblock(tx, accountId)
  await trimHistory(tx, accountId, policy.passwordHistory)
}

/** Puts a temporary password in force; the one before stops working, and goes to the history if it was the person's own. */
export async function setTemporaryPassword(
  tx: Tx,
  accountId: string,
  hash: StoredHash,
  policy: Policy,
  now: number,
): Promise<void> {
  await keepFormer(tx, accountId)
  await putCredential(
    tx,
    accountId,
    hash,
    { isTemporary: 1, expiresAt: now + policy.temporaryPasswordHours * 3_600_000 },
    now,
  )
  await unblock(tx, accountId)
}

/** A new password opens the account again, to browsers that are strangers until they have signed in with it. */
async function unblock(tx: Tx, accountId: string): Promise<void> {
  await tx.db.updateTable('account').set({ password_blocked_at: null }).where('id', '=', accountId).execute()
  await forgetBrowsers(tx, accountId)
}

/** A password of the person's own must not come back, also not by way of a temporary one. */
async function keepFormer(tx: Tx, accountId: string): Promise<void> {
  const own = await tx.db
    .selectFrom('credential')
    .select(['set_at', 'encoded', 'pepper_id'])
    .where('account_id', '=', accountId)
    .where('is_temporary', '=', 0)
    .executeTakeFirst()
  if (own !== undefined)
    await tx.db
      .insertInto('password_history')
      .values({ account_id: accountId, ...own })
      .execute()
}

async function putCredential(
  tx: Tx,
  accountId: string,
  hash: StoredHash,
  kind: { readonly isTemporary: 0 | 1; readonly expiresAt: number | null },
  now: number,
): Promise<void> {
  const columns = {
    encoded: hash.encoded,
    pepper_id: hash.pepperId,
    is_temporary: kind.isTemporary,
    expires_at: kind.expiresAt,
    set_at: now,
  }
  await tx.db
    .insertInto('credential')
    .values({ account_id: accountId, ...columns })
    .onConflict(conflict => conflict.column('account_id').doUpdateSet(columns))
    .execute()
}

async function trimHistory(tx: Tx, accountId: string, keep: number): Promise<void> {
  const kept = tx.db
    .selectFrom('password_history')
    .select('set_at')
    .where('account_id', '=', accountId)
    .orderBy('set_at', 'desc')
    .limit(keep)
  await tx.db
    .deleteFrom('password_history')
    .where('account_id', '=', accountId)
    .where('set_at', 'not in', kept)
    .execute()
}
