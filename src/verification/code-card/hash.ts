import { randomBytes, type ScryptOptions, scrypt, scryptSync } from 'node:crypto'
import { promisify } from 'node:util'
import type { Keyring } from '../../store/keyring.ts'
import { keyedHashes } from '../common/keyed-hash.ts'

/**
 * A code of a card has 27 bits, so that it is stored by a salted password hash (NIST SP 800-63B-4 3.1.2.2, ASVS V6.5.2). It
 * costs little, because the hash is keyed with a secret outside the database and each code works once.
 */
const cost: ScryptOptions = { N: 1_024, r: 8, p: 1 }
const hashBytes = 32
const saltBytes = 16

const slowly = promisify<string, string, number, ScryptOptions, Buffer>(scrypt)

/** Base64url. */
export const newSalt = (): string => randomBytes(saltBytes).toString('base64url')

/** The position of a code: it is worth nothing in another account, on another card or under another number. */
interface CodePosition {
  readonly accountId: string
  readonly salt: string
  readonly number: number
}

const keyed = (keyring: Keyring, { accountId, number }: CodePosition, hash: Buffer): [string, ...string[]] =>
  keyedHashes(keyring, `code-card ${accountId} ${number} ${hash.toString('base64url')}`)

/** The stored form of a code on a new card. */
export async function cardHash(keyring: Keyring, position: CodePosition, code: string): Promise<string> {
  return keyed(keyring, position, await slowly(code, position.salt, hashBytes, cost))[0]
}

/** Tells whether a stored form is of this code, by any of the keys. Two milliseconds, within a transaction. */
export const isCardCode = (keyring: Keyring, position: CodePosition, code: string, stored: string): boolean =>
  keyed(keyring, position, scryptSync(code, position.salt, hashBytes, cost)).includes(stored)
