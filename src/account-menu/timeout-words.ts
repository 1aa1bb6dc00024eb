import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { TimeoutWords } from './timeout-words.en.ts'

export type * from './timeout-words.en.ts'

export const wordsFor = vocabulary<TimeoutWords>(inEveryLanguage(import.meta.url))
