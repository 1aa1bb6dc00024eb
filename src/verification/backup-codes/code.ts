import { base32 } from '../common/base32.ts'
import { inGroups, withoutSigns } from '../common/way.ts'

/** Backup codes made at once. */
export const codesAtOnce = 10
/** Bytes of a backup code: 80 bits. */
export const backupCodeBytes = 10
/** With so many left, or fewer, the person is told to make new ones. */
export const lowStock = 3

/**
 * Sixteen signs of A–Z and 2–7, whatever the case, dashes and blanks; undefined: it is no backup code. No code has a 0 or
 * an 8, so that they are read as the letters that they were copied from. A 1 could be an I or an L.
 */
export function parseBackupCode(text: string): string | undefined {
  const signs = withoutSigns(text, /[\s\p{Pd}]+/gu)
  if (!/^[A-Za-z02-8]{16}$/.test(signs)) return undefined
  return signs.toUpperCase().replaceAll('0', 'O').replaceAll('8', 'B')
}

/** Ten random bytes as `XXXX-XXXX-XXXX-XXXX`. */
export const backupCodeFrom = (bytes: Uint8Array): string => inGroups(base32(bytes), '-')
