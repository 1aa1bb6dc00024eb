import { soundOf } from '../account/names.ts'

const longestProposal = 40
const mostProposals = 20

const plain = (text: string): string => soundOf(text).replace(/[^a-z0-9]/g, '')

/** Usernames for a name, the best first: `awarsame`, `awarsame2`, …; none for a name without Latin letters. */
export function proposals(firstName: string, lastName: string): readonly string[] {
  const [first, last] = [plain(firstName), plain(lastName)]
  const base = (last === '' ? first : first.slice(0, 1) + last).slice(0, longestProposal)
  if (base === '') return []
  return [base, ...Array.from({ length: mostProposals - 1 }, (_, index) => `${base}${index + 2}`)]
}

/** Signs that are taken for each other when read or heard. */
const alike: readonly (readonly string[])[] = [
  ['0', 'o'],
  ['1', 'l', 'i'],
  ['5', 's'],
  ['rn', 'm'],
  ['vv', 'w'],
]

/**
 * Usernames that differ from this one only in what is easily overlooked: one character that looks like another, or a point,
 * hyphen or underscore more, less or other. At most a few hundred, so that one query can look for them.
 */
export function lookalikes(username: string): readonly string[] {
  const found = new Set<string>()
  const put = (from: number, length: number, text: string) =>
    found.add(username.slice(0, from) + text + username.slice(from + length))
  for (const group of alike)
    for (const sign of group)
      for (let at = username.indexOf(sign); at >= 0; at = username.indexOf(sign, at + 1))
        for (const other of group) put(at, sign.length, other)
  for (let at = 1; at < username.length; at++) {
    const isSeparator = /[._-]/.test(username.charAt(at))
    for (const separator of ['.', '-', '_', ...(isSeparator ? [''] : [])])
      put(at, isSeparator ? 1 : 0, separator)
  }
  found.delete(username)
  return [...found]
}
