import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Data, openData, placeOf, signedIn, tally, tryPassword, wrong } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { freshFolder, freshPostgres } from '../support/database/databases.ts'
import { freePort } from '../support/database/postgres.ts'
import { openTcpProxy } from '../support/outside/tcp-proxy.ts'
import { commandOf } from '../support/process/command.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { atSignInPages } from './line.ts'
import { isCut } from './workers.ts'

interface Site {
  readonly processes: readonly Lintel[]
  /** Any of them: all print the origin of the balancer, so that a client reaches each in turn. */
  readonly lintel: Lintel
  readonly data: Data
}

/** Three processes on one PostgreSQL with one secret file, behind a balancer that gives each request to the next. */
async function openSite(t: Scope): Promise<Site> {
  const database = await freshPostgres()
  const keys = await freshFolder()
  t.after(async () => {
    await database.drop()
    await keys.remove()
  })
  const ports = await Promise.all([freePort(), freePort(), freePort()])
  const balancer = await openTcpProxy(t, ports)
  const processes: Lintel[] = []
  for (const port of ports)
    processes.push(
      await startLintel(t, {
        engine: 'postgres',
        env: {
          PORT: String(port),
          LOG_LEVEL: 'debug',
          LINTEL_ORIGIN: `http://localhost:${balancer.port}`,
          DATABASE_URL: database.url,
          LINTEL_SECRET_FILE: join(keys.path, 'secret.json'),
        },
      }),
    )
  const [lintel] = processes
  if (lintel === undefined) throw new Error('no process')
  return { processes, lintel, data: await openData(t, lintel) }
}

test('three processes are one system: a session, a limit and a person are the same in each', async t => {
  const { processes, lintel, data } = await openSite(t)
  await data.addPeople({ username: 'amina' }, { username: 'pedro' }, { username: 'maria' })
  const inside = await signedIn(lintel, 'amina')
  for (let request = 0; request < 9; request++) assert.equal(await placeOf(inside), '/')
  for (const { output } of processes) assert.match(output(), /"msg":"answered"/)

  const guesses = await atSignInPages(lintel, 50)
  const statuses = await Promise.all(guesses.map(client => tryPassword(client, 'pedro', wrong)))
  const { 422: checked = 0, 429: waiting = 0 } = tally(statuses.map(({ status }) => status))
  assert.ok(checked <= 5, `${checked} of 50 guesses were checked`)
  assert.equal(checked + waiting, 50)

  const doors = await atSignInPages(lintel, 12)
  await Promise.all(doors.map(client => tryPassword(client, 'maria', password)))
  const places = await Promise.all(doors.map(placeOf))
  assert.equal(await data.liveSessions('maria'), 1)
  assert.equal(places.filter(place => place === '/').length, 1)

  const runs = await data.services.store.read.selectFrom('job').select(['name', 'last_run_at']).execute()
  assert.equal(new Set(runs.map(({ name }) => name)).size, runs.length)
})

test('processes that are killed and started under load sign nobody out', async t => {
  const { processes, lintel, data } = await openSite(t)
  const names = ['amina', 'pedro', 'maria', 'li']
  await data.addPeople(...names.map(username => ({ username })))
  const people = await Promise.all(names.map(username => signedIn(lintel, username)))
  let busy = true
  let answered = 0
  const work = people.map(async client => {
    while (busy) {
      try {
        assert.equal(await placeOf(client), '/')
        answered += 1
      } catch (error) {
        if (!isCut(error)) throw error
      }
    }
  })
  try {
    for (const killed of processes) {
      const before = answered
      await killed.kill()
      while (answered < before + 8) await new Promise(setImmediate)
      await killed.restart()
    }
  } finally {
    busy = false
  }
  await Promise.all(work)
  for (const client of people) assert.equal(await placeOf(client), '/')
  assert.equal((await commandOf(lintel)('audit', 'verify')).code, 0)
})
