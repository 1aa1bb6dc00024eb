import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { plugIn } from '../support/browser/virtual-key.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { codesOn } from '../support/people/two-step.ts'
import { startLintel } from '../support/process/process.ts'
import { firstSignIn, password, signIn } from './guide.ts'

const desktop = { width: 1280, height: 900 }

async function signOut({ page, press }: Visitor): Promise<void> {
  await page.getByLabel('SA, User settings, System Administrator').click()
  await press('Sign Out')
}

test('a passkey is added, proves the second step and the gate, and is named, renamed and removed', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  const key = await plugIn(person.page, 'passkey')
  await firstSignIn(person, lintel)
  await person.open('/security/two-step')
  await person.fill('Password', password)
  await person.press('Submit')
  await person.follow('Add a passkey')
  assert.equal(await person.heading(), 'Add a passkey')
  await checkPage(person.page)
  await person.press('Continue')
  assert.equal(await person.heading(), 'Backup codes')
  const codes = codesOn(await person.page.content())
  assert.equal(codes.length, 10)
  await person.press('I have saved these')
  assert.equal(await person.heading(), '2-Step Verification')
  assert.match(await person.text(), /Chrome on Linux\s+Passkey\s+Added/)
  assert.equal((await key.credentials()).length, 1)

  await signOut(person)
  await signIn(person, 'admin', password)
  assert.equal(await person.heading(), 'Use your passkey or security key')
  assert.doesNotMatch(await person.text(), /cannot use passkeys/)
  await checkPage(person.page)
  await person.press('Continue')
  assert.match(await person.heading(), /^Welcome/)

  await person.open('/security/two-step')
  await person.fill('Password', password)
  await checkPage(person.page)
  await person.press('Use your passkey or security key')
  assert.equal(await person.heading(), '2-Step Verification')
  await person.page.getByRole('link', { name: 'Rename Chrome on Linux' }).click()
  await person.fill('Name', 'Front desk laptop')
  await person.press('Rename')
  assert.match(await person.text(), /Front desk laptop/)
  assert.match(await person.text(), /Last used/)
})
