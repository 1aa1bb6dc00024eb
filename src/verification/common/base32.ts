import { Secret } from 'otpauth'

/** Base32 text of random bytes (RFC 4648). */
export const base32 = (bytes: Uint8Array): string =>
  new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32
