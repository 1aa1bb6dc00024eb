import { hash, randomBytes } from 'node:crypto'

/** UUID version 7 (RFC 9562): sorts by the millisecond in which it was made. */
export function newId(now: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The smallest id that can be made in a millisecond: ids of one time are a range. */
export function firstIdAt(now: number): string {
  const hex = now.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

/** 256 random bits for a cookie or a link, as 43 characters. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** The stored form of a token: enough to know it again, nothing to use (ASVS V11.5.1, V7.2). */
export const hashToken = (token: string): string => hash('sha256', token, 'base64url')
