import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { GateWords } from './reauthentication-words.en.ts'

export type * from './reauthentication-words.en.ts'

export const wordsFor = vocabulary<GateWords>(inEveryLanguage(import.meta.url))
