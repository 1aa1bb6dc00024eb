import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { Services } from '../../../src/session/services.ts'
import { addPasskey } from '../../../src/verification/passkeys/store.ts'

/** What one answer of an authenticator says otherwise than a good one of its kind. */
export interface Otherwise {
  readonly origin?: string
  readonly rpId?: string
  readonly type?: string
  readonly challenge?: string
  /** Further members of the client data. */
  readonly client?: object
  /** In place of the client data as UTF-8. */
  readonly clientBytes?: Uint8Array
  readonly flags?: number
  readonly signCount?: number
  /** The whole attestation object. */
  readonly attestationObject?: Uint8Array
  /** The credential's key in COSE. */
  readonly cose?: Uint8Array
  readonly id?: string
  readonly signature?: Uint8Array
  readonly userHandle?: string
  readonly transports?: readonly string[]
}

/** The bits of authenticator data (W3C Web Authentication 3, 6.1). */
export const bits = { present: 1, verified: 4, eligible: 8, backedUp: 16, attested: 64 } as const

/** A passkey or security key in software, whose answers a test can spoil one by one. */
export interface Authenticator {
  readonly id: string
  /** A new credential as the page's field holds it, for options of ours. */
  register(options: CreationOptions, otherwise?: Otherwise): string
  /** A signature as the page's field holds it. */
  sign(options: RequestOptions, otherwise?: Otherwise): string
}

export interface CreationOptions {
  readonly challenge: string
  readonly user: { readonly id: string }
}
export interface RequestOptions {
  readonly challenge: string
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()

/** A P-256 key in COSE. */
export const es256 = (key: KeyObject): Buffer => {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ])
}

/** An attestation object of format `none`. */
export const plainAttestation = (authData: Uint8Array): Buffer => {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(authData.length)
  return Buffer.concat([
    Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
    length,
    authData,
  ])
}

/** Authenticator data with a new credential. */
export function attestedData(given: {
  readonly rpId: string
  readonly flags: number
  readonly signCount: number
  readonly id: string
  readonly cose: Uint8Array
}): Buffer {
  const id = Buffer.from(given.id, 'base64url')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(id.length)
  return Buffer.concat([fixedData(given), Buffer.alloc(16), length, id, given.cose])
}

function fixedData(given: { readonly rpId: string; readonly flags: number; readonly signCount: number }) {
  const tail = Buffer.alloc(5)
  tail.writeUInt8(given.flags)
  tail.writeUInt32BE(given.signCount, 1)
  return Buffer.concat([sha256(given.rpId), tail])
}

/** `flags`: of its answers, beside those that every answer has. Its counter counts when it cannot be copied. */
export function createAuthenticator(
  origin: string,
  flags: number = bits.present | bits.verified,
): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = base64url(randomBytes(32))
  const rpId = new URL(origin).hostname
  let signCount = 0
  let userHandle = ''
  const counted = () => {
    if ((flags & bits.eligible) === 0) signCount += 1
    return signCount
  }
  const clientData = (type: string, challenge: string, otherwise: Otherwise) =>
    Buffer.from(
      otherwise.clientBytes ??
        JSON.stringify({
          type,
          challenge,
          origin,
          crossOrigin: false,
          ...named(otherwise),
          ...otherwise.client,
        }),
    )
  const named = ({ origin, type, challenge }: Otherwise) => ({
    ...(origin !== undefined && { origin }),
    ...(type !== undefined && { type }),
    ...(challenge !== undefined && { challenge }),
  })
  return {
    id,
    register(options, otherwise = {}) {
      userHandle = options.user.id
      const authData = attestedData({
        rpId: otherwise.rpId ?? rpId,
        flags: (otherwise.flags ?? flags) | bits.attested,
        signCount: otherwise.signCount ?? counted(),
        id: otherwise.id ?? id,
        cose: otherwise.cose ?? es256(publicKey),
      })
      return JSON.stringify({
        id: otherwise.id ?? id,
        clientDataJSON: base64url(clientData('webauthn.create', options.challenge, otherwise)),
        attestationObject: base64url(otherwise.attestationObject ?? plainAttestation(authData)),
        transports: otherwise.transports ?? ['internal'],
      })
    },
    sign(options, otherwise = {}) {
      const authData = fixedData({
        rpId: otherwise.rpId ?? rpId,
        flags: otherwise.flags ?? flags,
        signCount: otherwise.signCount ?? counted(),
      })
      const client = clientData('webauthn.get', options.challenge, otherwise)
      const signature =
        otherwise.signature ?? sign('sha256', Buffer.concat([authData, sha256(client)]), privateKey)
      return JSON.stringify({
        id: otherwise.id ?? id,
        clientDataJSON: base64url(client),
        authenticatorData: base64url(authData),
        signature: base64url(signature),
        userHandle: otherwise.userHandle ?? userHandle,
      })
    },
  }
}

/**
 * Gives an account a passkey that signs nothing. `meets`: what is signed in counts as having set it up.
 */
export async function giveKey(
  { store, keyring, now }: Pick<Services, 'store' | 'keyring' | 'now'>,
  accountId: string,
  given: { readonly rpId: string; readonly meets?: boolean },
): Promise<void> {
  await store.write(async tx => {
    await addPasskey(
      tx,
      keyring,
      {
        accountId,
        kind: 'passkey',
        credentialId: base64url(randomBytes(16)),
        publicKey: 'none',
        userHandle: base64url(randomBytes(32)),
        rpId: given.rpId,
        backupEligible: true,
        backedUp: true,
        signCount: 0,
        transports: ['internal'],
        name: 'Safari on iPhone',
      },
      now(),
    )
    if (given.meets)
      await tx.db
        .updateTable('session')
        .set({ proofs: JSON.stringify({ password: now(), 'key-added': now() }) })
        .where('account_id', '=', accountId)
        .execute()
  })
}
