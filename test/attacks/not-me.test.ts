/** "This was not me", the link of a notice. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { type Client, openClient } from '../support/http/client.ts'
import { linkIn } from '../support/outside/mailbox.ts'
import {
  ask,
  atSignInOf,
  fresh,
  type House,
  house,
  isDead,
  minute,
  newLink,
  proven,
  resetSubject,
  save,
} from './recovery-support.ts'
import { tryPassword } from './support.ts'

const press = async (client: Client) => client.submit({}, 'End all sessions')

async function noticeLink({ mailbox }: House): Promise<string> {
  return linkIn(await mailbox.wait(({ subject }) => subject === 'Your password was changed'), 'not-me')
}

test('"This was not me" acts only by its button: it ends the sessions, blocks the password and tells the helpdesk', async t => {
  const given = await house(t)
  const { lintel, data, owner } = given
  const link = await noticeLink(given)
  const scanner = openClient(lintel.origin)
  for (let visit = 0; visit < 3; visit++) {
    await scanner.send('HEAD', link)
    await scanner.follow(await scanner.get(link))
  }
  assert.equal((await owner.get('/')).status, 200)
  const person = openClient(lintel.origin)
  await person.follow(await person.get(link))
  const ended = await press(person)
  assert.match(ended.text, /<h1>All sessions have ended<\/h1>/)
  assert.doesNotMatch(
    ended.text,
    /href="\/forgot-password"/,
    'the question was set minutes ago: only the helpdesk',
  )
  assert.equal((await owner.get('/')).location, '/sign-in')
  const incidents = await data.services.store.read.selectFrom('incident').selectAll().execute()
  assert.deepEqual(
    incidents.map(({ kind, closed_at }) => [kind, closed_at]),
    [['not-me', null]],
  )
  assert.equal((await data.events('authn_not_me')).length, 1)
  const blocked = await tryPassword(await atSignInOf(given), 'admin', password)
  assert.match(blocked.text, /This password was blocked/)
  const dead = await person.follow(await person.get(link))
  assert.ok(isDead(dead))
  await ask(lintel, 'admin')
  const mail = await given.mailbox.wait(({ subject }) => subject === resetSubject)
  assert.doesNotMatch(mail.source, /\/reset\//, 'and the mail has no link either')
})

test('after "This was not me", Forgot password works again once the recovery data is a week old', async t => {
  const given = await house(t)
  const link = await noticeLink(given)
  await given.data.services.store.write(tx =>
    tx.db
      .updateTable('account')
      .set({ security_changed_at: Date.now() - 8 * 24 * 60 * minute })
      .execute(),
  )
  const person = openClient(given.lintel.origin)
  await person.follow(await person.get(link))
  assert.match((await press(person)).text, /href="\/forgot-password"/)
  const client = await proven(given, await newLink(given))
  assert.equal((await save(client)).status, 303)
  assert.equal((await tryPassword(await atSignInOf(given), 'admin', fresh)).status, 303)
})

for (const engine of engines) {
  test(`fifty presses of "This was not me" at once open one incident (${engine})`, async t => {
    const given = await house(t, engine)
    const person = openClient(given.lintel.origin)
    await person.follow(await person.get(await noticeLink(given)))
    await Promise.all(Array.from({ length: 50 }, () => person.post('/not-me', {})))
    const { store } = given.data.services
    assert.equal((await store.read.selectFrom('incident').selectAll().execute()).length, 1)
  })
}

test('the "This was not me" link works for seven days', async t => {
  const given = await house(t)
  const link = await noticeLink(given)
  await given.lintel.advance(7 * 24 * 60 * minute + 1_000)
  const person = openClient(given.lintel.origin)
  assert.ok(isDead(await person.follow(await person.get(link))))
})
