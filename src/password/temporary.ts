/** Lower case and digits without l, o, 0, 1: nothing is mistaken when read out. 32 characters, so 5 bits each. */
const signs = 'abcdefghijkmnpqrstuvwxyz23456789'
const groups = 3
const groupLength = 4

/**
 * A temporary password such as `k7wd-29xm-fhq4`: 60 random bits.
 * 256 is a multiple of 32, so the lower five bits of a random byte favor no character.
 */
export function makeTemporaryPassword(random: (bytes: number) => Buffer): string {
  const letters = Array.from(random(groups * groupLength), byte => signs.charAt(byte % signs.length))
  return Array.from({ length: groups }, (_, group) =>
    letters.slice(group * groupLength, (group + 1) * groupLength).join(''),
  ).join('-')
}
