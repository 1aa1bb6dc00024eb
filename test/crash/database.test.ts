import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { startPostgres } from '../../scripts/test-postgres.ts'
import { placeOf, signedIn } from '../attacks/support.ts'
import { firstSignInByClient } from '../journeys/guide.ts'
import { type Client, openClient } from '../support/client.ts'
import { commandOf } from '../support/command.ts'
import { freshPostgres } from '../support/databases.ts'
import { type Lintel, startLintel } from '../support/process.ts'
import { openTcpProxy } from '../support/tcp-proxy.ts'

/** What people and machines see while the store is away: an honest page, and nothing of how the house is built. */
async function seesHonestPage(lintel: Lintel, inside: Client): Promise<void> {
  for (const client of [openClient(lintel.origin), inside]) {
    const page = await client.get('/sign-in')
    assert.equal(page.status, 503)
    assert.match(page.text, /Wait half a minute|Try again in/)
    assert.ok(Number(page.headers['retry-after']) > 0)
    assert.doesNotMatch(page.text, /postgres|ECONN|at \w+ \(|\.ts:/i)
  }
  const health = openClient(lintel.origin)
  assert.equal((await health.get('/health/ready')).status, 503)
  assert.equal((await health.get('/health/live')).status, 200)
}

/** Asks until the store answers again: how long a server takes to come back is the machine's affair. */
async function answersAgain(lintel: Lintel): Promise<void> {
  const client = openClient(lintel.origin)
  while ((await client.get('/health/ready')).status !== 200) await new Promise(setImmediate)
}

async function isWhole(lintel: Lintel): Promise<void> {
  const verified = await commandOf(lintel)('audit', 'verify')
  assert.equal(verified.code, 0, verified.err)
}

test('#135 PostgreSQL dies and comes back: an honest page meanwhile, then all goes on without a restart', async t => {
  const server = await startPostgres()
  t.after(server.stop)
  const lintel = await startLintel(t, { engine: 'postgres', env: { DATABASE_URL: server.url } })
  const inside = await firstSignInByClient(lintel)
  const start = await server.crash()
  await seesHonestPage(lintel, inside)
  await start()
  await answersAgain(lintel)
  assert.equal(await placeOf(inside), '/')
  assert.equal(await placeOf(await signedIn(lintel, 'admin')), '/')
  await isWhole(lintel)
})

test('the network to PostgreSQL is cut in the middle of work, and mended', async t => {
  const database = await freshPostgres()
  t.after(database.drop)
  const url = new URL(database.url)
  const proxy = await openTcpProxy(t, [Number(url.port)])
  url.port = String(proxy.port)
  const lintel = await startLintel(t, { engine: 'postgres', env: { DATABASE_URL: url.href } })
  const inside = await firstSignInByClient(lintel)
  const clients = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const client = openClient(lintel.origin)
      await client.get('/sign-in')
      return client
    }),
  )
  const tries = clients.map(client => client.submit({ username: 'admin', password: 'wrong' }))
  proxy.cut()
  for (const { status } of await Promise.all(tries))
    assert.ok([422, 429, 500, 503].includes(status), String(status))
  await seesHonestPage(lintel, inside)
  proxy.mend()
  await answersAgain(lintel)
  assert.equal(await placeOf(inside), '/')
  await isWhole(lintel)
})

test('what a dead process left open in PostgreSQL holds nobody up', async t => {
  const database = await freshPostgres()
  t.after(database.drop)
  const lintel = await startLintel(t, { engine: 'postgres', env: { DATABASE_URL: database.url } })
  await firstSignInByClient(lintel)
  const other = new pg.Client({ connectionString: database.url })
  await other.connect()
  await other.query('begin')
  await other.query(`update account set version = version where username_key = 'admin'`)
  await lintel.kill()
  await other.end()
  await lintel.restart()
  assert.equal(await placeOf(await signedIn(lintel, 'admin')), '/')
  await isWhole(lintel)
})
