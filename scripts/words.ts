/**
 * `node scripts/words.ts`: whether every text of a `words.ts` is used, keeps to the glossary, is translated where its pages are
 * for everyone, and can be read by a person of twelve.
 */
import { globSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { languages } from '../src/web/language.ts'

/** Texts that are the same in every language. */
const sameInAll: ReadonlySet<string> = new Set(['Error:', 'Error: 10', 'Lintel'])

/** The console and what only it shows. */
const englishOnly = /^src\/(helpdesk|administration|training)\//

/** One word for one thing: what is not written, and what is written instead. */
export const glossary: readonly (readonly [never: RegExp, instead: string])[] = [
  [/\blog(?:ged|ging)?[ -]?(?:in|on)\b/i, 'sign in'],
  [/\blog(?:ged|ging)?[ -]?(?:out|off)\b/i, 'sign out'],
  [/\buser (?:id|name)\b/i, 'username'],
  [/\b(?:2FA|MFA|OTP)\b|\b(?:two|multi)-factor\b/i, '2-step verification'],
  [/\brecovery codes?\b/i, 'backup code'],
  [/\bclick/i, 'press or choose'],
  [/\b(?:please|sorry|oops|unfortunately)\b/i, 'what happened and what to do'],
  [/\b(?:invalid|illegal|forbidden|abort|fatal)\b/i, 'what is wrong and what to do'],
  [
    /colour|behaviour|favour|cancelled|licence|organis|recognis|\b(?:grey|centre|afterwards)\b/i,
    'the American spelling',
  ],
  [/\be-mail/i, 'email'],
  [/\bmail(?:s|ed)?\b(?! server)/i, 'email'],
  [/\bdorman|\bwak(?:e|es|ing)\b|\basleep\b/i, 'inactive'],
  [/\bthrottl/i, 'locked out for now, unlock'],
  [/\bswitched off\b/i, 'deactivated or not active'],
  [/\blapses\b|\b(?:has|have|training) lapsed?\b/i, 'expired'],
  [/\brecovery question/i, 'security question'],
  [/\bsigns?\b(?![- ](?:ins?|outs?)\b)/i, 'character'],
  [/\bholds?\b/i, 'contains, is in force or takes effect'],
  [/\bwhoever\b/i, 'anyone who, people who'],
  [/\bnews (?:were|are|have)\b/i, 'news is'],
  [/\b(?:for ever|by itself|all the same)\b/i, 'never ends, automatically, anyway'],
]

/** Years of school in the United States (Flesch-Kincaid grade) that stand for an age of twelve. */
export const highestGrade = 7
/** Fewer words say too little about how hard a text is. */
const leastWords = 60

/** Stands for every argument of a text: a name, a number, a time or a record of them. */
const anything: unknown = new Proxy(() => {}, {
  get: (_target, key) => (key === Symbol.toPrimitive ? () => '10' : anything),
  apply: () => anything,
})

export interface Text {
  /** `refusals.sign-in.wrong`. */
  readonly key: string
  readonly text: string
}

/** All texts of a vocabulary, those that are made from values with values put in. */
export function textsOf(words: unknown, key = ''): readonly Text[] {
  if (typeof words === 'string') return [{ key, text: words }]
  if (typeof words === 'function') return textsOf(words(anything, anything, anything), key)
  if (typeof words !== 'object' || words === null) return []
  return Object.entries(words).flatMap(([name, part]) => textsOf(part, key === '' ? name : `${key}.${name}`))
}

/** Groups of vowels, less the silent e: right within a tenth over a whole text. */
function syllablesOf(word: string): number {
  const spoken = word.replace(/(?:[^laeiouy]es|[^l]ed|[^aeiouyl]e)$/, match => match[0] ?? '')
  return Math.max(1, spoken.match(/[aeiouy]+/g)?.length ?? 1)
}

/** Flesch-Kincaid grade of English sentences (Kincaid and others, 1975); undefined for too short a text. */
export function gradeOf(texts: readonly string[]): number | undefined {
  const sentences = texts.flatMap(text => text.split(/[.:;!?]+(?:\s|$)/)).filter(part => /\s\S+\s/.test(part))
  const words = sentences.flatMap(sentence => sentence.toLowerCase().match(/[a-z]+(?:'[a-z]+)?/g) ?? [])
  if (words.length < leastWords) return undefined
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  return (0.39 * words.length) / sentences.length + (11.8 * syllables) / words.length - 15.59
}

/** Texts that nothing but their own file names. */
export const unusedKeys = (keys: readonly string[], code: string): readonly string[] =>
  keys.filter(key => !new RegExp(`\\.${key}\\b|\\['${key}'\\]|[{,]\\s*${key}\\s*[,}]`).test(code))

interface Vocabulary {
  readonly file: string
  readonly wordsFor: (language: string) => Readonly<Record<string, unknown>>
}

async function readVocabularies(): Promise<readonly Vocabulary[]> {
  const files = globSync('src/**/*words.ts').sort()
  const modules = await Promise.all(
    files.map(
      async file =>
        ({ file, ...(await import(pathToFileURL(file).href)) }) as Partial<Vocabulary> & { file: string },
    ),
  )
  return modules.flatMap(({ file, wordsFor }) => (wordsFor === undefined ? [] : [{ file, wordsFor }]))
}

function faultsOf({ file, wordsFor }: Vocabulary, code: string): readonly string[] {
  const english = wordsFor('en')
  const texts = textsOf(english)
  const faults = unusedKeys(Object.keys(english), code).map(key => `"${key}" is not used`)
  for (const { key, text } of texts)
    for (const [never, instead] of glossary)
      if (never.test(text)) faults.push(`"${key}" says "${never.exec(text)?.[0]}": ${instead}`)
  const grade = gradeOf(texts.map(({ text }) => text))
  if (grade !== undefined && grade > highestGrade)
    faults.push(`grade ${grade.toFixed(1)} is above ${highestGrade}: shorter sentences, shorter words`)
  if (!englishOnly.test(file)) {
    const otherLanguages = Object.entries(languages).filter(([tag]) => tag !== 'en')
    for (const [tag, language] of otherLanguages) {
      const translated = new Map(textsOf(wordsFor(tag)).map(({ key, text }) => [key, text]))
      for (const { key, text } of texts)
        if (translated.get(key) === text && /[a-z]{3}/i.test(text) && !sameInAll.has(text))
          faults.push(`"${key}" is not in ${language}`)
    }
  }
  return faults.map(fault => `${file}: ${fault}`)
}

if (import.meta.main) {
  const code = globSync('src/**/*.ts')
    .filter(file => !/words(\.\w+)?\.ts$|\.test\.ts$/.test(file))
    .map(file => readFileSync(file, 'utf8'))
    .join('\n')
  const faults = (await readVocabularies()).flatMap(vocabulary => faultsOf(vocabulary, code))
  for (const fault of faults) process.stderr.write(`${fault}\n`)
  process.exitCode = faults.length === 0 ? 0 : 1
}
