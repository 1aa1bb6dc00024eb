import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { PasswordWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<PasswordWords>(inEveryLanguage(import.meta.url))
