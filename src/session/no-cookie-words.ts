import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { NoCookieWords } from './no-cookie-words.en.ts'

export const wordsFor = vocabulary<NoCookieWords>(inEveryLanguage(import.meta.url))
