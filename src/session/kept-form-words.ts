import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { KeptFormWords } from './kept-form-words.en.ts'

export type * from './kept-form-words.en.ts'

export const wordsFor = vocabulary<KeptFormWords>(inEveryLanguage(import.meta.url))
