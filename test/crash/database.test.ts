import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { placeOf, signedIn } from '../attacks/support.ts'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { freshPostgres } from '../support/database/databases.ts'
import { startPostgres } from '../support/database/postgres.ts'
import { openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { answersAgain, isWhole, seesHonestPage } from './away.ts'
import { atSignInPages, openLine } from './line.ts'

test('PostgreSQL dies and comes back: an honest page meanwhile, then all goes on without a restart', async t => {
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
  const { proxy, url } = await openLine(t)
  const lintel = await startLintel(t, { engine: 'postgres', env: { DATABASE_URL: url } })
  const inside = await firstSignInByClient(lintel)
  const clients = await atSignInPages(lintel, 8)
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

test('PostgreSQL takes no writes for a while: forms are answered with a page that says to wait, not with a fault of ours', async t => {
  const { proxy, url, directUrl } = await openLine(t)
  const lintel = await startLintel(t, { engine: 'postgres', env: { DATABASE_URL: url } })
  const inside = await firstSignInByClient(lintel)
  const server = new pg.Client({ connectionString: directUrl })
  await server.connect()
  const name = new URL(directUrl).pathname.slice(1)
  const setReadOnly = async (value: 'on' | 'off') => {
    await server.query(`alter database ${name} set default_transaction_read_only = ${value}`)
    proxy.cut()
    proxy.mend()
    await answersAgain(lintel)
  }
  await setReadOnly('on')
  const client = openClient(lintel.origin)
  assert.equal((await client.get('/sign-in')).status, 200)
  const refused = await client.submit({ username: 'admin', password })
  assert.equal(refused.status, 503)
  assert.match(refused.text, /Try again in 30 seconds/)
  await lintel.printed(/the database takes no writes/)
  await setReadOnly('off')
  await server.end()
  assert.equal(await placeOf(inside), '/')
  assert.equal(await placeOf(await signedIn(lintel, 'admin')), '/')
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
