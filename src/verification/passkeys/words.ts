import { inEveryLanguage, vocabulary } from '../../web/vocabulary.ts'
import type { PasskeyWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<PasskeyWords>(inEveryLanguage(import.meta.url))
