import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { RecoveryWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<RecoveryWords>(inEveryLanguage(import.meta.url))
