import { readOurs } from '../src/administration/lists/accounts.ts'
import { compareList } from '../src/administration/lists/compare.ts'
import { entriesOf, propose } from '../src/administration/lists/mapping.ts'
import { readTable } from '../src/administration/lists/table.ts'
import type { Services } from '../src/session/services.ts'
import { quantile, type Row, row } from './report.ts'

/** People of the other system's list. */
const people = 10_000
/** Milliseconds that somebody else's page may wait for a turn. */
const longestWait = 100

const file = Buffer.from(
  [
    'User ID,Name,Email,Status',
    ...Array.from({ length: people }, (_, n) => `user${n},"Row${n}, Imani",row${n}@vendor.example,Active`),
  ].join('\n'),
)

/** Reads a list and compares it with every account, as the page does. @returns findings. */
async function compareOnce({ store, now }: Services): Promise<number> {
  const read = await readTable(file)
  if (!read.ok) throw new Error(read.trouble)
  const entries = entriesOf(read.table, propose(read.table.header))
  return (await compareList(entries, await readOurs(store, undefined), now())).length
}

/** The longest that the event loop kept others waiting during some work, in milliseconds. */
async function longestPause(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }, 1)
  await work()
  clearInterval(timer)
  return longest
}

/** A list of another system against all accounts: how long it takes, and how long others wait for it. */
export async function measureComparison(services: Services, rounds: number): Promise<readonly Row[]> {
  const seconds: number[] = []
  const pauses: number[] = []
  for (let round = 0; round < rounds; round++) {
    const from = performance.now()
    pauses.push(await longestPause(() => compareOnce(services)))
    seconds.push((performance.now() - from) / 1_000)
  }
  const [p95, pause] = [quantile(seconds, 0.95), quantile(pauses, 0.95)]
  return [
    row(`seconds to compare a list of ${people} people, p95`, p95, 1, '≤ 3', p95 <= 3),
    row(
      'milliseconds that it keeps other pages waiting, p95',
      pause,
      1,
      `≤ ${longestWait}`,
      pause <= longestWait,
    ),
  ]
}
