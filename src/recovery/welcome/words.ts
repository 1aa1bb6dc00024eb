import { inEveryLanguage, vocabulary } from '../../web/vocabulary.ts'
import type { WelcomeWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<WelcomeWords>(inEveryLanguage(import.meta.url))
