import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { tokenMark } from '../session/current.ts'
import type { Services } from '../session/services.ts'
import type { Pending } from '../session/visitor.ts'
import { hashToken, newToken } from '../store/ids.ts'
import type { Keyring } from '../store/keyring.ts'
import { preparedIn, type SlotOf } from '../store/prepared.ts'
import type { Store, Tx } from '../store/store.ts'
import { backupCodeBytes, backupCodeFrom, codesAtOnce, parseBackupCode } from './rules.ts'
import { matchCode } from './totp.ts'

/** What became of an entry: taken now, taken before, or not right. */
export type Verdict = 'right' | 'used' | 'wrong'

const readApp = preparedIn((db, slot: SlotOf<'account'>) =>
  db
    .selectFrom('authenticator')
    .select(['secret_sealed', 'last_step'])
    .where('account_id', '=', slot<string>('account')),
)

const claimStep = preparedIn((db, slot: SlotOf<'account' | 'sealed' | 'step'>) =>
  db
    .updateTable('authenticator')
    .set({ last_step: slot<number>('step') })
    .where('account_id', '=', slot<string>('account'))
    .where('secret_sealed', '=', slot<string>('sealed'))
    .where('last_step', '<', slot<number>('step')),
)

/** Checks a code of six digits and takes its step. The update is the claim: one of any number at once succeeds. */
export async function takeStep(
  tx: Tx,
  keyring: Keyring,
  accountId: string,
  code: string,
  now: number,
): Promise<Verdict> {
  const [row] = (await readApp(tx, { account: accountId })).rows
  if (row === undefined) return 'wrong'
  const secret = keyring.open(row.secret_sealed, accountId)
  if (secret === undefined)
    throw new Error(`The authenticator of ${accountId} cannot be opened with these keys.`)
  const match = matchCode(secret, code, now, row.last_step)
  if (match.kind !== 'right') return match.kind
  const claim = { account: accountId, sealed: row.secret_sealed, step: match.step }
  return (await claimStep(tx, claim)).numAffectedRows === 1n ? 'right' : 'used'
}

/** What the store keeps of a backup code, by the current key first and then each older one. */
function backupHashes(keyring: Keyring, accountId: string, code: string): [string, ...string[]] {
  const text = `backup-code ${accountId} ${code}`
  const older = keyring.ids
    .filter(id => id !== keyring.currentId)
    .map(id =>
      createHmac('sha256', keyring.key('name', id) ?? '')
        .update(text)
        .digest('base64url'),
    )
  return [keyring.sign('name', text), ...older]
}

/** Takes a backup code (16 signs, as `parseBackupCode` gives them) once. */
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
  await tx.db.deleteFrom('backup_code').where('account_id', '=', accountId).execute()
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

/** A paired app as it is stored first: the step of the code that proved it counts as used. */
export interface NewAuthenticator {
  readonly accountId: string
  /** Base32. */
  readonly secret: string
  readonly step: number
}

const columnsOf = ({ keyring }: Pick<Services, 'keyring'>, given: NewAuthenticator, now: number) => ({
  secret_sealed: keyring.seal(given.secret, given.accountId),
  last_step: given.step,
  turned_on_at: now,
})

/** @returns false when the account has an authenticator already. */
export async function addAuthenticator(
  services: Pick<Services, 'keyring'>,
  tx: Tx,
  given: NewAuthenticator,
  now: number,
): Promise<boolean> {
  const added = await tx.db
    .insertInto('authenticator')
    .values({ account_id: given.accountId, ...columnsOf(services, given, now) })
    .onConflict(conflict => conflict.column('account_id').doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** Puts another app in the place of the one there is. @returns false when there is none. */
export async function changeAuthenticator(
  services: Pick<Services, 'keyring'>,
  tx: Tx,
  given: NewAuthenticator,
  now: number,
): Promise<boolean> {
  const changed = await tx.db
    .updateTable('authenticator')
    .set(columnsOf(services, given, now))
    .where('account_id', '=', given.accountId)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** Takes the app and all backup codes away. @returns false when there was no app. */
export async function removeAuthenticator(tx: Tx, accountId: string): Promise<boolean> {
  const removed = await tx.db
    .deleteFrom('authenticator')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  await tx.db.deleteFrom('backup_code').where('account_id', '=', accountId).execute()
  return removed.numDeletedRows === 1n
}

/**
 * Notes in a pending sign-in that the second step is proven, under a new id: what the browser held before is dead
 * (ASVS V7.2.4).
 * @returns the new cookie value; undefined when the row is gone or dead.
 */
export async function proveStep(
  tx: Tx,
  pending: Pending,
  now: number,
  changes: { readonly failures: number; readonly epoch: number },
): Promise<string | undefined> {
  const token = newToken()
  const proven = await tx.db
    .updateTable('pending_sign_in')
    .set({
      id_hash: hashToken(token),
      code_proven_at: now,
      epoch: changes.epoch,
      failures_before: sql<number>`failures_before + ${changes.failures}`,
    })
    .where('id_hash', '=', pending.idHash)
    .where('epoch', '=', pending.person.epoch)
    .executeTakeFirst()
  return proven.numUpdatedRows === 1n ? tokenMark.pending + token : undefined
}
