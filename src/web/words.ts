import { inEveryLanguage, vocabulary } from './vocabulary.ts'
import type { WebWords } from './words.en.ts'

export type * from './words.en.ts'

/** Words of layout, form parts and error pages. */
export const wordsFor = vocabulary<WebWords>(inEveryLanguage(import.meta.url))
