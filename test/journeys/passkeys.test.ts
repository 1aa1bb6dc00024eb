import assert from 'node:assert/strict'
import { test } from 'node:test'
import { publishTerms } from '../../src/terms/store.ts'
import { openData } from '../attacks/support.ts'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { plugIn } from '../support/browser/virtual-key.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { giveKey } from '../support/people/authenticator.ts'
import { setPolicy } from '../support/people/keys.ts'
import { clockOf, codesOn, pair, withPassword } from '../support/people/two-step.ts'
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

test('a person with a key and an app who loses the phone gets in by the key and takes the app away', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const data = await openData(t, lintel)
  await data.addPeople({ username: 'wren', firstName: 'Wren' })
  const clock = clockOf(lintel)
  const { app, codes } = await pair((await withPassword(lintel, 'wren', password)).client, clock, password)
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  const key = await plugIn(person.page, 'security-key')
  await clock.nextStep()
  await signIn(person, 'wren', password)
  await person.fill('Verification code', app.code())
  await person.press('Submit')
  await person.open('/security/two-step')
  await person.fill('Password', password)
  await person.fill('Verification code', codes[0] ?? '')
  await person.press('Submit')
  await person.follow('Add a security key')
  await person.press('Continue')
  assert.match(await person.text(), /It is ready to use/)
  assert.equal((await key.credentials()).length, 1)

  await person.context.clearCookies()
  await signIn(person, 'wren', password)
  assert.equal(await person.heading(), 'Use your passkey or security key')
  await person.press('Continue')
  assert.match(await person.heading(), /^Welcome, Wren/)
  await person.open('/security/two-step')
  await person.fill('Password', password)
  await person.press('Use your passkey or security key')
  await person.page.getByRole('link', { name: 'Remove Authenticator app' }).click()
  await person.press('Remove')
  assert.doesNotMatch(await person.text(), /Authenticator app/)
  await person.page.getByRole('link', { name: /^Remove / }).click()
  await person.press('Remove')
  assert.match(await person.page.title(), /^Error: /, 'the last one stays')
})

test('a passkey alone signs in, past the terms that are due, and a browser that gives up says so', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const data = await openData(t, lintel)
  const [id = ''] = await data.addPeople({ username: 'wren', firstName: 'Wren' })
  await setPolicy(data, { passkeys: 'sign-in' })
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await person.open('/sign-in')
  await checkPage(person.page)
  await plugIn(person.page, 'passkey')
  await person.click('Sign in with a passkey')
  await person.page.getByText('Your browser stopped and does not say why').waitFor()
  await signIn(person, 'wren', password)
  await person.open('/security/two-step/passkeys/new')
  await person.fill('Password', password)
  await person.press('Submit')
  await person.press('Continue')
  await person.context.clearCookies()
  const now = data.services.now()
  await data.services.store.write(tx =>
    publishTerms(tx, { text: '# Terms\n\nNew ones.', effectiveAt: now, by: id, now }),
  )
  await person.open('/sign-in')
  await person.press('Sign in with a passkey')
  assert.equal(await person.heading(), 'Terms of Agreement')
  await person.press('Accept')
  assert.match(await person.heading(), /^Welcome, Wren/)
})

test('without scripts each page says so and offers what works', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const data = await openData(t, lintel)
  const [id = ''] = await data.addPeople({ username: 'wren', firstName: 'Wren' })
  await setPolicy(data, { passkeys: 'sign-in' })
  await giveKey(data.services, id, { rpId: 'localhost' })
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin, javaScript: false })
  await person.open('/sign-in')
  assert.match(await person.text(), /cannot use passkeys here/)
  assert.equal(await person.page.getByRole('button', { name: 'Sign in with a passkey' }).count(), 0)
  await signIn(person, 'wren', password)
  assert.match(await person.text(), /cannot use passkeys or security keys here/)
  await checkPage(person.page)
  await person.follow('Use a backup code')
  assert.equal(await person.heading(), 'Use a backup code')
})
