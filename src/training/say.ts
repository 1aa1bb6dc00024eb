import type { Knowledge } from './rules.ts'
import { wordsFor } from './words.ts'

/** Known facts in a sentence. `day`: when training was finished, in words. */
export function knowledgeInWords(known: Knowledge, day: string, language: string): string {
  const words = wordsFor(language)
  if (known.kind === 'finished') return words.finished(day)
  return known.kind === 'not-finished' ? words.notFinished : words.doubts[known.why]
}
