/** Lower case and digits without l, o, 0, 1: nothing is mistaken when read out. 32 characters, so 5 bits each. */
const signs = 'abcdefghijkmnpqrstuvwxyz23456789'
const groups = 3
const groupLength = 4

/**
 * A temporary password such as `k7wd-29xm-fhq4`: 60 random bits.
 * 256 is a multiple of 32, so the lower five bits of a random byte favor no character.
 */
export function makeTemporaryPassword(random: (bytes: number) => Buffer): string {
  return inGroups(Array.from(random(groups * groupLength), byte => signs.charAt(byte % signs.length)))
}

const inGroups = (letters: readonly string[]): string =>
  Array.from({ length: groups }, (_, group) =>
    letters.slice(group * groupLength, (group + 1) * groupLength).join(''),
  ).join('-')

const shape = new RegExp(`^[${signs}]{${groups * groupLength}}$`)

/**
 * What somebody typed in place of a temporary password, in the form in which it was made: capitals, blanks, signs that
 * nobody sees, and whatever stands for the hyphens or around it carry nothing. Other text stays as it is.
 */
export function readTemporaryPassword(text: string): string {
  const typed = text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
  return shape.test(typed) ? inGroups([...typed]) : text
}
