/** Signs that nobody sees: marks of direction, soft hyphens, zero-width blanks, variation selectors. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu
/** Hyphens and dashes, as phones put them in; the Katakana ones are letters there. */
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/gu
/** A name without the quotation marks, brackets and points around it: of a sentence, or what a phone makes of two blanks. */
const edge = String.raw`[^\p{Pi}\p{Pf}\p{Ps}\p{Pe}<>"'\u0060.,;:!?]`
const within = new RegExp(`${edge}(?:.*${edge})?`, 'u')

/**
 * The one form under which a username or email address is found, however it was typed: NFKC, lower case (RFC 8265), without
 * blanks, without signs that nobody sees, with plain hyphens and points, and without the point or quotation marks that a
 * phone or a sentence put around it. Sign-in, Forgot password, the console, the import, the command line and every
 * counter use it, so that all spellings of one name are one name. Accents count.
 */
export function foldName(text: string): string {
  const plain = text.toWellFormed().normalize('NFKC').replace(unseen, '').replace(/\s/gu, '')
  const small = plain
    .replace(dashes, '-')
    .replace(/\u3002/gu, '.')
    .toLowerCase()
  const folded = small.replace(/i\u0307/gu, 'i').normalize('NFKC')
  return within.exec(folded)?.[0] ?? ''
}

/** Letters that no accent explains, as people write them on another keyboard. */
const otherLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ə: 'e',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ƴ: 'y',
  ς: 'σ',
}

/** Apostrophes in all their shapes, the okina and ayin of other scripts too: a name is the same with and without. */
const apostrophes = /['`\u00b4\u02b0-\u02ff\u2018-\u201b\u2032\u2035\u055a\u05f3\u05f4\ua78b\ua78c\uff07]/gu
/** Accents that may be left out. Vowel signs of other scripts are letters to who reads them; so are the voiced kana. */
const accents = /(?![\u3099\u309a])(?:(?=\p{Script=Inherited})\p{M}|[\u0591-\u05c7])/gu

/** Joiners that scripts write with stand between the parts of one word, as a hyphen does. */
const joiners = /[\u200c\u200d]/gu

/** The parts of a text as people read it: without case, accents and signs that nobody sees; `apostrophe` stands for each. */
function partsOf(text: string, apostrophe: '' | ' '): readonly string[] {
  const typed = text.toWellFormed().replace(joiners, '-').replace(apostrophes, apostrophe).normalize('NFKD')
  const seen = typed.replace(apostrophes, apostrophe).replace(/\s/gu, ' ').replace(unseen, '')
  const plain = seen.toLowerCase().replace(accents, '')
  const letters = Array.from(plain, letter => otherLetters[letter] ?? letter).join('')
  return letters.split(/[^\p{L}\p{M}\p{N}]+/u).filter(part => part !== '')
}

/** The words of what somebody looks for, each once. "O'Brien" is one word, "al-Sayed" two. */
export const wordsOf = (text: string): readonly string[] => [...new Set(partsOf(text, ''))]

/** Parts of one name that people write apart or together: "de la Cruz" has three. */
const mostJoined = 3

/**
 * What somebody may mean by words: each by itself, or some that stand side by side as one, so that "al-Sayed" finds who is
 * written "Alsayed". A person is meant whom all the words of one reading fit.
 */
export function readingsOf(text: string, mostWords: number): readonly (readonly string[])[] {
  const words = wordsOf(text).slice(0, mostWords)
  const joined = words.flatMap((_, from) =>
    Array.from({ length: Math.min(mostJoined, words.length - from) - 1 }, (_unused, more) =>
      words.toSpliced(from, more + 2, words.slice(from, from + more + 2).join('')),
    ),
  )
  return words.length === 0 ? [] : [words, ...joined]
}

/**
 * The one form of a name as people read it, for organizations and workgroups: one blank between words, and no difference
 * by case, accents, apostrophes or signs that nobody sees. What has no letter or number stays as it is.
 */
export const nameKey = (name: string): string =>
  partsOf(name, '').join(' ') || name.normalize('NFKC').trim().toLowerCase()

/** A person's name as people hear it: "al-Sayed", "Al Sayed" and "Alsayed" are one. */
export const soundOf = (...names: readonly string[]): string => partsOf(names.join(' '), '').join('')

/** The words under which a person is found: each part of the texts, and each of the person's own names as one word. */
export function searchWords(names: readonly string[], others: readonly string[] = []): readonly string[] {
  const texts = [...names, ...others]
  const parts = [...texts.flatMap(text => partsOf(text, '')), ...texts.flatMap(text => partsOf(text, ' '))]
  return [...new Set([...parts, ...names.map(name => soundOf(name))])].filter(word => word !== '')
}

/** The name of a person, who may have one name only. */
export const fullName = (firstName: string, lastName: string): string =>
  [firstName, lastName].filter(Boolean).join(' ')

/** The same as it stands in a list by last name. */
export const listName = (firstName: string, lastName: string): string =>
  [lastName, firstName].filter(Boolean).join(', ')
