/** Forgot password where strangers ask for the same account. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answer } from '../journeys/guide.ts'
import { linkIn } from '../support/outside/mailbox.ts'
import { ask, house, isDead, newLink, opened, proven, resets, save } from './recovery-support.ts'

test('a stranger who asks for links over and over stops neither the link in use nor the owner’s own browser', async t => {
  const given = await house(t)
  const { lintel, mailbox, owner } = given
  await owner.submit({}, 'Sign Out')
  const underWay = await proven(given, await newLink(given))
  await newLink(given)
  await newLink(given)
  await ask(lintel, 'admin')
  const before = new Set(mailbox.mails)
  await ask(lintel, 'admin', owner)
  const newest = await mailbox.wait(mail => !before.has(mail) && resets(mailbox).includes(mail))
  assert.equal(resets(mailbox).length, 4, 'the stranger got no fourth email, the owner did')
  const { client, page } = await opened(given, linkIn(newest, 'reset'))
  assert.ok(!isDead(page), 'the link in the newest email works')
  assert.equal((await save(underWay)).location, '/sign-in')
  assert.ok(isDead(await client.submit({ answer }, 'Continue')), 'a new password ends the other links')
})

test('one address that used up its requests does not stop a browser in which somebody has signed in', async t => {
  const { lintel, owner } = await house(t)
  for (let asked = 0; asked < 30; asked++) assert.equal((await ask(lintel, `nobody-${asked}`)).status, 303)
  assert.equal((await ask(lintel, 'admin')).status, 429)
  for (let asked = 0; asked < 30; asked++)
    assert.equal((await ask(lintel, 'admin', owner)).status, 303, `${asked}`)
  assert.equal((await ask(lintel, 'admin', owner)).status, 429, 'it has a share of its own')
})
