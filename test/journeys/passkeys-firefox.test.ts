import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openData } from '../attacks/support.ts'
import { visitor } from '../support/browser/browser.ts'
import { openFirefoxWithKey } from '../support/browser/firefox-key.ts'
import { setPolicy } from '../support/people/keys.ts'
import { startLintel } from '../support/process/process.ts'
import { password, signIn } from './guide.ts'

test('a passkey is added in Firefox, and signs in after the password and alone', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const data = await openData(t, lintel)
  await data.addPeople({ username: 'wren', firstName: 'Wren' })
  await setPolicy(data, { passkeys: 'sign-in' })
  const context = await openFirefoxWithKey(t, lintel.origin)
  const person = visitor(await context.newPage())
  await signIn(person, 'wren', password)
  await person.open('/security/two-step/passkeys/new')
  await person.fill('Password', password)
  await person.press('Submit')
  await person.press('Continue')
  assert.equal(await person.heading(), 'Backup codes')
  await context.clearCookies()

  await signIn(person, 'wren', password)
  assert.equal(await person.heading(), 'Use your passkey or security key')
  await person.press('Continue')
  assert.match(await person.heading(), /^Welcome/)
  await context.clearCookies()

  await person.open('/sign-in')
  await person.press('Sign in with a passkey')
  assert.match(await person.heading(), /^Welcome, Wren/)
})
