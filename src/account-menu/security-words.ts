import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { SecurityWords } from './security-words.en.ts'

export type * from './security-words.en.ts'

export const wordsFor = vocabulary<SecurityWords>(inEveryLanguage(import.meta.url))
