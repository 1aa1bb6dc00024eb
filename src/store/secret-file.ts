import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import { flushToDisk } from './disk.ts'
import { createKeyring, type Ends, type Keyring, type Secret } from './keyring.ts'
import { OperatorError } from './operator-error.ts'
import type { Database } from './schema.ts'
import type { Store, Tx } from './store.ts'

/** Any number that other programs on the same server are unlikely to lock; a role that may not change a key may hold it. */
const lockNumber = 5_461_836

/** Stops the start: the message says what to do. */
export class SecretFileError extends OperatorError {}

const fileSchema = z.object({
  keys: z
    .array(
      z.object({
        id: z.string().regex(/^[a-z0-9]{8}$/),
        secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
        /** Each chain that it signed in, with the position and the HMAC of its last record there. */
        retired: z.array(z.tuple([z.string(), z.number().int().min(1), z.string()])).optional(),
      }),
    )
    .min(1),
})

export const secretFilePath = (folder: string, named: string | undefined): string =>
  named ?? join(folder, 'secret.json')

/** Bits of a file's mode that are everybody's; a group may be given the file on purpose. */
const everybody = 0o007
const ownerOnly = 0o700

/**
 * Takes the file from everybody but its owner when everybody may read or write it (ASVS V13.3.2). A file whose mode cannot
 * be changed, as it is another's or comes with the machine, throws.
 * @returns whether it was open.
 */
export function closeToEverybody(path: string): boolean {
  if (!existsSync(path)) return false
  const { mode } = statSync(path)
  if ((mode & everybody) === 0) return false
  try {
    chmodSync(path, mode & ownerOnly)
  } catch {
    throw new SecretFileError(
      `Everybody on this machine may read ${path}, and this user cannot change that. Give it to the user that runs Lintel, with mode 0600 (0440 where a group brings it).`,
    )
  }
  return true
}

/**
 * Reads the secret file, or makes it when the store is new. The store keeps a check value for each key, so that a lost
 * or swapped file stops the start instead of making every credential wrong. Of processes that start together on a new
 * store one makes the file and the others read it.
 */
export async function loadKeyring(store: Store, path: string, now: number): Promise<Keyring> {
  return store.write(async tx => {
    if (store.engine === 'postgres')
      await sql`select pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(tx.db)
    const checks = await tx.db.selectFrom('secret_key').selectAll().execute()
    if (checks.length === 0 && !existsSync(path)) makeFile(path)
    const keyring = keyringFor(path, checks)
    await addNewKeys(tx, keyring, new Set(checks.map(({ id }) => id)), now)
    return keyring
  })
}

/** Reads the file as a start does, and changes nothing. @throws SecretFileError when it is not the store's */
export async function proveKeyring(db: Kysely<Database>, path: string): Promise<void> {
  keyringFor(path, await db.selectFrom('secret_key').selectAll().execute())
}

type Check = Pick<Database['secret_key'], 'id' | 'check_value' | 'retired_at'>

function keyringFor(path: string, checks: readonly Check[]): Keyring {
  const keyring = createKeyring(readSecrets(path, checks.length > 0))
  for (const check of checks) {
    const isRetired = check.retired_at !== null
    if (isRetired && !keyring.ids.includes(check.id)) continue
    if (isRetired && keyring.endsOf(check.id) === undefined)
      throw new SecretFileError(
        `${path} is an older copy: key ${check.id} has been retired since. Copy the newer file here.`,
      )
    if (keyring.key('check', check.id) === undefined || !matches(keyring, check)) {
      throw new SecretFileError(
        `${path} holds other keys than those this store was started with (key ${check.id}). Put the store's own secret file there, or name it with LINTEL_SECRET_FILE.`,
      )
    }
  }
  return keyring
}

const checkValue = (keyring: Keyring, id: string): string =>
  keyring.key('check', id)?.toString('base64url').slice(0, 22) ?? ''

const matches = (keyring: Keyring, check: { id: string; check_value: string }): boolean =>
  checkValue(keyring, check.id) === check.check_value

async function addNewKeys(tx: Tx, keyring: Keyring, known: ReadonlySet<string>, now: number): Promise<void> {
  for (const id of keyring.ids.filter(id => !known.has(id))) {
    await tx.db
      .insertInto('secret_key')
      .values({ id, check_value: checkValue(keyring, id), created_at: now })
      .execute()
  }
}

/** A new key in the form of the file. */
export const newSecret = (): { id: string; secret: string } => ({
  id: randomBytes(4).toString('hex'),
  secret: randomBytes(32).toString('base64url'),
})

type KeyInFile = z.output<typeof fileSchema>['keys'][number]

/** A whole file is put in place at once, so that a crash leaves the former one, or none. */
function writeWhole(
  path: string,
  keys: readonly KeyInFile[],
  place: (from: string, to: string) => void,
): void {
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    place(draft, path)
    flushToDisk(dirname(path))
  } finally {
    rmSync(draft, { force: true })
  }
}

function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeWhole(path, [newSecret()], linkSync)
}

/** Adds a key that is read but not yet used. @returns its id. */
export function addKey(path: string): string {
  const added = newSecret()
  writeWhole(path, [...readKeys(path, true), added], renameSync)
  return added.id
}

/** Makes a key the one that is used from the next start on. @returns false when the file has no such key, or it is retired. */
export function useKey(path: string, id: string): boolean {
  const keys = readKeys(path, true)
  const chosen = keys.find(key => key.id === id && key.retired === undefined)
  if (chosen === undefined) return false
  writeWhole(path, [chosen, ...keys.filter(key => key !== chosen)], renameSync)
  return true
}

/** Marks a key as retired: no record by it is believed beyond these. */
export function retireKey(path: string, id: string, ends: Ends): void {
  const retired = [...ends].map(([chain, { position, hmac }]): [string, number, string] => [
    chain,
    position,
    hmac,
  ])
  const keys = readKeys(path, true).map(key => (key.id === id ? { ...key, retired } : key))
  writeWhole(path, keys, renameSync)
}

function readKeys(path: string, needed: boolean): readonly KeyInFile[] {
  if (!existsSync(path)) {
    throw new SecretFileError(
      `${path} is not there${needed ? ', but this store holds accounts that need it' : ''}. Bring the secret file back from where you keep it, or name it with LINTEL_SECRET_FILE.`,
    )
  }
  const parsed = fileSchema.safeParse(parseJson(readFileSync(path, 'utf8')))
  if (!parsed.success)
    throw new SecretFileError(`${path} is not a secret file of Lintel. Bring back the right one.`)
  return parsed.data.keys
}

function readSecrets(path: string, needed: boolean): readonly [Secret, ...Secret[]] {
  const [first, ...rest] = readKeys(path, needed).map(({ id, secret, retired }) => ({
    id,
    secret: Buffer.from(secret, 'base64url'),
    ...(retired !== undefined && {
      ends: new Map(retired.map(([chain, position, hmac]) => [chain, { position, hmac }])),
    }),
  }))
  if (first === undefined) throw new SecretFileError(`${path} holds no key.`)
  if (first.ends !== undefined)
    throw new SecretFileError(`The first key of ${path}, ${first.id}, is retired. Put the key in use first.`)
  return [first, ...rest]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
