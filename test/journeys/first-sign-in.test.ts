import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openBrowser } from '../support/browser/browser.ts'
import { engines } from '../support/database/databases.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { startLintel } from '../support/process/process.ts'
import { firstSignIn, password, signIn } from './guide.ts'

const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }

for (const engine of engines) {
  describe(`the guide's first sign-in on ${engine}`, () => {
    test('leads from the temporary password to Home, and back in with the new password', async t => {
      const lintel = await startLintel(t, { engine })
      const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
      await firstSignIn(person, lintel, () => checkPage(person.page))
      assert.match(await person.text(), /You are all set/)
      await person.page.reload()
      assert.doesNotMatch(await person.text(), /You are all set/, 'once')
      await person.page.getByLabel('SA, User settings, System Administrator').click()
      await checkPage(person.page)
      await person.press('Sign Out')
      assert.match(await person.text(), /You are signed out/)
      await signIn(person, 'admin', password)
      assert.match(await person.heading(), /^Welcome/)
    })
  })
}

test('the guide works on a phone with JavaScript off', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const person = await openBrowser(t, { ...phone, javaScript: false, origin: lintel.origin })
  await firstSignIn(person, lintel, () => checkPage(person.page))
  await person.page.getByLabel('SA, User settings, System Administrator').click()
  await person.press('Sign Out')
  await signIn(person, 'admin', password)
  assert.match(await person.heading(), /^Welcome/)
})

test('a wrong password is refused without saying which field was wrong, and the name is kept', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await signIn(person, 'admin', 'not this one')
  await checkPage(person.page)
  assert.match(await person.page.title(), /^Error: Sign in/)
  assert.match(await person.text(), /The username or password is incorrect/)
  assert.equal(await person.page.getByLabel('Username', { exact: true }).inputValue(), 'admin')
  assert.equal(await person.page.getByLabel('Password', { exact: true }).inputValue(), '')
})

test('weak passwords are refused one by one, each with its own words', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await signIn(person, 'admin', lintel.adminPassword)
  assert.match(await person.text(), /Step 1 of 3/)
  await person.press('Accept')
  assert.match(await person.text(), /Step 2 of 3/)
  const refusals: readonly (readonly [password: string, confirm: string, words: RegExp])[] = [
    ['', '', /Enter a new password/],
    ['Ab1!', 'Ab1!', /Use at least 8 characters/],
    ['heron lamp 42!', 'heron lamp 42!', /Add a capital letter/],
    ['Heron lamp quietly!', 'Heron lamp quietly!', /Add a number/],
    ['HeronLamp42quietly', 'HeronLamp42quietly', /Add a character that is neither/],
    ['Password1!', 'Password1!', /easy to guess/],
    ['Clienttrack-2026', 'Clienttrack-2026', /based on your name/],
    [lintel.adminPassword, lintel.adminPassword, /Add a capital letter/],
    [password, `${password}!`, /do not match/],
  ]
  for (const [secret, confirm, words] of refusals) {
    await person.fill('New password', secret)
    await person.fill('Confirm new password', confirm)
    await person.press('Save')
    assert.match(await person.text(), words, `"${secret}" is refused`)
    assert.match(await person.page.title(), /^Error: /)
  }
  await checkPage(person.page)
  assert.equal(await person.page.getByLabel('New password', { exact: true }).inputValue(), '')
})

test('declining the terms signs out and changes nothing', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await signIn(person, 'admin', lintel.adminPassword)
  await person.press('Decline')
  assert.match(await person.text(), /You declined the terms/)
  await checkPage(person.page)
  await person.open('/')
  assert.equal(await person.heading(), 'Sign in')
  await signIn(person, 'admin', lintel.adminPassword)
  assert.equal(await person.heading(), 'Terms of Agreement')
})

test('skipping recovery goes on, and Home keeps reminding', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await signIn(person, 'admin', lintel.adminPassword)
  await person.press('Accept')
  await person.fill('New password', password)
  await person.fill('Confirm new password', password)
  await person.press('Save')
  assert.match(await person.text(), /only the helpdesk can reset it/)
  await person.press('Skip for now')
  assert.match(await person.heading(), /^Welcome/)
  assert.match(await person.text(), /You have not set a security question/)
})

test('a box that is not ticked skips the recovery step', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await signIn(person, 'admin', lintel.adminPassword)
  await person.press('Accept')
  await person.fill('New password', password)
  await person.fill('Confirm new password', password)
  await person.tick('Update my Recovery Information', false)
  await person.press('Save')
  assert.match(await person.heading(), /^Welcome/)
})

test('two sign-in tabs both work: the second one leads to where the first one got', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const first = await openBrowser(t, { ...desktop, origin: lintel.origin })
  const secondPage = await first.context.newPage()
  await first.open('/sign-in')
  await secondPage.goto('/sign-in')
  await first.fill('Username', 'admin')
  await first.fill('Password', lintel.adminPassword)
  await first.press('Sign In')
  await first.press('Accept')
  await secondPage.getByLabel('Username', { exact: true }).fill('admin')
  await secondPage.getByLabel('Password', { exact: true }).fill(lintel.adminPassword)
  await secondPage.getByRole('button', { name: 'Sign In' }).click()
  await secondPage.waitForURL('**/password/new')
  await first.page.reload()
  assert.equal(await first.heading(), 'Create a new password')
})

test('a killed process loses nothing: the sign-in goes on where it was', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await signIn(person, 'admin', lintel.adminPassword)
  await person.press('Accept')
  await lintel.kill()
  await lintel.restart()
  await person.open('/')
  assert.equal(await person.heading(), 'Create a new password')
  await person.fill('New password', password)
  await person.fill('Confirm new password', password)
  await person.press('Save')
  assert.equal(await person.heading(), 'Account recovery')
})

test('Back after Sign Out shows the sign-in page, not what was inside', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await firstSignIn(person, lintel)
  await person.page.getByLabel('SA, User settings, System Administrator').click()
  await person.press('Sign Out')
  await person.page.goBack()
  assert.equal(await person.heading(), 'Sign in')
})
