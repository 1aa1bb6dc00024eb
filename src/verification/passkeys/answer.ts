import { z } from 'zod'
import { authDataOf } from './attestation.ts'

/** Bytes of a credential's id at most (W3C Web Authentication 3, 7.1). */
const longestId = 1_023
const longest = { clientData: 4_096, authData: 8_192, signature: 1_024, userHandle: 64 } as const

/** Base64url without padding, as browsers write it, of at most so many bytes. */
const bytes = (most: number, least = 1) =>
  z
    .string()
    .min(Math.ceil((least * 4) / 3))
    .max(Math.ceil((most * 4) / 3))
    .regex(/^[\w-]*$/)
    .refine(text => Buffer.from(text, 'base64url').toString('base64url') === text)

const knownTransports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

const registration = z.strictObject({
  id: bytes(longestId),
  clientDataJSON: bytes(longest.clientData),
  attestationObject: bytes(longest.authData),
  transports: z.array(z.string().max(32)).max(16),
})

const assertion = z.strictObject({
  id: bytes(longestId),
  clientDataJSON: bytes(longest.clientData),
  authenticatorData: bytes(longest.authData, 37),
  signature: bytes(longest.signature),
  userHandle: bytes(longest.userHandle, 0),
})

/** What the browser says that it signed. */
export interface ClientData {
  readonly challenge: string
}

/** A new credential, as a browser of ours gives it. */
export interface Registration extends z.output<typeof registration>, ClientData {
  readonly authData: AuthData
}

/** A signature by a credential. */
export interface Assertion extends z.output<typeof assertion>, ClientData {
  readonly authData: AuthData
}

/** The fixed part of authenticator data (W3C Web Authentication 3, 6.1). */
export interface AuthData {
  readonly userPresent: boolean
  readonly userVerified: boolean
  readonly backupEligible: boolean
  readonly backedUp: boolean
  readonly signCount: number
}

export const parseAuthData = (data: Buffer): AuthData | undefined => {
  if (data.length < 37) return undefined
  const flags = data.readUInt8(32)
  const has = (bit: number) => (flags & (1 << bit)) !== 0
  return {
    userPresent: has(0),
    userVerified: has(2),
    backupEligible: has(3),
    backedUp: has(4),
    signCount: data.readUInt32BE(33),
  }
}

const clientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.literal(false).optional(),
  topOrigin: z.never().optional(),
})

/**
 * What was signed, if it was signed for a page of this site and in no frame of another (W3C Web Authentication 3, 7.1, 7.2).
 */
function readClientData(text: string, type: string, origin: string): ClientData | undefined {
  const read = clientData.safeParse(jsonOf(decodedUtf8(text)))
  return read.success && read.data.type === type && read.data.origin === origin
    ? { challenge: read.data.challenge }
    : undefined
}

function decodedUtf8(base64url: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64url, 'base64url'))
  } catch {
    return ''
  }
}

/** Undefined: it is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Nobody but the person was there, and a copy is kept only of what may be copied (W3C Web Authentication 3, 6.1.3). */
const isSound = (data: AuthData | undefined): data is AuthData =>
  data?.userPresent === true && (data.backupEligible || !data.backedUp)

/** A new credential from the field of a form. Undefined: it is nothing that a page of this site gets. */
export function readRegistration(text: string, origin: string): Registration | undefined {
  const given = registration.safeParse(jsonOf(text))
  if (!given.success) return undefined
  const client = readClientData(given.data.clientDataJSON, 'webauthn.create', origin)
  const data = authDataOf(Buffer.from(given.data.attestationObject, 'base64url'))
  const authData = data && parseAuthData(data)
  if (client === undefined || !isSound(authData)) return undefined
  const transports = knownTransports.filter(known => given.data.transports.includes(known))
  return { ...given.data, transports, ...client, authData }
}

/** A signature from the field of a form. Undefined: it is nothing that a page of this site gets. */
export function readAssertion(text: string, origin: string): Assertion | undefined {
  const given = assertion.safeParse(jsonOf(text))
  if (!given.success) return undefined
  const client = readClientData(given.data.clientDataJSON, 'webauthn.get', origin)
  const authData = parseAuthData(Buffer.from(given.data.authenticatorData, 'base64url'))
  return client !== undefined && isSound(authData) ? { ...given.data, ...client, authData } : undefined
}
