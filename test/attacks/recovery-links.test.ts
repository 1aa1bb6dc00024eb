/** The mailed link of a reset, and what its end does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answer, password, question } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { openClient } from '../support/http/client.ts'
import { linkIn, type Mail, type Mailbox } from '../support/outside/mailbox.ts'
import {
  atSignInOf,
  fresh,
  house,
  isDead,
  minute,
  newLink,
  opened,
  proven,
  save,
} from './recovery-support.ts'
import { tryPassword } from './support.ts'

test('the store keeps only the hash of a link; a mail scanner does not use it up; a used link is dead', async t => {
  const given = await house(t)
  const { lintel, data } = given
  const link = await newLink(given)
  const token = link.split('/').at(-1) ?? ''
  const rows = await data.services.store.read.selectFrom('one_time_link').selectAll().execute()
  assert.doesNotMatch(JSON.stringify(rows), new RegExp(token))
  for (let visit = 0; visit < 5; visit++) {
    const scanner = openClient(lintel.origin)
    const first = await scanner.get(link)
    assert.equal(first.location, '/reset')
    assert.equal(first.headers['referrer-policy'], 'no-referrer')
    assert.equal((await scanner.send('HEAD', link)).status, 303)
    const page = await scanner.get('/reset')
    assert.equal(page.headers['referrer-policy'], 'same-origin')
    assert.match(page.text, new RegExp(question.replace('?', '\\?')))
    assert.equal((await scanner.send('HEAD', '/reset')).status, 200)
  }
  const client = await proven(given, link)
  const twin = await proven(given, link)
  assert.equal((await save(client)).location, '/sign-in')
  const again = await save(twin, 'Another harbor 55 lamp')
  assert.ok(isDead(again))
  assert.equal(again.status, 422)
  assert.ok(isDead((await opened(given, link)).page))
  assert.ok((await data.events('authn_token_reuse')).length >= 2)
})

for (const engine of engines) {
  test(`a link used fifty times at once changes the password once (${engine})`, async t => {
    const given = await house(t, engine)
    const link = await newLink(given)
    const client = await proven(given, link)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => save(client, `Walnut ferry ${index + 100} dusk`)),
    )
    const changed = answers.filter(({ status }) => status === 303)
    assert.equal(changed.length, 1)
    assert.equal((await given.data.events('authn_recovery_complete')).length, 1)
  })
}

test('a link is dead once it expires or two newer ones were sent', async t => {
  const given = await house(t)
  const older = await newLink(given)
  const before = await newLink(given)
  const newer = await newLink(given)
  assert.ok(!isDead((await opened(given, before)).page), 'somebody else may have asked for the newer one')
  assert.ok(isDead((await opened(given, older)).page))
  const { client, page } = await opened(given, newer)
  assert.ok(!isDead(page))
  await given.lintel.advance(15 * minute + 1_000)
  const late = await client.submit({ answer }, 'Continue')
  assert.ok(isDead(late))
  assert.match(late.text, /Ask for a new link/)
})

test('asking for a reset changes nothing; finishing it ends every session, lifts the lock-out, signs nobody in and is told by mail', async t => {
  const given = await house(t)
  const { lintel, mailbox, owner } = given
  const stranger = await atSignInOf(given)
  for (let guess = 0; guess < 6; guess++) await tryPassword(stranger, 'admin', 'wrong one 1!')
  assert.equal((await tryPassword(stranger, 'admin', password)).status, 429)
  const link = await newLink(given)
  assert.equal((await owner.get('/')).status, 200, 'asking ends nothing')
  const client = await proven(given, link)
  assert.equal((await owner.get('/')).status, 200, 'answering ends nothing')
  const saved = await save(client)
  assert.equal(saved.location, '/sign-in')
  assert.match((await client.follow(saved)).text, /Your password was changed\. Sign in\./)
  assert.equal((await client.get('/')).location, '/sign-in', 'nobody is signed in by a link')
  assert.equal((await owner.get('/')).location, '/sign-in')
  assert.equal((await tryPassword(stranger, 'admin', fresh)).status, 303, 'the wait is over')
  const notice = await mailbox.wait(
    mail => mail.subject === 'Your password was changed' && mail !== firstNotice(mailbox),
  )
  for (const mail of mailbox.mails) assertTellsNothing(mail)
  linkIn(notice, 'not-me')
  assert.equal((await tryPassword(await atSignInOf({ ...given, lintel }), 'admin', password)).status, 422)
})

const firstNotice = (mailbox: Mailbox) =>
  mailbox.mails.find(({ subject }) => subject === 'Your password was changed')

function assertTellsNothing(mail: Mail): void {
  for (const secret of [password, fresh, answer, question])
    assert.ok(!mail.text.includes(secret) && !mail.html.includes(secret), mail.subject)
}

test('a reset does not go around 2-step verification', async t => {
  const given = await house(t)
  const { data } = given
  const id = await data.idOf('admin')
  await data.services.store.write(tx =>
    tx.db
      .insertInto('authenticator')
      .values({
        id: id,
        account_id: id,
        secret_sealed: 'sealed',
        last_step: 0,
        added_at: Date.now(),
        last_used_at: Date.now(),
      })
      .execute(),
  )
  const client = await proven(given, await newLink(given))
  await save(client)
  const browser = await atSignInOf(given)
  await tryPassword(browser, 'admin', fresh)
  assert.equal((await browser.get('/')).location, '/sign-in/verify')
})

test('a link mailed before the account was suspended opens nothing', async t => {
  const given = await house(t)
  const link = await newLink(given)
  await given.data.services.store.write(tx =>
    tx.db
      .updateTable('account')
      .set({ suspended_until: Date.now() + 60 * minute })
      .execute(),
  )
  assert.ok(isDead((await opened(given, link)).page))
})
