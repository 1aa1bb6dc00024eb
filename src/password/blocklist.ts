import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { packWords, type WordSet } from './word-set.ts'

/** Words that people here reach for first and that the general lists lack or may lack. */
const ownWords = `
january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
spring summer autumn fall winter season christmas easter thanksgiving halloween newyear
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho
illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota
mississippi missouri montana nebraska nevada newhampshire newjersey newmexico newyork northcarolina
northdakota ohio oklahoma oregon pennsylvania rhodeisland southcarolina southdakota tennessee texas utah
vermont virginia washington westvirginia wisconsin wyoming puertorico districtofcolumbia usa america
minneapolis saintpaul stpaul duluth rochester bloomington hennepin ramsey twincities
shelter shelters housing homeless homelessness house home outreach casework caseworker casemanager
casemanagement socialwork socialworker volunteer intern client clients county state agency nonprofit
continuum continuumofcare coc hud vispdat coordinatedentry bedlist intake moodle training
helpdesk support service servicedesk welcome welcomehome letmein letmeinnow access account admin administrator
password passwort passcode passphrase secret login logon signin signup username user guest test testing
temp temporary changeme changethis newpassword mypassword default example sample demo
`

/** Keyboard rows and the alphabet: any stretch of one, from four characters on, counts as listed. */
const sequences = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '12345678901234567890',
]
const shortestStretch = 4

/** Each list is ordered by how common its words are; rarer surnames are no easier to guess than other letters. */
const sources = [
  { file: '@zxcvbn-ts/language-common/src/passwords.json', atMost: Infinity },
  { file: '@zxcvbn-ts/language-en/src/commonWords.json', atMost: Infinity },
  { file: '@zxcvbn-ts/language-en/src/wikipedia.json', atMost: Infinity },
  { file: '@zxcvbn-ts/language-en/src/firstnames.json', atMost: Infinity },
  { file: '@zxcvbn-ts/language-en/src/lastnames.json', atMost: 20_000 },
]

let loaded: Promise<(word: string) => boolean> | undefined

/**
 * The test for words that a guesser tries first (ASVS 6.2.4, 6.2.11), without any network. It takes lower-case
 * letters and digits; a listed word with digits in it counts with and without them. Lists are read at the first
 * call and kept for the process, as bytes outside the heap. Rejects when a list cannot be read; the next call
 * tries again.
 */
export function loadBlocklist(): Promise<(word: string) => boolean> {
  loaded ??= readLists().catch((error: unknown) => {
    loaded = undefined
    throw error
  })
  return loaded
}

async function readLists(): Promise<(word: string) => boolean> {
  const own = new Set(ownWords.trim().split(/\s+/))
  const require = createRequire(import.meta.url)
  const lists: WordSet[] = []
  for (const { file, atMost } of sources) {
    lists.push(packWords(await readFile(require.resolve(file)), atMost))
    await nextTurn()
  }
  return word => own.has(word) || isStretch(word) || lists.some(list => list.has(word))
}

function isStretch(word: string): boolean {
  return word.length >= shortestStretch && sequences.some(sequence => sequence.includes(word))
}
