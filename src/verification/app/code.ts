import { withoutSigns } from '../common/way.ts'

/** Six digits of ASCII, blanks anywhere; undefined: it is no verification code. */
export function parseCode(text: string): string | undefined {
  const digits = withoutSigns(text, /\s+/gu)
  return /^[0-9]{6}$/.test(digits) ? digits : undefined
}
