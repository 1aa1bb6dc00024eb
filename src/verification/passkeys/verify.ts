import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import type { Assertion, Registration } from './answer.ts'
import type { Site } from './site.ts'

/** COSE numbers of Ed25519, ES256 and RS256, the best first. */
export const algorithms = [-8, -7, -257] as const
/** Bits of an RSA key at least (NIST SP 800-131A). */
const shortestRsa = 2_048

/** A field's library, loaded by the first who uses it: it takes 23 MB. */
const library = () => import('@simplewebauthn/server')
const helpers = () => import('@simplewebauthn/server/helpers')

export interface NewKey {
  readonly credentialId: string
  /** COSE, as base64url. */
  readonly publicKey: string
}

const coseNames = { kty: 1, alg: 3, crv: -1, n: -1 } as const
const ecOf: Readonly<Record<number, readonly [kty: number, crv: number]>> = { [-8]: [1, 6], [-7]: [2, 1] }

/** Tells whether a key is of an algorithm that was offered, on its own curve or long enough. */
async function isOffered(publicKey: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const { decodeCredentialPublicKey } = await helpers()
  const key = decodeCredentialPublicKey(publicKey) as unknown as ReadonlyMap<number, unknown>
  const alg = key.get(coseNames.alg)
  const kty = key.get(coseNames.kty)
  if (typeof alg !== 'number') return false
  const curve = ecOf[alg]
  if (curve !== undefined) return kty === curve[0] && key.get(coseNames.crv) === curve[1]
  const modulus = key.get(coseNames.n)
  return alg === -257 && kty === 3 && modulus instanceof Uint8Array && bitsOf(modulus) >= shortestRsa
}

function bitsOf(number: Uint8Array): number {
  const first = number.findIndex(byte => byte !== 0)
  return first < 0 ? 0 : (number.length - first - 1) * 8 + (32 - Math.clz32(number[first] ?? 0))
}

/** The field's library throws at what it does not take, and its reasons are of no use to a person. */
async function unlessThrown<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work()
  } catch {
    return undefined
  }
}

/** The key of a new credential; undefined: it is not one that this site takes. The challenge is checked by the caller. */
export function verifyRegistration(
  { origin, rpId }: Site,
  given: Registration,
  userVerified: boolean,
): Promise<NewKey | undefined> {
  return unlessThrown(async () => {
    const { verifyRegistrationResponse } = await library()
    const { id, clientDataJSON, attestationObject, challenge } = given
    const verified = await verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON, attestationObject },
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: userVerified,
      supportedAlgorithmIDs: [...algorithms],
    })
    if (!verified.verified) return undefined
    const { credential } = verified.registrationInfo
    if (credential.id !== id || !(await isOffered(credential.publicKey))) return undefined
    return { credentialId: id, publicKey: Buffer.from(credential.publicKey).toString('base64url') }
  })
}

/** The COSE form of a key that signed nothing: an id that nobody has takes as long as a wrong signature. */
let decoy: string | undefined
export function decoyKey(): string {
  decoy ??= coseOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }))
  return decoy
}

/** A P-256 key in the form of COSE (RFC 9053, 7.1.1). */
const coseOf = ({ x = '', y = '' }: JsonWebKey): string =>
  Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]).toString('base64url')

/**
 * Tells whether a signature was made by a key, for this site. `publicKey` undefined: nobody has such a credential, and the
 * answer takes as long. The counter is left to the caller: only what was signed says something.
 */
export async function verifyAssertion(
  { origin, rpId }: Site,
  given: Assertion,
  publicKey: string | undefined,
): Promise<boolean> {
  const verified = await unlessThrown(async () => {
    const { verifyAuthenticationResponse } = await library()
    const { id, clientDataJSON, authenticatorData, signature, challenge } = given
    return verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON, authenticatorData, signature },
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      credential: {
        id,
        publicKey: Uint8Array.from(Buffer.from(publicKey ?? decoyKey(), 'base64url')),
        counter: 0,
      },
      requireUserVerification: false,
    })
  })
  return publicKey !== undefined && verified?.verified === true
}
