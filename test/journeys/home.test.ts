import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proofsText } from '../../src/session/proofs.ts'
import { openData, signedIn } from '../attacks/support.ts'
import { startLintel } from '../support/process/process.ts'

const day = 24 * 3_600_000

test('Home tells what is still open, when the terms end, and the news of today', async t => {
  const lintel = await startLintel(t, { engine: 'postgres' })
  const data = await openData(t, lintel)
  const now = Date.now()
  await data.addPeople(
    { username: 'amina', account: { training_state: 'not-finished', leaving_at: now + 10 * day } },
    { username: 'placeless', organizations: [], workgroups: [] },
  )
  const { store } = data.services
  await store.writeOne(db =>
    db
      .updateTable('policy')
      .set({ overrides: JSON.stringify({ termsYearly: true }) })
      .execute(),
  )
  await store.writeOne(db =>
    db
      .updateTable('terms_acceptance')
      .set({ accepted_at: now - 340 * day })
      .execute(),
  )
  const news = { text: 'First.\n\nSecond <b>.', created_by: null }
  await store.writeOne(db =>
    db
      .insertInto('news')
      .values([
        { id: '1', title: 'Open house', shown_from: now - day, shown_until: null, ...news },
        { id: '2', title: 'Too early', shown_from: now + day, shown_until: null, ...news },
        { id: '3', title: 'Over', shown_from: now - 2 * day, shown_until: now - day, ...news },
      ])
      .execute(),
  )
  const home = (await (await signedIn(lintel, 'amina')).get('/')).text
  assert.match(home, /asked to accept the Terms of Agreement again on [A-Z][a-z]+ \d+, \d{4}\./)
  assert.match(home, /Your access ends on [A-Z][a-z]+ \d+, \d{4}\. If that is wrong, contact /)
  assert.match(home, /Your training is not finished/)
  assert.match(home, /You have not set a security question/)
  assert.match(home, /You have not set up 2-step verification/)
  assert.match(home, /<h3 lang="en">Open house<\/h3>/)
  assert.match(home, /<p>First\.<\/p><p>Second &lt;b&gt;\.<\/p>/)
  assert.doesNotMatch(home, /Too early|Over<|From {2}/)
  const other = (await (await signedIn(lintel, 'placeless')).get('/')).text
  assert.match(other, /You have not been added to an organization yet/)
  assert.match(other, /You have not been added to a workgroup yet/)
})

test('Home tells whoever has few backup codes left', async t => {
  const lintel = await startLintel(t, { engine: 'postgres' })
  const data = await openData(t, lintel)
  const [id = ''] = await data.addPeople({ username: 'amina' }, { username: 'plain' })
  const { store } = data.services
  const client = await signedIn(lintel, 'amina')
  await store.write(async ({ db }) => {
    await db
      .insertInto('authenticator')
      .values({ id: id, account_id: id, secret_sealed: 'x', last_step: 0, added_at: 1, last_used_at: 1 })
      .execute()
    const code = (code_hash: string) => ({ account_id: id, code_hash, made_at: 1 })
    await db.insertInto('backup_code').values(['a', 'b', 'c', 'd'].map(code)).execute()
    const proofs = proofsText({ password: Date.now(), code: Date.now() })
    await db.updateTable('session').set({ proofs }).where('account_id', '=', id).execute()
  })
  const use = (hash: string) =>
    store.writeOne(db =>
      db.updateTable('backup_code').set({ used_at: 2 }).where('code_hash', '=', hash).execute(),
    )
  const enough = (await client.get('/')).text
  assert.match(enough, /Welcome/)
  assert.doesNotMatch(enough, /backup codes? left/)
  await use('a')
  assert.match((await client.get('/')).text, /You have only 3 backup codes left\./)
  for (const hash of ['b', 'c', 'd']) await use(hash)
  const home = (await client.get('/')).text
  assert.match(home, /You have no backup codes left/)
  assert.match(home, /<a [^>]*href="\/security\/two-step">Create new backup codes<\/a>/)
  assert.doesNotMatch((await (await signedIn(lintel, 'plain')).get('/')).text, /backup codes? left/)
})
