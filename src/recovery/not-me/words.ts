import { inEveryLanguage, vocabulary } from '../../web/vocabulary.ts'
import type { NotMeWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<NotMeWords>(inEveryLanguage(import.meta.url))
