import { randomInt } from 'node:crypto'
import { codesOnCard } from '../../session/code-card.ts'
import { inGroups, withoutSigns } from '../common/way.ts'

const digits = 8

/** Eight digits of ASCII, blanks and dashes anywhere; undefined: it is no code of a card. */
export function parseCardCode(text: string): string | undefined {
  const signs = withoutSigns(text, /[\s\p{Pd}]+/gu)
  return /^[0-9]{8}$/.test(signs) ? signs : undefined
}

/** The codes of a new card, in their order. */
export const newCardCodes = (): readonly string[] =>
  Array.from({ length: codesOnCard }, () => String(randomInt(10 ** digits)).padStart(digits, '0'))

/** A code as it is printed. */
export const printedCode = (code: string): string => inGroups(code, ' ')
