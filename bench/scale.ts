import { verifyAudit } from '../src/audit/verify.ts'
import { readSearch } from '../src/helpdesk/people/rules.ts'
import { findPeople } from '../src/helpdesk/people/store.ts'
import { openServices } from '../src/services.ts'
import type { Services } from '../src/session/services.ts'
import { readSettings } from '../src/settings.ts'
import { createOrganization } from '../src/workspace/store.ts'
import { addCrowd } from './crowd.ts'
import { measureImport } from './imports.ts'
import { measureComparison } from './lists.ts'
import { measurePastAccess } from './past-access.ts'
import { makePeople, password } from './people.ts'
import { startLintel } from './processes.ts'
import { connections, type Effort, type Load } from './races.ts'
import { median, quantile, type Row, row } from './report.ts'
import { measureReview } from './review.ts'

type Env = Readonly<Record<string, string>>

/** What a large store is compared with. */
const few = 1_000
/** Rows of one file. */
const imported = 10_000
/** Audit records of one transaction. */
const batch = 200
const searches = ['a', 'mo', 'hassan', 'amina warsame', 'no-such-name', 'user500', '']

const services = (env: Env): Promise<Services> => {
  const read = readSettings(env)
  if (!read.ok) throw new Error(read.problems.join('\n'))
  return openServices(read.settings)
}

/** Milliseconds of each search, as the console runs them. */
async function timeSearches({ store, now }: Services, rounds: number): Promise<readonly number[]> {
  const found: number[] = []
  for (let round = 0; round <= rounds; round++) {
    for (const text of searches) {
      const search = readSearch(name => (name === 'q' ? text : undefined))
      const from = performance.now()
      await findPeople(store, search, undefined, [], now())
      if (round > 0) found.push(performance.now() - from)
    }
  }
  return found
}

const append = ({ store, audit }: Services, count: number) =>
  store.write(async tx => {
    const event = { event: 'authn_login_success', actor: 'system', args: { browser: 'bench' } } as const
    await audit.record(tx, event, ...Array.from({ length: count - 1 }, () => event))
  })

/** Transactions with one record each, by the second. */
async function appendsPerSecond(given: Services, milliseconds: number): Promise<number> {
  const from = performance.now()
  let count = 0
  for (; performance.now() < from + milliseconds; count++) await append(given, 1)
  return (count / (performance.now() - from)) * 1_000
}

async function signInsPerSecond(
  env: Env,
  load: Load,
  people: readonly string[],
  effort: Effort,
): Promise<number> {
  const lintel = await startLintel(env)
  const { origin } = lintel
  const milliseconds = effort.window
  const rounds: number[] = []
  try {
    for (let round = 0; round <= effort.rounds; round++) {
      const { perSecond = 0 } = await load.ask({
        kind: 'sign-ins',
        origin,
        people,
        password,
        connections,
        milliseconds,
      })
      if (round > 0) rounds.push(perSecond)
    }
  } finally {
    await lintel.stop()
  }
  return median(rounds)
}

async function auditRows(given: Services, many: number, effort: Effort): Promise<readonly Row[]> {
  const early = await appendsPerSecond(given, effort.window)
  for (let done = 0; done < many; done += batch) await append(given, batch)
  const late = await appendsPerSecond(given, effort.window)
  const from = performance.now()
  const verdict = await verifyAudit(given.store, given.keyring)
  const seconds = (performance.now() - from) / 1_000
  return [
    row(`audit appends/s after ${many} records over before`, late, early, '≥ 0.90', late / early >= 0.9),
    row(`seconds to verify ${many} audit records`, seconds, 1, 'whole', verdict.whole),
  ]
}

/** Everything that grows with the store: the same work at a thousand accounts and at `many`, and the audit log at `many` records. */
export async function measureScale(
  env: Env,
  load: Load,
  effort: Effort,
  many: number,
): Promise<readonly Row[]> {
  const first = await startLintel(env)
  await first.stop()
  const people = await makePeople(env, 100)
  const given = await services(env)
  try {
    const name = 'Northern Night Shelter'
    const id = await given.store.write(tx => createOrganization(tx, { name, allows: 'Beds.' }, given.now()))
    await addCrowd(given.store, { id, name }, 0, few, given.now())
    const before = await timeSearches(given, effort.rounds)
    const signInsBefore = await signInsPerSecond(env, load, people, effort)
    await addCrowd(given.store, { id, name }, few, many, given.now())
    const after = await timeSearches(given, effort.rounds)
    const signInsAfter = await signInsPerSecond(env, load, people, effort)
    const [ours, reference] = [quantile(after, 0.95), quantile(before, 0.95)]
    return [
      row(
        `seconds of a sign-in at ${many} accounts over at ${few}`,
        1 / signInsAfter,
        1 / signInsBefore,
        '≤ 1.1',
        signInsBefore / signInsAfter <= 1.1,
      ),
      row(
        `people search at ${many} accounts over at ${few}, p95 ms`,
        ours,
        reference,
        '≤ 3 and ≤ 50 ms',
        ours / reference <= 3 && ours <= 50,
      ),
      await measureImport(env, imported, name),
      ...(await auditRows(given, many, effort)),
      await measurePastAccess(given, effort.rounds),
      ...(await measureComparison(given, effort.rounds)),
      ...(await measureReview(given, many)),
    ]
  } finally {
    await given.store.close()
  }
}
