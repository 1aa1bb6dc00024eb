import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { WorkspaceWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<WorkspaceWords>(inEveryLanguage(import.meta.url))
