import type { AgencyCode } from '../agency/contacts.ts'
import type { Refusal } from '../refusals.ts'
import type { Problem } from '../web/parts.ts'
import { inEveryLanguage, vocabulary } from '../web/vocabulary.ts'
import type { DeskWords } from './words.en.ts'

export type * from './words.en.ts'

export const wordsFor = vocabulary<DeskWords>(inEveryLanguage(import.meta.url))

/** Refusals as sentences; one that a contact cannot meet says that the page is no longer as it was. */
export function problemsOf(refusals: readonly Refusal<AgencyCode>[], language: string): readonly Problem[] {
  const { problems: sentences, changed } = wordsFor(language)
  const known: Readonly<Partial<Record<AgencyCode, string>>> = sentences
  return refusals.map(({ code, field }) => ({ field, text: known[code] ?? changed }))
}
