import { isCodeOf } from '../../refusals.ts'
import { tidyLine } from '../../web/line.ts'
import { refusalInWords } from '../words.ts'
import type { FileProblem, RowProblem } from './problems.ts'
import { wordsFor } from './words.ts'

/** Characters of a cell that a sentence repeats. */
const longestQuote = 60

/** Text from a file, short and without what could disturb a line. */
export function quoted(text: string): string {
  const plain = tidyLine(text)
  const signs = [...plain.slice(0, 2 * longestQuote + 2)]
  return signs.length > longestQuote ? `${signs.slice(0, longestQuote).join('')}…` : signs.join('')
}

/** A problem of a file or a row as a sentence; the same in the console and on the command line. */
export function problemInWords(problem: FileProblem | RowProblem, language: string): string {
  const { code, text = '', line = 0 } = problem
  if (isCodeOf('import', code)) return wordsFor(language).refusals[code](quoted(text), line)
  return refusalInWords(code, problem.field)
}
