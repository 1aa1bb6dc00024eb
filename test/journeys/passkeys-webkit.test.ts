import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openData } from '../attacks/support.ts'
import { openEngine } from '../support/browser/engines.ts'
import { giveKey } from '../support/people/authenticator.ts'
import { startLintel } from '../support/process/process.ts'
import { password } from './guide.ts'

test('a browser that knows no passkeys says so and offers the other ways (WebKitGTK)', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const data = await openData(t, lintel)
  const [id = ''] = await data.addPeople({ username: 'wren' })
  await giveKey(data.services, id, { rpId: 'localhost' })
  const person = await openEngine.webkit(t, { width: 1_024, height: 768 }, lintel.origin)
  await person.open('/sign-in')
  await person.fill('Username', 'wren')
  await person.fill('Password', password)
  await person.press('Sign In')
  assert.equal(await person.heading(), 'Use your passkey or security key')
  assert.match(await person.text(), /This browser cannot use passkeys or security keys here/)

  await person.follow('Use a backup code')
  assert.equal(await person.heading(), 'Use a backup code')
})
