import { sql } from 'kysely'
import { newId } from '../../store/ids.ts'
import type { Keyring } from '../../store/keyring.ts'
import { sealedIn } from '../../store/reseal.ts'
import type { PasskeyKind, PasskeyTable } from '../../store/schema.ts'
import type { Store, Tx } from '../../store/store.ts'
import type { AuthData } from './answer.ts'
import { isCopy, type KeptState } from './rules.ts'

/** One of a person's passkeys or security keys. Times are milliseconds since 1970. */
export interface Passkey extends KeptState {
  readonly id: string
  readonly accountId: string
  readonly kind: PasskeyKind
  readonly credentialId: string
  /** The host that it works at. */
  readonly rpId: string
  readonly userHandle: string
  readonly backedUp: boolean
  readonly transports: readonly string[]
  readonly name: string
  readonly addedAt: number
  readonly lastUsedAt: number | null
}

type Row = Omit<PasskeyTable, 'public_key_sealed'>

const columns = [
  'id',
  'account_id',
  'kind',
  'credential_id',
  'user_handle',
  'rp_id',
  'backup_eligible',
  'backed_up',
  'sign_count',
  'transports',
  'name',
  'added_at',
  'last_used_at',
] as const satisfies readonly (keyof Row)[]

const passkeyOf = (row: Row): Passkey => ({
  id: row.id,
  accountId: row.account_id,
  kind: row.kind,
  credentialId: row.credential_id,
  rpId: row.rp_id,
  userHandle: row.user_handle,
  backupEligible: row.backup_eligible === 1,
  backedUp: row.backed_up === 1,
  signCount: row.sign_count,
  transports: row.transports.split(' ').filter(Boolean),
  name: row.name,
  addedAt: row.added_at,
  lastUsedAt: row.last_used_at,
})

/** What a key is sealed with: everything of its row that never changes, so that no row can be moved or made up. */
const contextOf = (row: {
  readonly id: string
  readonly account: string
  readonly kind: string
  readonly credential: string
  readonly handle: string
  readonly rp: string
  readonly eligible: string | number
}): string =>
  `passkey ${row.id} ${row.account} ${row.kind} ${row.credential} ${row.handle} ${row.rp} ${row.eligible}`

export const sealedPasskeys = sealedIn(
  'passkey',
  'public_key_sealed',
  'id',
  {
    id: sql.ref('id'),
    account: sql.ref('account_id'),
    kind: sql.ref('kind'),
    credential: sql.ref('credential_id'),
    handle: sql.ref('user_handle'),
    rp: sql.ref('rp_id'),
    eligible: sql.ref('backup_eligible'),
  },
  contextOf,
)

const contextOfPasskey = (passkey: Passkey): string =>
  contextOf({
    id: passkey.id,
    account: passkey.accountId,
    kind: passkey.kind,
    credential: passkey.credentialId,
    handle: passkey.userHandle,
    rp: passkey.rpId,
    eligible: passkey.backupEligible ? 1 : 0,
  })

/** The passkeys and security keys of an account, the oldest first. */
export async function readPasskeys(db: Store['read'], accountId: string): Promise<readonly Passkey[]> {
  const rows = await db
    .selectFrom('passkey')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('public_key_sealed', 'is not', null)
    .orderBy('added_at')
    .orderBy('id')
    .execute()
  return rows.map(passkeyOf)
}

/** A credential with its public key, as it was stored by us. */
export interface Known {
  readonly passkey: Passkey
  /** Undefined: this row was not written by us, or with a key that is retired. */
  readonly publicKey: string | undefined
}

/** Whose credential it is that a browser names. Undefined: nobody's, or it was removed. */
export async function findPasskey(
  db: Store['read'],
  keyring: Keyring,
  credentialId: string,
): Promise<Known | undefined> {
  const row = await db
    .selectFrom('passkey')
    .select([...columns, 'public_key_sealed'])
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
  if (row === undefined || row.public_key_sealed === null) return undefined
  const passkey = passkeyOf(row)
  return { passkey, publicKey: keyring.open(row.public_key_sealed, contextOfPasskey(passkey)) }
}

/** How an account is known to authenticators: the same for all of its keys, and nothing that names the person. */
export async function userHandleOf(db: Store['read'], keyring: Keyring, accountId: string): Promise<string> {
  const known = await db
    .selectFrom('passkey')
    .select('user_handle')
    .where('account_id', '=', accountId)
    .orderBy('added_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return known?.user_handle ?? keyring.sign('name', `user handle ${accountId}`)
}

export type NewPasskey = Omit<Passkey, 'id' | 'addedAt' | 'lastUsedAt'> & { readonly publicKey: string }

/** Adds a credential that no account has had. @returns its id; undefined when one has, this one or another. */
export async function addPasskey(
  tx: Tx,
  keyring: Keyring,
  { publicKey, ...given }: NewPasskey,
  now: number,
): Promise<string | undefined> {
  const passkey: Passkey = { ...given, id: newId(now), addedAt: now, lastUsedAt: null }
  const added = await tx.db
    .insertInto('passkey')
    .values({
      id: passkey.id,
      account_id: passkey.accountId,
      kind: passkey.kind,
      credential_id: passkey.credentialId,
      public_key_sealed: keyring.seal(publicKey, contextOfPasskey(passkey)),
      user_handle: passkey.userHandle,
      rp_id: passkey.rpId,
      backup_eligible: passkey.backupEligible ? 1 : 0,
      backed_up: passkey.backedUp ? 1 : 0,
      sign_count: passkey.signCount,
      transports: passkey.transports.join(' '),
      name: passkey.name,
      added_at: now,
      last_used_at: null,
    })
    .onConflict(conflict => conflict.column('credential_id').doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n ? passkey.id : undefined
}

/** What became of a use: noted, of a copy, or of a key that is gone. */
export type Use = 'noted' | 'copy' | 'gone'

/**
 * Notes the use of a credential whose signature was right. Its row is held until the transaction ends, so that of two with
 * the same counter one is a copy.
 */
export async function usePasskey(tx: Tx, id: string, seen: AuthData, now: number): Promise<Use> {
  const held = await tx.db
    .updateTable('passkey')
    .set({ sign_count: sql.ref('sign_count') })
    .where('id', '=', id)
    .where('public_key_sealed', 'is not', null)
    .returning(['backup_eligible', 'sign_count'])
    .executeTakeFirst()
  if (held === undefined) return 'gone'
  const kept = { backupEligible: held.backup_eligible === 1, signCount: held.sign_count }
  if (isCopy(kept, seen)) return 'copy'
  await tx.db
    .updateTable('passkey')
    .set({ sign_count: seen.signCount, backed_up: seen.backedUp ? 1 : 0, last_used_at: now })
    .where('id', '=', id)
    .execute()
  return 'noted'
}

/** Takes one of the account's away, or all. What is left of the row says that it was here. @returns how many. */
export async function removePasskeys(tx: Tx, accountId: string, id?: string): Promise<number> {
  const removed = await tx.db
    .updateTable('passkey')
    .set({ public_key_sealed: null })
    .where('account_id', '=', accountId)
    .where('public_key_sealed', 'is not', null)
    .$if(id !== undefined, query => query.where('id', '=', id ?? ''))
    .executeTakeFirst()
  return Number(removed.numUpdatedRows)
}
