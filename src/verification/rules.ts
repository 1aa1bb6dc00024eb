import { done, type Outcome, type RefusalOf, refuse } from '../refusals.ts'
import { base32 } from './totp.ts'

/** How a person proves the second step. */
export type FactorKind = 'code' | 'backup-code'
/** What a field takes. */
export type Accepts = FactorKind | 'either'

/** What was entered, in the one form under which it is checked. */
export interface FactorEntry {
  readonly kind: FactorKind
  readonly text: string
}

export type VerificationCode = RefusalOf<'verification'>

/** Backup codes made at once. */
export const codesAtOnce = 10
/** Bytes of a backup code: 80 bits. */
export const backupCodeBytes = 10
/** With so many left, or fewer, the person is told to make new ones. */
export const lowStock = 3
/** Wrong codes in a row after which only a backup code or the helpdesk helps (NIST SP 800-63B-4 3.2.2: at most 100). */
export const codeLimit = 100
/** Code points beyond which nothing is looked at. */
const longestEntry = 64

const blanks = /\s+/gu
const blanksAndDashes = /[\s\p{Pd}]+/gu

/** Six digits of ASCII, blanks anywhere; undefined: it is no verification code. */
export function parseCode(text: string): string | undefined {
  const digits = text.length > longestEntry ? '' : text.replace(blanks, '')
  return /^[0-9]{6}$/.test(digits) ? digits : undefined
}

/** Sixteen signs of A–Z and 2–7, whatever the case, dashes and blanks; undefined: it is no backup code. */
export function parseBackupCode(text: string): string | undefined {
  const signs = text.length > longestEntry ? '' : text.replace(blanksAndDashes, '')
  return /^[A-Za-z2-7]{16}$/.test(signs) ? signs.toUpperCase() : undefined
}

const refusalFor: Readonly<Record<Accepts, VerificationCode>> = {
  code: 'verification.not-a-code',
  'backup-code': 'verification.not-a-backup-code',
  either: 'verification.not-either',
}

/** Reads a field; what cannot be a code at all is refused before it counts as a try. */
export function parseFactor(text: string, accepts: Accepts): Outcome<FactorEntry, VerificationCode> {
  if (text.trim() === '')
    return refuse({ code: accepts === 'backup-code' ? 'verification.backup-empty' : 'verification.empty' })
  const code = accepts === 'backup-code' ? undefined : parseCode(text)
  if (code !== undefined) return done({ kind: 'code', text: code })
  const backup = accepts === 'code' ? undefined : parseBackupCode(text)
  if (backup !== undefined) return done({ kind: 'backup-code', text: backup })
  return refuse({ code: refusalFor[accepts] })
}

/** Groups of four signs, to be read out and typed. */
export const inGroups = (text: string, between: string): string => (text.match(/.{1,4}/g) ?? []).join(between)

/** Ten random bytes as `XXXX-XXXX-XXXX-XXXX`. */
export const backupCodeFrom = (bytes: Uint8Array): string => inGroups(base32(bytes), '-')
