import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { MailWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<MailWords>(inEveryLanguage(import.meta.url))
