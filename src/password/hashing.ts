import { createHmac, randomBytes } from 'node:crypto'
import { hash as argon2Hash, verify as argon2Verify, parseOptions } from '@node-rs/argon2'
import type { HashPriority, HashQueue, Queued } from './hash-queue.ts'
import { normalizePassword } from './rules.ts'

/** The stored form: an Argon2id PHC string and the id of the pepper key that went into it. */
export type StoredHash = { readonly encoded: string; readonly pepperId: string }

type HashParameters = {
  /** Memory in KiB. */
  readonly memoryKib: number
  readonly passes: number
  readonly lanes: number
}

export type Pepper = {
  /** The key for new hashes. */
  readonly currentId: string
  /** Every key that a stored hash may still need, by id. */
  readonly keys: ReadonlyMap<string, Buffer>
}

export type Hasher = {
  /** Hashes with the current parameters, the current pepper and a fresh salt. */
  readonly hash: (password: string, priority?: HashPriority) => Promise<Queued<StoredHash>>
  /** `undefined` (no such account) is false after the same work as a wrong password. */
  readonly verify: (
    password: string,
    stored: StoredHash | undefined,
    priority?: HashPriority,
  ) => Promise<Queued<boolean>>
  /** True when the stored hash is weaker than the current parameters or under an older pepper. */
  readonly needsRehash: (stored: StoredHash) => boolean
  readonly load: HashQueue['load']
}

/** The least that OWASP's Password Storage Cheat Sheet advises for Argon2id: 19 MiB, two passes, one lane. */
export const defaultHashParameters: HashParameters = { memoryKib: 19_456, passes: 2, lanes: 1 }

const saltBytes = 16
const hashBytes = 32

/**
 * Argon2id (RFC 9106) over the base64url of HMAC-SHA-256(pepper, NFC text in UTF-8): every byte of
 * the text counts, whatever its length, and the database alone does not allow guessing.
 * Throws when the current pepper key is absent.
 *
 * `verify` works with the parameters of the stored hash. After they are raised, a
 * hash made before costs less than the stand-in for unknown names until its owner's
 * next sign-in re-hashes it. A hash under an unknown pepper, and one that cannot be read,
 * never match and cost the same as an unknown name.
 */
export function createHasher(options: {
  readonly pepper: Pepper
  readonly parameters?: HashParameters
  readonly queue: HashQueue
}): Hasher {
  const { pepper, queue } = options
  const parameters = options.parameters ?? defaultHashParameters
  const currentKey = pepper.keys.get(pepper.currentId)
  if (currentKey === undefined) throw new Error(`The pepper key "${pepper.currentId}" is missing.`)
  const settings = {
    memoryCost: parameters.memoryKib,
    timeCost: parameters.passes,
    parallelism: parameters.lanes,
    outputLen: hashBytes,
  }
  const standIn = encodeStandIn(parameters)

  return {
    load: queue.load,

    hash: (password, priority = 'person') =>
      queue.run(priority, async () => ({
        encoded: await argon2Hash(seasoned(currentKey, password), settings),
        pepperId: pepper.currentId,
      })),

    verify: (password, stored, priority = 'person') => {
      const key = stored && pepper.keys.get(stored.pepperId)
      const readable = stored !== undefined && readParameters(stored.encoded) !== undefined
      const comparable = key !== undefined && readable && password.isWellFormed()
      const encoded = comparable ? stored.encoded : standIn
      return queue.run(priority, async () => {
        const matches = await argon2Verify(encoded, seasoned(key ?? currentKey, password))
        return comparable && matches
      })
    },

    needsRehash: stored => {
      const made = readParameters(stored.encoded)
      if (made === undefined || stored.pepperId !== pepper.currentId) return true
      return (
        made.memoryCost < parameters.memoryKib ||
        made.timeCost < parameters.passes ||
        made.parallelism < parameters.lanes
      )
    },
  }
}

/** As base64url text, because the library verifies text only: raw bytes are mostly not UTF-8. */
function seasoned(key: Buffer, password: string): string {
  return createHmac('sha256', key).update(normalizePassword(password), 'utf8').digest('base64url')
}

/** A well-formed hash that no password matches: checking against it is the whole work of a real check. */
function encodeStandIn({ memoryKib, passes, lanes }: HashParameters): string {
  const parts = [randomBytes(saltBytes), randomBytes(hashBytes)].map(unpaddedBase64)
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${parts.join('$')}`
}

function unpaddedBase64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}

function readParameters(encoded: string): ReturnType<typeof parseOptions> | undefined {
  if (!encoded.startsWith('$argon2id$')) return undefined
  try {
    return parseOptions(encoded)
  } catch {
    return undefined
  }
}
