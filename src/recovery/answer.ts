/** Problems of a security question and its answer, as far as it shows without the password's hash. */
export type RecoveryProblem =
  | 'recovery.question-empty'
  | 'recovery.question-too-long'
  | 'recovery.answer-too-short'
  | 'recovery.answer-too-long'
  | 'recovery.answer-in-question'
  | 'recovery.gives-username'

/** Lengths in Unicode code points: the question and the answer as typed (NFC), the shortest answer folded. */
const longestQuestion = 200
const longestAnswer = 200
const shortestAnswer = 3

const mostWords = 12
const mostCandidates = 24
const shortestPassword = 8

/**
 * The form in which an answer is hashed and compared. Alike are: upper and lower case, composed and decomposed
 * accents, full and half width, any run of blanks and one space, with and without punctuation. Dashes,
 * underscores and slashes stand for a space. Accents themselves count, and letters, digits and symbols
 * of every script stay, so only an answer without any of them becomes empty.
 */
export function foldAnswer(text: string): string {
  const plain = dropPunctuation(text.toWellFormed().normalize('NFC')).normalize('NFKC')
  const folded = plain.toLowerCase().toUpperCase().toLowerCase().normalize('NFKC')
  return dropPunctuation(folded).replace(/\s+/gu, ' ').trim()
}

/** Apostrophes typed as accents (Sk) and signs that nobody sees (Cf, Cc) go with the punctuation. */
function dropPunctuation(text: string): string {
  return text.replace(/[\p{Pd}\p{Pc}/\\\s]/gu, ' ').replace(/[\p{P}\p{Sk}\p{Cf}\p{Cc}]/gu, '')
}

/** Every problem of a question and its answer in one go, none when both may be kept. */
export function checkQuestionAndAnswer(input: {
  readonly question: string
  readonly answer: string
  readonly username: string
}): readonly RecoveryProblem[] {
  const question = foldAnswer(input.question)
  const answer = foldAnswer(input.answer)
  const problems: RecoveryProblem[] = []
  if (question === '') problems.push('recovery.question-empty')
  if (lengthOf(input.question) > longestQuestion) problems.push('recovery.question-too-long')
  if (lengthOf(answer) < shortestAnswer) problems.push('recovery.answer-too-short')
  if (lengthOf(input.answer) > longestAnswer) problems.push('recovery.answer-too-long')
  if (answer !== '' && question.includes(answer)) problems.push('recovery.answer-in-question')
  if ([input.question, input.answer].some(text => gives(text, input.username))) {
    problems.push('recovery.gives-username')
  }
  return problems
}

function lengthOf(text: string): number {
  return [...text.normalize('NFC')].length
}

/** True when a text, whole or one of its words, is the username. */
function gives(text: string, username: string): boolean {
  const name = foldAnswer(username)
  return name !== '' && [text, ...wordsOf(text)].some(part => foldAnswer(part) === name)
}

/**
 * The texts that the store must test against the password's hash before it keeps a question and an answer
 * (`recovery.gives-password`): both whole and their first words, at most 12 in all and the answer's first, each
 * as typed and without one sign of punctuation at its end or at both ends (`"secret"?`). Texts shorter than any password may
 * be are left out: a hash for them would be wasted. At most 24.
 */
export function passwordCandidates(question: string, answer: string): readonly string[] {
  const canBePassword = (text: string) => lengthOf(text) >= shortestPassword
  const words = [...wordsOf(answer), ...wordsOf(question)].filter(canBePassword).slice(0, mostWords)
  const whole = [answer, question, answer.trim(), question.trim()]
  const bare = [...whole.slice(2), ...words].flatMap(text => {
    const open = text.replace(/\p{P}$/u, '')
    return [open, open.replace(/^\p{P}/u, '')]
  })
  return [...new Set([...whole, ...words, ...bare])].filter(canBePassword).slice(0, mostCandidates)
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/u).filter(word => word !== '')
}
