import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { TermsWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<TermsWords>(inEveryLanguage(import.meta.url))
