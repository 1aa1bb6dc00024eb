/** What is done to several people at once, or to the accounts of a file, cut off in the middle. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyAudit } from '../../src/audit/verify.ts'
import { type Data, openData, signedIn } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { type Lintel, startLintel } from '../support/process/process.ts'
import { isCut } from './workers.ts'

const people = 60
/** Milliseconds after which the process is killed: whatever it has come to, it is all or nothing. */
const dieAfter = [0, 5, 20, 60, 150]

/** Sends a form, and kills the process soon after. */
async function killAfter(lintel: Lintel, wait: number, answer: Promise<unknown>): Promise<void> {
  const sent = answer.catch((error: unknown) => {
    if (!isCut(error)) throw error
  })
  await new Promise(resolve => setTimeout(resolve, wait))
  await lintel.kill()
  await sent
  await lintel.restart()
}

/** A file gives everyone a job, and a new address; the process dies meanwhile. */
async function updateAndDie(
  lintel: Lintel,
  data: Data,
  usernames: readonly string[],
  wait: number,
): Promise<void> {
  const agent = await signedIn(lintel, 'agent')
  await agent.get('/helpdesk/import')
  const form = new FormData()
  form.set('kind', 'update')
  const lines = usernames.map(username => `${username},${username}@new.example,Spring crew`)
  form.set('file', new File([['Username,Email,Job title', ...lines].join('\n')], 'people.csv'))
  await agent.follow(await agent.post('/helpdesk/import', form))
  const fields = { reason: 'Spring.', identified: 'written-list' }
  await killAfter(lintel, wait, agent.submit(fields, `Update ${people} accounts`))
  const { store } = data.services
  const rows = await store.read
    .selectFrom('account')
    .select(['email', 'job_title'])
    .where('username', 'in', usernames)
    .execute()
  const [all, some] = [usernames.map(username => `${username}@new.example`), rows.map(({ email }) => email)]
  const changed = some.filter(email => all.includes(email)).length
  assert.ok(changed === 0 || changed === people, `${changed} of ${people}`)
  assert.equal(rows.filter(row => row.job_title === 'Spring crew').length, changed)
  const mails = await store.read
    .selectFrom('mail')
    .innerJoin('account', 'account.id', 'account_id')
    .select('mail.id')
    .where('username', 'in', usernames)
    .where('kind', '=', 'email-changed')
    .execute()
  assert.equal(mails.length, changed, 'whoever has a new address was told at the old one')
}

for (const engine of engines) {
  test(`killed while a shelter closes, or a file updates its people: all of them, or nobody (${engine})`, async t => {
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
      const selection = await agent.follow(await agent.submit({}, 'Continue with all 60 that match'))
      const at = selection.text.match(/\/helpdesk\/many\/[0-9a-f-]{36}/)?.[0] ?? ''
      await agent.get(`${at}/left`)
      if ((await agent.get(`${at}/left`)).text.includes('name="password"'))
        await agent.follow(await agent.submit({ password }, 'Submit'))
      const fields = { left: organization, reason: 'Spring.' }
      await agent.follow(await agent.submit(fields, 'Continue'))
      await killAfter(lintel, wait, agent.submit({}, 'Left an organization: 60 people'))
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
      await updateAndDie(lintel, data, usernames, wait)
      const verdict = await verifyAudit(store, keyring, [], () => {})
      assert.equal(verdict.whole, true, JSON.stringify(verdict))
    }
  })
}
