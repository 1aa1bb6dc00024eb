import type { Hasher, StoredHash } from '../password/hashing.ts'
import { readHashes } from '../password/store.ts'
import { done, type Outcome, type RefusalOf, refuse } from '../refusals.ts'
import type { Person } from '../session/visitor.ts'
import type { Store } from '../store/store.ts'
import { checkQuestionAndAnswer, foldAnswer, passwordCandidates, type RecoveryProblem } from './answer.ts'
import { questionForm } from './fields.ts'

export interface QuestionEntry {
  readonly question: string
  readonly answer: string
}

type QuestionOutcome = Outcome<
  { readonly question: string; readonly answer: StoredHash },
  RefusalOf<'recovery'> | 'request.busy'
>

const fieldOf: Readonly<Record<RecoveryProblem, keyof typeof questionForm.name>> = {
  'recovery.question-empty': 'question',
  'recovery.question-too-long': 'question',
  'recovery.answer-too-short': 'answer',
  'recovery.answer-too-long': 'answer',
  'recovery.answer-in-question': 'question',
  'recovery.gives-username': 'answer',
}

/** Checks a question and answer, also against the password in force, and hashes the folded answer. */
export async function prepareQuestion(
  parts: { readonly store: Store; readonly hasher: Hasher },
  person: Pick<Person, 'id' | 'username'>,
  entry: QuestionEntry,
): Promise<QuestionOutcome> {
  const problems = checkQuestionAndAnswer({ ...entry, username: person.username })
  if (problems.length > 0) return refuse(...problems.map(code => ({ code, field: fieldOf[code] })))
  const { current } = await readHashes(parts.store, person.id, 0)
  for (const text of passwordCandidates(entry.question, entry.answer)) {
    const isPassword = await parts.hasher.verify(text, current)
    if (isPassword.busy) return refuse({ code: 'request.busy' })
    if (isPassword.value) return refuse({ code: 'recovery.gives-password', field: questionForm.name.answer })
  }
  const answer = await parts.hasher.hash(foldAnswer(entry.answer))
  return answer.busy
    ? refuse({ code: 'request.busy' })
    : done({ question: entry.question.trim(), answer: answer.value })
}
