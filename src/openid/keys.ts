import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { newId } from '../store/ids.ts'
import type { Keyring } from '../store/keyring.ts'
import { sealedIn } from '../store/reseal.ts'
import type { SigningKeyTable } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'

export interface SigningKey {
  readonly id: string
  readonly stage: SigningKeyTable['stage']
  readonly changedAt: number
  /** Private, as a JSON Web Key (RFC 7517). */
  readonly jwk: JsonWebKey & { readonly kid: string }
}

const contextOf = (id: string): string => `signing key ${id}`

export const sealedKeys = sealedIn('signing_key', 'key_sealed', 'id', { id: sql.ref('id') }, ({ id }) =>
  contextOf(id),
)
const generate = promisify(generateKeyPair)

/** Milliseconds for which applications can still verify what a key signed before it was changed. */
export const formerLifetime = 24 * 3_600_000

async function newKey(keyring: Keyring, stage: SigningKeyTable['stage'], now: number) {
  const { privateKey } = await generate('rsa', { modulusLength: 2_048 })
  const id = newId(now)
  const text = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: id, alg: 'RS256', use: 'sig' })
  return { id, stage, key_sealed: keyring.seal(text, contextOf(id)), made_at: now, changed_at: now }
}

/** The keys as they stand: the one that signs first, then the others that are published. */
export async function readKeys(
  { store, keyring }: { readonly store: Pick<Store, 'read'>; readonly keyring: Keyring },
  now: number,
): Promise<readonly SigningKey[]> {
  const rows = await store.read.selectFrom('signing_key').selectAll().orderBy('id').execute()
  const keys = rows.flatMap(row => {
    const text = keyring.open(row.key_sealed, contextOf(row.id))
    if (text === undefined || (row.stage === 'former' && row.changed_at <= now - formerLifetime)) return []
    return [
      { id: row.id, stage: row.stage, changedAt: row.changed_at, jwk: JSON.parse(text) as SigningKey['jwk'] },
    ]
  })
  const order = { current: 0, next: 1, former: 2 }
  return keys.toSorted((a, b) => order[a.stage] - order[b.stage])
}

/** Makes the first keys; of several processes that come to it at once one makes them. */
export async function ensureKeys(
  { store, keyring }: { readonly store: Store; readonly keyring: Keyring },
  now: number,
): Promise<void> {
  const made = await Promise.all([newKey(keyring, 'current', now), newKey(keyring, 'next', now)])
  await store.write(async ({ db }) => {
    const claimed = await db
      .insertInto('counter')
      .values({ name: 'signing keys made', value: 1 })
      .onConflict(conflict => conflict.column('name').doNothing())
      .returning('name')
      .executeTakeFirst()
    if (claimed !== undefined) await db.insertInto('signing_key').values(made).execute()
  })
}

/** The next key signs from now on, one more is made, and the former one is published for a day. @returns the new key's id. */
export async function rotateKeys(tx: Tx, keyring: Keyring, now: number): Promise<string> {
  const made = await newKey(keyring, 'next', now)
  const move = (from: SigningKeyTable['stage'], stage: SigningKeyTable['stage']) =>
    tx.db.updateTable('signing_key').set({ stage, changed_at: now }).where('stage', '=', from).execute()
  await move('current', 'former')
  await move('next', 'current')
  await tx.db.insertInto('signing_key').values(made).execute()
  return made.id
}
