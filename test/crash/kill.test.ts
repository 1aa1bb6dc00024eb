/** `npm run test:crash` kills 200 times on each engine; `npm test` a few times. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHeads } from '../../src/audit/audit.ts'
import { verifyAudit } from '../../src/audit/verify.ts'
import { openData } from '../attacks/support.ts'
import { engines } from '../support/database/databases.ts'
import { startLintel } from '../support/process/process.ts'
import { everyWorker, isCut, workUntil } from './workers.ts'

const rounds = Number(process.env['CRASHES'] ?? 6)
/** Acknowledged acts after which the process is killed: each round another number, so that it dies in other places. */
const dieAfter = [1, 3, 2, 5, 4, 7, 1, 6, 9, 8]

for (const engine of engines) {
  test(`killed ${rounds} times at work: nothing acknowledged is lost, nothing one-time works twice (${engine})`, async t => {
    const lintel = await startLintel(t, { engine })
    const data = await openData(t, lintel)
    const { store, keyring } = data.services
    const ground = { lintel, data }
    const workers = await everyWorker(ground)
    for (let round = 0; round < rounds; round++) {
      await store.writeOne(db => db.deleteFrom('throttle').execute())
      for (const worker of workers) await worker.prepare()
      const chains = await store.read.selectFrom('audit_chain').select('id').execute()
      const heads = await readHeads(
        store,
        chains.map(({ id }) => id),
      )
      await workUntil(workers, dieAfter[round % dieAfter.length] ?? 1, () => lintel.kill(), isCut)
      await lintel.restart()
      for (const worker of workers) await worker.check()
      const verdict = await verifyAudit(store, keyring, heads, () => {})
      assert.equal(verdict.whole, true, `round ${round}: ${JSON.stringify(verdict)}`)
    }
  })
}
