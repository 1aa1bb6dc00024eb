import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { SignInMessage, SignInWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<SignInWords>(inEveryLanguage(import.meta.url))

export const isMessage = (text: string | undefined): text is SignInMessage =>
  text !== undefined && Object.hasOwn(wordsFor('en').messages, text)
