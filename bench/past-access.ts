import { randomUUID } from 'node:crypto'
import { accessOf } from '../src/administration/past-access/question.ts'
import type { AuditEvent } from '../src/audit/audit.ts'
import type { Services } from '../src/session/services.ts'
import { csvLine } from '../src/web/csv.ts'
import { quantile, type Row, row } from './report.ts'

/** Accounts of which the log says what they have. */
const accounts = 100_000
/** How many of them change organizations once, or leave. */
const changed = 36_000
/** Records of one transaction. */
const batch = 500

type Events = readonly [AuditEvent, ...AuditEvent[]]

const allows = { active: 1, signIn: 1, edit: 1 } as const
const places = Array.from({ length: 40 }, (_, index) => ({ id: randomUUID(), name: `Shelter ${index}` }))
const groups = Array.from({ length: 5 }, (_, index) => ({ id: randomUUID(), name: `Group ${index}` }))
const one = <T>(list: readonly T[], index: number): T => list[index % list.length] as T

function created(subject: string, index: number): AuditEvent {
  const organizations = [{ ...one(places, index), ...allows }]
  const names = { username: `evidence${index}`, firstName: 'Imani', lastName: `Row${index}` }
  const args = { ...names, role: 'user', organizations, workgroups: [one(groups, index)] }
  return { event: 'user_created', actor: 'operator:bench', subject, args }
}

function changeOf(subject: string, index: number): AuditEvent {
  if (index % 3 === 0) return { event: 'user_archived', actor: 'operator:bench', subject, args: { ended: 0 } }
  const organizations = [
    { ...one(places, index), before: allows, after: null },
    { ...one(places, index + 1), before: null, after: allows },
  ]
  const args = { change: 'access', organizations, workgroups: [] } as const
  return { event: 'privilege_permissions_changed', actor: 'operator:bench', subject, args }
}

async function append({ store, audit }: Services, events: Iterator<AuditEvent>): Promise<boolean> {
  const [first, ...rest] = Array.from(
    { length: batch },
    () => events.next().value as AuditEvent | undefined,
  ).filter(event => event !== undefined)
  if (first === undefined) return false
  await store.write(tx => audit.record(tx, ...([first, ...rest] satisfies Events)))
  return true
}

/** Two whole passes over the people; the second of a part of them. */
function* history(): Generator<AuditEvent> {
  const ids = Array.from({ length: accounts }, () => randomUUID())
  yield { event: 'access_baseline', actor: 'system', args: { of: 'everything', accounts: 0 } }
  for (const [index, id] of ids.entries()) yield created(id, index)
  for (const [index, id] of ids.slice(0, changed).entries()) yield changeOf(id, index)
}

/** Asks as an export does, to the last line. @returns how many lines. */
export async function askOnce({ store, now }: Services): Promise<number> {
  const before = now() + 1
  const answer = await accessOf(store, { from: before, before, ended: false })
  if (answer.is !== 'found') return 0
  const { columns } = answer
  let lines = 0
  for (const page of answer.pages()) {
    page.map(row => csvLine(columns.map(name => row[name] ?? null))).join('')
    lines += page.length
  }
  return lines
}

/** Adds to the log what says who had access, and asks for it. */
export async function measurePastAccess(services: Services, rounds: number): Promise<Row> {
  const events = history()
  while (await append(services, events));
  const seconds: number[] = []
  let lines = 0
  for (let round = 0; round < rounds; round++) {
    const from = performance.now()
    lines = await askOnce(services)
    seconds.push((performance.now() - from) / 1_000)
  }
  const p95 = quantile(seconds, 0.95)
  return row(
    `seconds to tell who had access on a day, ${accounts} accounts, p95`,
    p95,
    1,
    '≤ 2',
    p95 <= 2 && lines > accounts,
  )
}
