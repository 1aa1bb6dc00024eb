/** A network that loses every byte without a word: nothing is refused, nothing breaks, no answer comes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompiledQuery, sql } from 'kysely'
import pg from 'pg'
import { openStore } from '../../src/store/store.ts'
import { placeOf, signedIn } from '../attacks/support.ts'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { freshFolder } from '../support/database/databases.ts'
import { openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { answersAgain, isWhole, seesHonestPage } from './away.ts'
import { atSignInPages, openLine } from './line.ts'

/** Milliseconds: TCP itself waits for a quarter of an hour before it says that nobody answers. */
const timeout = 300_000

test('the network to PostgreSQL goes silent: an honest page in bounded time, and service comes back without a restart', {
  timeout,
}, async t => {
  const { proxy, url } = await openLine(t)
  const lintel = await startLintel(t, { engine: 'postgres', env: { DATABASE_URL: url } })
  const inside = await firstSignInByClient(lintel)
  const clients = await atSignInPages(lintel, 8)
  const tries = clients.map((client, index) =>
    client.submit({ username: `nobody${index}`, password: 'wrong' }),
  )
  await Promise.race(tries)
  proxy.swallow(['there', 'back'])
  for (const { status } of await Promise.all(tries)) assert.ok([422, 429, 503].includes(status), `${status}`)
  await seesHonestPage(lintel, inside)
  proxy.mend()
  await answersAgain(lintel)
  assert.equal(await placeOf(inside), '/')
  assert.equal(await placeOf(await signedIn(lintel, 'admin')), '/')
  await isWhole(lintel)
})

/** From now on a transaction that sets a password waits in its commit while somebody holds lock 1. */
const holdsCommits = `
  create function hold() returns trigger language plpgsql as
    'begin perform pg_advisory_xact_lock(1); return null; end';
  create constraint trigger hold after insert or update on credential
    deferrable initially deferred for each row execute function hold()`

/** Tells whether another connection waits for a lock that somebody took by its number. */
async function someoneWaits(server: pg.Client, longerThan = 0): Promise<boolean> {
  const { rowCount } = await server.query(
    `select from pg_stat_activity where wait_event = 'advisory' and datname = current_database()
      and clock_timestamp() - query_start > make_interval(secs => $1)`,
    [longerThan],
  )
  return rowCount === 1
}

test('of a form whose commit had no answer the page says neither that it was saved nor that it was not', {
  timeout,
}, async t => {
  const { proxy, url, directUrl } = await openLine(t)
  const lintel = await startLintel(t, { engine: 'postgres', env: { DATABASE_URL: url } })
  const inside = await firstSignInByClient(lintel)
  await inside.get('/security/password')
  await inside.follow(await inside.submit({ password }, 'Submit'))
  const tried = 'Heron lamp 43 quietly'
  const other = new pg.Client({ connectionString: directUrl })
  await other.connect()
  await other.query(holdsCommits)
  await other.query('select pg_advisory_lock(1)')
  const saving = inside.submit({ password: tried, confirm: tried }, 'Save')
  while (!(await someoneWaits(other))) await new Promise(setImmediate)
  proxy.swallow(['back'])
  await other.end()
  const answer = await saving
  assert.equal(answer.status, 503)
  assert.match(answer.text, /We do not know if this was saved/)
  assert.doesNotMatch(answer.text, /Nothing was changed|was changed\./)
  assert.equal(Number(answer.headers['retry-after']), 30)
  proxy.mend()
  await answersAgain(lintel)
  const holds: string[] = []
  for (const candidate of [password, tried]) {
    const client = openClient(lintel.origin)
    await client.get('/sign-in')
    if ((await client.submit({ username: 'admin', password: candidate })).status === 303)
      holds.push(candidate)
  }
  assert.equal(holds.length, 1)
  await isWhole(lintel)
})

const queryFor = (value: number) =>
  CompiledQuery.raw(`select ${value} as value`) as CompiledQuery<{ value: number }>

test('a connection whose answer never came is not used again, and no later query is given that answer', {
  timeout,
}, async t => {
  const { proxy, url, directUrl } = await openLine(t)
  const folder = await freshFolder()
  const store = await openStore({ folder: folder.path, databaseUrl: url, onLost: () => {} })
  t.after(async () => {
    await store.close()
    await folder.remove()
  })
  const put = (name: string) =>
    store.write(tx => tx.db.insertInto('counter').values({ name, value: 1 }).execute())
  const mine = CompiledQuery.raw('select pg_backend_pid() as pid') as CompiledQuery<{ pid: number }>
  const [{ pid: former } = { pid: 0 }] = (await store.ask(mine)).rows
  await put('before')
  const other = new pg.Client({ connectionString: directUrl })
  await other.connect()
  proxy.swallow(['back'])
  const writing = put('meanwhile')
  const isOpen = `select from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`
  while ((await other.query(isOpen)).rowCount === 0) await new Promise(setImmediate)
  await other.end()
  const lost = await Promise.allSettled([
    writing,
    ...[1, 2, 3].map(value => store.ask(queryFor(value))),
    ...[4, 5, 6].map(value => sql`select ${sql.lit(value)} as value`.execute(store.read)),
  ])
  for (const { status } of lost) assert.equal(status, 'rejected')
  proxy.mend()
  const [{ pid } = { pid: 0 }] = (await store.ask(mine)).rows
  assert.notEqual(pid, former)
  const wanted = Array.from({ length: 40 }, (_, index) => 100 + index)
  const looked = await Promise.all(wanted.map(value => store.ask(queryFor(value))))
  const read = await Promise.all(
    wanted.map(value => sql<{ value: number }>`select ${sql.lit(value)} as value`.execute(store.read)),
  )
  for (const answers of [looked, read])
    assert.deepEqual(
      answers.map(({ rows }) => rows[0]?.value),
      wanted,
    )
  // The server still holds the row of who is heard of no more; it gives it up in time.
  await put('meanwhile')
  const names = await store.read.selectFrom('counter').select('name').orderBy('name').execute()
  assert.deepEqual(
    names.map(({ name }) => name),
    ['before', 'meanwhile'],
  )
})

test('a start waits for the process that changes the schema, longer than a query may take', {
  timeout,
}, async t => {
  const { directUrl } = await openLine(t)
  const folder = await freshFolder()
  t.after(folder.remove)
  const other = new pg.Client({ connectionString: directUrl })
  await other.connect()
  await other.query('select pg_advisory_lock(5461835)')
  const opening = openStore({ folder: folder.path, databaseUrl: directUrl, onLost: () => {} })
  try {
    await Promise.race([
      opening,
      (async () => {
        while (!(await someoneWaits(other, 13))) await other.query('select pg_sleep(0.1)')
      })(),
    ])
  } finally {
    await other.end()
  }
  await (await opening).close()
})
