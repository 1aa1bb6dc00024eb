import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { type Selectable, sql } from 'kysely'
import { newId } from '../store/ids.ts'
import type { Keyring } from '../store/keyring.ts'
import { preparedWith } from '../store/prepared.ts'
import { sealedIn } from '../store/reseal.ts'
import type { SigningKeyTable } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'

/** Private, as a JSON Web Key (RFC 7517). */
export type SigningKey = JsonWebKey & { readonly kid: string }

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

const allKeys = preparedWith(db => db.selectFrom('signing_key').selectAll().orderBy('id'))

type SealedKey = Selectable<SigningKeyTable>

/** The keys as they stand: the one that signs first, then the others that are published. */
export async function listKeys(
  store: Pick<Store, 'read' | 'ask'>,
  now: number,
): Promise<readonly SealedKey[]> {
  const rows = await allKeys(store, {})
  const order = { current: 0, next: 1, former: 2 }
  return rows
    .filter(({ stage, changed_at }) => stage !== 'former' || now - formerLifetime < changed_at)
    .toSorted((a, b) => order[a.stage] - order[b.stage])
}

/** Those of them that this keyring opens. */
export const openKeys = (keyring: Keyring, keys: readonly SealedKey[]): readonly SigningKey[] =>
  keys.flatMap(({ id, key_sealed }) => {
    const text = keyring.open(key_sealed, contextOf(id))
    return text === undefined ? [] : [JSON.parse(text) as SigningKey]
  })

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
