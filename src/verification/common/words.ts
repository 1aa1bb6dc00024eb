import { inEveryLanguage, vocabulary } from '../../web/vocabulary.ts'
import type { TwoStepMessage, VerificationWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<VerificationWords>(inEveryLanguage(import.meta.url))

export const isTwoStepMessage = (text: string | undefined): text is TwoStepMessage =>
  text !== undefined && Object.hasOwn(wordsFor('en').messages, text)
