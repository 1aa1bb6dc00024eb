import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { cutOff } from '../../src/session/ending.ts'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { type Engine, engines } from '../support/database/databases.ts'
import { type Client, openClient } from '../support/http/client.ts'
import { keyHolder, optionsAt, paths } from '../support/people/keys.ts'
import { clockOf, isInside, pair, throughGate, withPassword } from '../support/people/two-step.ts'
import { startLintel } from '../support/process/process.ts'
import { copyOf, openData, tokensOf } from './support.ts'

const cookie = 'lintel-own'
const minute = 60_000

/** Somebody with an app who has called this browser their own computer. */
async function withComputer(t: TestContext, engine: Engine = 'sqlite') {
  const lintel = await startLintel(t, { engine, clockOffset: 0 })
  await firstSignInByClient(lintel)
  const data = await openData(t, lintel)
  const [id = ''] = await data.addPeople({ username: 'amina' })
  const { store } = data.services
  const policy = (values: object) =>
    store.writeOne(db =>
      db
        .updateTable('policy')
        .set({ overrides: JSON.stringify(values) })
        .execute(),
    )
  await policy({ ownComputerDays: 7 })
  const clock = clockOf(lintel)
  const { client: first } = await withPassword(lintel, 'amina', password)
  const { app, codes } = await pair(first, clock, password)
  await clock.nextStep()
  const { client, page } = await withPassword(lintel, 'amina', password)
  assert.match(page.text, /Don’t ask for a code on this computer for 7 days/)
  await client.follow(await client.submit({ code: app.code(), own: 'yes' }, 'Submit'))
  assert.ok(await isInside(client))
  assert.match(client.cookies.get(cookie) ?? '', /^[\w-]{43}$/)
  /** Signs in anew with this cookie and the password. */
  const again = async (browser: Client = client) => {
    browser.cookies.delete('lintel')
    await browser.get('/sign-in')
    return browser.follow(await browser.submit({ username: 'amina', password }, 'Sign In'))
  }
  return { lintel, data, id, clock, client, app, codes, policy, again }
}

const asksForCode = /<h1>2-Step Verification<\/h1>/
const isHome = /<h1>Welcome/

test('one’s own computer is not asked for a code, proves the password alone, and opens no gate', async t => {
  const { data, client, again, app, clock } = await withComputer(t)
  const before = client.cookies.get(cookie)
  assert.match((await again()).text, isHome)
  assert.notEqual(client.cookies.get(cookie), before, 'the token is replaced at each use')
  const { store } = data.services
  const session = await store.read
    .selectFrom('session')
    .select('proofs')
    .where('ended_at', 'is', null)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
  assert.deepEqual(Object.keys(JSON.parse(session.proofs)).sort(), ['own-computer', 'password'])
  const kept = await store.read.selectFrom('own_computer').selectAll().execute()
  assert.ok(!JSON.stringify(kept).includes(client.cookies.get(cookie) ?? '-'), 'only its hash is kept')
  const gate = await client.get('/security')
  assert.match(gate.text, /name="code"/)
  assert.equal((await client.submit({ password, code: '' }, 'Submit')).status, 422)
  await clock.nextStep()
  const settings = await throughGate(client, '/security', password, app.code())
  assert.match(settings.text, /Computers on which we do not ask for a code/)
  assert.match(settings.text, /This browser/)
  await client.follow(await client.submit({}, 'Ask again'))
  assert.match((await again()).text, asksForCode)
})

test('a stolen or former token, or one of somebody else, is worth nothing', async t => {
  const { lintel, data, client, again } = await withComputer(t)
  const former = client.cookies.get(cookie) ?? ''
  assert.match((await again()).text, isHome)
  const thief = openClient(lintel.origin)
  thief.cookies.set(cookie, former)
  assert.match((await again(thief)).text, asksForCode, 'a former token')
  await data.addPeople({ username: 'other' })
  const { client: other } = await withPassword(lintel, 'other', password)
  await pair(other, clockOf(lintel), password)
  const borrowed = openClient(lintel.origin)
  borrowed.cookies.set(cookie, client.cookies.get(cookie) ?? '')
  await borrowed.get('/sign-in')
  const page = await borrowed.follow(await borrowed.submit({ username: 'other', password }, 'Sign In'))
  assert.match(page.text, asksForCode, 'another person')
})

test('whatever ends everything ends one’s own computer too, and so do its days and the policy', async t => {
  const { data, id, clock, client, codes, policy, again } = await withComputer(t)
  const { services } = data
  let next = 0
  const remember = async () => {
    await again()
    const answer = await client.post('/sign-in/backup-code', { backup: codes[next++] ?? '', own: 'yes' })
    await client.follow(answer)
    assert.match((await again()).text, isHome)
  }
  await services.store.write(tx => cutOff(services, tx, id, 'ended-by-helpdesk', Date.now()))
  assert.match((await again()).text, asksForCode, 'a lock-down, a reset or a new password')
  await remember()
  await client.post('/security/sign-out-everywhere', {})
  assert.match((await again()).text, asksForCode, 'Sign out everywhere')
  await remember()
  await policy({ ownComputerDays: 0 })
  assert.match((await again()).text, asksForCode, 'the policy')
  await policy({ ownComputerDays: 7 })
  await remember()
  await services.store.writeOne(db =>
    db.updateTable('account').set({ role: 'helpdesk' }).where('id', '=', id).execute(),
  )
  const staff = await again()
  assert.match(staff.text, asksForCode, 'staff')
  assert.doesNotMatch(staff.text, /Don’t ask for a code/)
  await services.store.writeOne(db =>
    db.updateTable('account').set({ role: 'user' }).where('id', '=', id).execute(),
  )
  await clock.advance(7 * 24 * 60 * minute)
  assert.match((await again()).text, asksForCode, 'its days are over')
})

test('a computer can be called one’s own where a key is asked for too', async t => {
  const { key, atKey } = await keyHolder(t, { policy: { ownComputerDays: 7 } })
  const client = await atKey()
  const page = await client.get(paths.ask)
  assert.match(page.text, /Don’t ask for a code on this computer for 7 days/)
  const passkey = key.sign(await optionsAt(client, paths.ask))
  await client.follow(await client.post(paths.ask, { passkey, own: 'yes' }))
  assert.ok(await isInside(client))
  client.cookies.delete('lintel')
  await client.get('/sign-in')
  const again = await client.follow(await client.submit({ username: 'wren', password }, 'Sign In'))
  assert.match(again.text, isHome)
})

for (const engine of engines) {
  test(`of fifty who use one computer’s token at once one gets in (${engine})`, async t => {
    const { client } = await withComputer(t, engine)
    client.cookies.delete('lintel')
    const page = await client.get('/sign-in')
    const [csrf = ''] = tokensOf(page)
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const copy = copyOf(client)
        const answer = await copy.post('/sign-in', { csrf, username: 'amina', password, to: '/' })
        return copy.cookies.get('lintel')?.startsWith('s.') === true && answer.status === 303
      }),
    )
    assert.equal(answers.filter(Boolean).length, 1)
  })
}
