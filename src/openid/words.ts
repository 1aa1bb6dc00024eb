import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { OpenidWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<OpenidWords>(inEveryLanguage(import.meta.url))
