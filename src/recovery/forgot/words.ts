import { inEveryLanguage, vocabulary } from '../../web/vocabulary.ts'
import type { ForgotWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<ForgotWords>(inEveryLanguage(import.meta.url))
