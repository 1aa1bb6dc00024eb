/** Codes on one card. */
export const codesOnCard = 40
/** With so many codes left, or fewer, the person is told to get a new card. */
export const fewOnCard = 8

/** Letters that nobody takes for a digit. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A person's code card as its holder sees it. */
export interface CodeCard {
  /** On the card: each new one has the next letter. */
  readonly letter: string
  /** The code that is asked for next, counted from 1. */
  readonly number: number
  /** Codes that were not used yet; 0: the card is used up. */
  readonly left: number
}

/** The letter of an account's n-th card. */
export const letterOf = (serial: number): string => letters[(serial - 1) % letters.length] ?? ''

/** How many cards the account has had, and the number asked next. */
export const cardOf = (serial: number, next: number): CodeCard => ({
  letter: letterOf(serial),
  number: next,
  left: Math.max(0, codesOnCard + 1 - next),
})

/** The card in a column of the one query of a request: two numbers. */
export function cardOfText(text: string | null): CodeCard | undefined {
  if (text === null) return undefined
  const [serial = 0, next = 0] = text.split(' ').map(Number)
  return cardOf(serial, next)
}
