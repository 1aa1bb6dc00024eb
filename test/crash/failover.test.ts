import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHeads } from '../../src/audit/audit.ts'
import { verifyAudit } from '../../src/audit/verify.ts'
import { openData, placeOf, signedIn } from '../attacks/support.ts'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { freshFolder } from '../support/database/databases.ts'
import { openPair } from '../support/database/standby.ts'
import { openTcpProxy } from '../support/outside/tcp-proxy.ts'
import { runCommand } from '../support/process/command.ts'
import { startLintel } from '../support/process/process.ts'
import { answersAgain, isWhole, seesHonestPage } from './away.ts'
import { everyWorker, workUntil } from './workers.ts'

/** Tells whether a worker was told that the store is away. */
const seesAway = (error: unknown): boolean =>
  error instanceof Error &&
  /503 !== |cannot be shown right now|do not know if this was saved/.test(error.message)

test('the primary dies under load and the standby takes over: what was acknowledged is there, once, and nobody is signed out', async t => {
  const { primary, standby, promote } = await openPair(t)
  const address = await openTcpProxy(t, [primary.port])
  const url = new URL(primary.url)
  url.port = String(address.port)
  const lintel = await startLintel(t, { engine: 'postgres', env: { DATABASE_URL: url.href } })
  const inside = await firstSignInByClient(lintel)
  const data = await openData(t, lintel)
  const { store, keyring } = data.services
  const ground = { lintel, data }
  const workers = await everyWorker(ground)
  for (const worker of workers) await worker.prepare()
  const chains = await store.read.selectFrom('audit_chain').select('id').execute()
  const ids = chains.map(({ id }) => id)
  const heads = await readHeads(store, ids)
  await workUntil(workers, 7, primary.crash, seesAway)
  address.leadTo([standby.port])
  await seesHonestPage(lintel, inside)
  await lintel.printed(/DATABASE_URL leads to a standby/)
  await promote()
  await answersAgain(lintel)
  assert.equal(await placeOf(inside), '/')
  for (const worker of workers) await worker.check()
  const verdict = await verifyAudit(store, keyring, heads, () => {})
  assert.equal(verdict.whole, true, JSON.stringify(verdict))
  assert.equal(await placeOf(await signedIn(lintel, 'admin')), '/')
  await isWhole(lintel)
})

test('a standby in the place of the primary is not written to, nor read from: pages say to wait, a start says why', async t => {
  const { primary, standby } = await openPair(t)
  const address = await openTcpProxy(t, [primary.port])
  const url = new URL(primary.url)
  url.port = String(address.port)
  const lintel = await startLintel(t, { engine: 'postgres', env: { DATABASE_URL: url.href } })
  const inside = await firstSignInByClient(lintel)
  await inside.get('/security')
  address.cut()
  address.mend()
  address.leadTo([standby.port])
  await seesHonestPage(lintel, inside)
  assert.equal((await inside.post('/security', { password })).status, 503)
  const folder = await freshFolder()
  t.after(folder.remove)
  const doctor = await runCommand({ ...lintel.env, LINTEL_DATA: folder.path }, 'doctor')
  assert.match(doctor.out, /BAD {3}store: .*leads to a standby, which takes no writes/)
  await assert.rejects(
    startLintel(t, { engine: 'postgres', env: { DATABASE_URL: url.href } }),
    (error: Error) => {
      assert.match(
        error.message,
        /leads to a standby, which takes no writes\. It must lead to the server that does/,
      )
      assert.doesNotMatch(error.message, /\.ts:\d|postgres:\/\//)
      return true
    },
  )
  address.leadTo([primary.port])
  await answersAgain(lintel)
  assert.equal(await placeOf(inside), '/')
})
