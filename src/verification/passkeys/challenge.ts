import { randomBytes } from 'node:crypto'
import { hashToken } from '../../store/ids.ts'
import type { Keyring } from '../../store/keyring.ts'
import type { Tx } from '../../store/store.ts'

/** What a browser is asked to sign for. */
export type Purpose = 'passkey' | 'security-key' | 'verify' | 'gate' | 'turn-off' | 'sign-in'

/** Milliseconds that a challenge can be answered. */
export const challengeLifetime = 10 * 60_000
/** Milliseconds by which the clocks of two processes may differ. */
const clockDifference = 60_000

const randomLength = 16
const timeLength = 6
const macLength = 32

/** `holder`: who was asked, so that nobody else's browser can answer. */
export interface AskedOf {
  readonly purpose: Purpose
  readonly holder: string
}

const signedText = ({ purpose, holder }: AskedOf, head: Uint8Array): string =>
  `${purpose} ${holder} ${Buffer.from(head).toString('base64url')}`

/** A challenge that needs no row: random, the time, and a MAC over both with what it is for and whom it is for. */
export function newChallenge(
  keyring: Keyring,
  asked: AskedOf,
  now: number,
  random: (size: number) => Uint8Array = randomBytes,
): string {
  const head = Buffer.alloc(randomLength + timeLength)
  head.set(random(randomLength))
  head.writeUIntBE(now, randomLength, timeLength)
  const mac = Buffer.from(keyring.sign('challenge', signedText(asked, head)), 'base64url')
  return Buffer.concat([head, mac]).toString('base64url')
}

export type ChallengeState = 'live' | 'old' | 'foreign'

/** Tells whether a challenge is ours, for this and for them, and still to be answered. */
export function stateOf(keyring: Keyring, asked: AskedOf, challenge: string, now: number): ChallengeState {
  const bytes = Buffer.from(challenge, 'base64url')
  if (bytes.length !== randomLength + timeLength + macLength || bytes.toString('base64url') !== challenge)
    return 'foreign'
  const head = bytes.subarray(0, randomLength + timeLength)
  const mac = bytes.subarray(randomLength + timeLength).toString('base64url')
  if (!keyring.verify('challenge', signedText(asked, head), mac)) return 'foreign'
  const at = head.readUIntBE(randomLength, timeLength)
  return at <= now + clockDifference && now < at + challengeLifetime ? 'live' : 'old'
}

/** Notes that a challenge was answered; of any number at once one does. @returns false when it was answered before. */
export async function spendChallenge(tx: Tx, challenge: string, now: number): Promise<boolean> {
  const spent = await tx.db
    .insertInto('spent_challenge')
    .values({ hash: hashToken(challenge), expires_at: now + 2 * challengeLifetime })
    .onConflict(conflict => conflict.column('hash').doNothing())
    .executeTakeFirst()
  return spent.numInsertedOrUpdatedRows === 1n
}
