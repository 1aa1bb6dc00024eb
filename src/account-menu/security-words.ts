import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { SecurityMessage, SecurityWords } from './security-words.en.ts'

export type * from './security-words.en.ts'

export const wordsFor = vocabulary<SecurityWords>(inEveryLanguage(import.meta.url))

export const isSecurityMessage = (text: string | undefined): text is SecurityMessage =>
  text !== undefined && Object.hasOwn(wordsFor('en').messages, text)
