/** What is done to several people at once, cut off in the middle. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyAudit } from '../../src/audit/verify.ts'
import { openData, signedIn } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { startLintel } from '../support/process/process.ts'
import { isCut } from './workers.ts'

const people = 60
/** Milliseconds after which the process is killed: whatever it has come to, it is all or nothing. */
const dieAfter = [0, 5, 20, 60, 150]

for (const engine of engines) {
  test(`killed while a shelter closes: everybody has left, or nobody (${engine})`, async t => {
    const lintel = await startLintel(t, { engine })
    const data = await openData(t, lintel)
    const { store, keyring } = data.services
    await data.addPeople({ username: 'agent', role: 'administrator' })
    for (const [round, wait] of dieAfter.entries()) {
      const shelter = `Winter shelter ${round}`
      const usernames = Array.from({ length: people }, (_, n) => `r${round}n${n}`)
      const ids = await data.addPeople(...usernames.map(username => ({ username, organizations: [shelter] })))
      const { id: organization } = await store.read
        .selectFrom('organization')
        .select('id')
        .where('name', '=', shelter)
        .executeTakeFirstOrThrow()
      const agent = await signedIn(lintel, 'agent')
      await agent.get(`/helpdesk/people?organization=${organization}`)
      const selection = await agent.follow(
        await agent.submit({ which: 'all' }, 'Continue with all 60 that match'),
      )
      const at = selection.text.match(/\/helpdesk\/many\/[0-9a-f-]{36}/)?.[0] ?? ''
      await agent.get(`${at}/left`)
      if ((await agent.get(`${at}/left`)).text.includes('name="password"'))
        await agent.follow(await agent.submit({ password }, 'Submit'))
      const fields = { left: organization, reason: 'Spring.' }
      await agent.follow(await agent.submit(fields, 'Continue'))
      const sent = agent.submit({}, 'Left an organization: 60 people').catch((error: unknown) => {
        if (!isCut(error)) throw error
      })
      await new Promise(resolve => setTimeout(resolve, wait))
      await lintel.kill()
      await sent
      await lintel.restart()
      const rows = await store.read
        .selectFrom('account')
        .select('id')
        .where('id', 'in', ids)
        .where('deactivated_at', 'is not', null)
        .execute()
      assert.ok(rows.length === 0 || rows.length === people, `${rows.length} of ${people}`)
      const records = (await data.events('user_archived')).filter(({ subject }) =>
        ids.includes(subject ?? ''),
      )
      assert.equal(records.length, rows.length)
      const verdict = await verifyAudit(store, keyring, [], () => {})
      assert.equal(verdict.whole, true, JSON.stringify(verdict))
    }
  })
}
