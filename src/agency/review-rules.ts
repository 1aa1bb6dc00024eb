import { endOfLastDay } from '../administration/last-day.ts'
import type { ReviewAnswer } from '../store/schema.ts'
import { csvLine } from '../web/csv.ts'
import type { Form } from '../web/request.ts'
import { isNoteTooLong } from './request-rules.ts'

export const reviewAnswers: readonly ReviewAnswer[] = ['stays', 'left', 'workgroup', 'unsure']

/** What a contact said of one person. */
export interface Said {
  readonly accountId: string
  readonly answer: ReviewAnswer
  /** The last day, or what else they said. */
  readonly detail: string
  /** When the answer that the page showed was given; 0: there was none. */
  readonly seen: number
}

export type LineCode = 'agency.last-day' | 'agency.no-note' | 'agency.note-long'

/** A line that cannot be kept, with its field. */
export interface LineProblem {
  readonly accountId: string
  readonly field: string
  readonly code: LineCode
}

/**
 * Reads the page of a review; who was not answered is left for later. `rest`: all of those still work there.
 * `now` in milliseconds since 1970.
 */
export function readAnswers(
  form: Form,
  timeZone: string,
  now: number,
): { readonly said: readonly Said[]; readonly problems: readonly LineProblem[] } {
  const said: Said[] = []
  const problems: LineProblem[] = []
  const rest = form.get('do') === 'rest'
  for (const accountId of new Set(form.all('person'))) {
    const given = reviewAnswers.find(one => one === form.get(`answer-${accountId}`))
    const answer = given ?? (rest ? 'stays' : undefined)
    if (answer === undefined) continue
    const lastDay = form.get(`day-${accountId}`).trim()
    const note = form.get(`note-${accountId}`).normalize('NFC').trim()
    const detail = answer === 'left' ? lastDay : answer === 'workgroup' || answer === 'unsure' ? note : ''
    const wrong = (field: string, code: LineCode) =>
      problems.push({ accountId, field: `${field}-${accountId}`, code })
    if (answer === 'left' && endOfLastDay(lastDay, timeZone, now) === undefined)
      wrong('day', 'agency.last-day')
    if (answer === 'workgroup' && note === '') wrong('note', 'agency.no-note')
    if (isNoteTooLong(note)) wrong('note', 'agency.note-long')
    said.push({ accountId, answer, detail, seen: Number(form.get(`seen-${accountId}`)) || 0 })
  }
  return { said, problems }
}

/** One person in one organization, as the result of a review says it. */
export interface ResultLine {
  readonly organization: string
  readonly username: string
  readonly person: string
  readonly answer: ReviewAnswer | null
  readonly detail: string
  readonly answered_name: string | null
  readonly answered_at: number | null
  readonly outcome: string | null
}

const columns = [
  'organization',
  'username',
  'person',
  'answer',
  'detail',
  'confirmed_by',
  'confirmed_at',
  'outcome',
]

/** The result of a review as CSV; times in UTC. Its bytes are what the log seals. */
export const resultAsCsv = (lines: readonly ResultLine[]): string =>
  [
    csvLine(columns),
    ...lines.map(line =>
      csvLine([
        line.organization,
        line.username,
        line.person,
        line.answer ?? '',
        line.detail,
        line.answered_name ?? '',
        line.answered_at === null ? '' : new Date(line.answered_at).toISOString(),
        line.outcome ?? '',
      ]),
    ),
  ].join('')
