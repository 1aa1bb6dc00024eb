import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { MenuWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<MenuWords>(inEveryLanguage(import.meta.url))
