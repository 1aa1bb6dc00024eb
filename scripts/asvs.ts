/**
 * `docs/asvs.md` answers every requirement of the OWASP Application Security Verification Standard 5.0.0, once, with what
 * shows it. Its first table is counted from its rows (`npm run docs`).
 */
import { readFileSync } from 'node:fs'
import { missingTests } from './named-tests.ts'

export const asvsDocument = 'docs/asvs.md'

const states = ['shown', 'partly', 'open', 'later', 'not here'] as const
export type State = (typeof states)[number]

export interface Answer {
  readonly id: string
  readonly state: State
  /** The last cell. */
  readonly shownBy: string
}

/** Requirements of each chapter of ASVS 5.0.0, V1 to V17. */
const requirements = [30, 13, 31, 16, 13, 47, 19, 13, 7, 36, 24, 12, 21, 13, 21, 17, 12]

const applied = /^\| (V\d+\.\d+\.\d+) \| ([123]) \| ([^|]+) \| ([^|]+) \|$/
const grouped = /^\| (V\d+\.\d+\.\d+(?:, V\d+\.\d+\.\d+)*) \| ([^|]+) \|$/
const groups: Readonly<Record<string, State>> = { '## Later': 'later', '## Not here': 'not here' }

const stateOf = (shownBy: string): State =>
  shownBy.includes('**open**') ? 'open' : shownBy.includes('**partly**') ? 'partly' : 'shown'

/** The answers of the document, in its order. */
export function readAnswers(document: string): readonly Answer[] {
  let group: State | undefined
  return document.split('\n').flatMap((line): readonly Answer[] => {
    if (line.startsWith('## ')) group = groups[line]
    const [, ids = '', why = ''] = grouped.exec(line) ?? []
    const [, id, , , shownBy = ''] = applied.exec(line) ?? []
    if (id !== undefined) return [{ id, state: stateOf(shownBy), shownBy }]
    if (ids === '') return []
    return ids.split(', ').map(each => ({ id: each, state: group ?? 'shown', shownBy: why }))
  })
}

const chapterOf = (id: string): number => Number(/^V(\d+)/.exec(id)?.[1])

/** How many requirements of each chapter stand in which state, with a last row for all. */
export function countAnswers(document: string): readonly (readonly (string | number)[])[] {
  const answers = readAnswers(document)
  const row = (name: string, rows: readonly Answer[]) => [
    name,
    ...states.map(state => rows.filter(answer => answer.state === state).length),
    rows.length,
  ]
  return [
    ...requirements.map((_, index) =>
      row(
        `V${index + 1}`,
        answers.filter(({ id }) => chapterOf(id) === index + 1),
      ),
    ),
    row('all', answers),
  ]
}

/** The id that follows in its section, and the first ids that may follow it. */
function mayFollow(before: string | undefined, id: string): boolean {
  const [chapter = 0, section = 0, number = 0] = (before ?? 'V0.0.0').slice(1).split('.').map(Number)
  return [
    `V${chapter}.${section}.${number + 1}`,
    `V${chapter}.${section + 1}.1`,
    `V${chapter + 1}.1.1`,
    `V${chapter + 1}.2.1`,
  ].includes(id)
}

const isEvidence = (shownBy: string): boolean => /` › |\]\(/.test(shownBy)

/** Problems with the document; empty: nothing. */
export function findAnswerFaults(
  document: string,
  expected: readonly number[] = requirements,
): readonly string[] {
  const answers = readAnswers(document)
  const keyOf = (id: string) =>
    id
      .slice(1)
      .split('.')
      .map(part => part.padStart(3, '0'))
      .join('')
  const ids = answers.map(({ id }) => id).toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))
  const lines = document.split('\n').filter(line => /^\|\s*V\d/.test(line) && !applied.test(line))
  return [
    ...lines
      .filter(line => !grouped.test(line) && !/^\| V\d+ \|/.test(line))
      .map(line => `cannot be read: ${line.slice(0, 60)}`),
    ...ids.filter((id, at) => id === ids[at - 1]).map(id => `${id} stands twice`),
    ...ids
      .filter((id, at) => id !== ids[at - 1] && !mayFollow(ids[at - 1], id))
      .map(id => `before ${id} one is missing`),
    ...expected.flatMap((count, index) => {
      const found = ids.filter(id => chapterOf(id) === index + 1).length
      return found === count ? [] : [`V${index + 1} has ${found} of ${count}`]
    }),
    ...answers
      .filter(({ state, shownBy }) => (state === 'shown' || state === 'partly') && !isEvidence(shownBy))
      .map(({ id }) => `${id} names nothing that shows it`),
    ...answers
      .filter(({ state, shownBy }) => state !== 'shown' && !/\.( |$)/.test(shownBy))
      .map(({ id }) => `${id} lacks its sentence`),
  ]
}

if (import.meta.main) {
  const document = readFileSync(asvsDocument, 'utf8')
  const faults = [...findAnswerFaults(document), ...missingTests(document)]
  for (const line of faults) process.stderr.write(`${asvsDocument}: ${line}\n`)
  process.exitCode = faults.length === 0 ? 0 : 1
}
