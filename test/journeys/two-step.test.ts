import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { type App, type Clock, changeStore, clockOf, wrongCodes } from '../support/people/two-step.ts'
import { type Lintel, startLintel } from '../support/process/process.ts'
import { firstSignIn, password, signIn } from './guide.ts'

const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }

/** The key as the page shows it, to be typed into an app by hand. */
const keyOnPage = async ({ page }: Visitor) => (await page.locator('#key').innerText()).replaceAll(' ', '')

const codesOnPage = ({ page }: Visitor) => page.locator('#codes code').allInnerTexts()

async function signOut({ page, press }: Visitor): Promise<void> {
  await page.getByLabel('SA, User settings, System Administrator').click()
  await press('Sign Out')
}

/** Opens 2-Step Verification in Security Settings, through the gate. */
async function openTwoStep(person: Visitor, code?: string): Promise<void> {
  await person.open('/security/two-step')
  if ((await person.heading()) === '2-Step Verification') return
  await person.fill('Password', password)
  if (code !== undefined) await person.fill('Verification code', code)
  await person.press('Submit')
  assert.equal(await person.heading(), '2-Step Verification')
}

/** Pairs an app; ends on the page of the backup codes. */
async function turnOn(person: Visitor, clock: Clock, look: () => Promise<void>): Promise<App> {
  const app = clock.app(await keyOnPage(person))
  assert.match(app.key, /^[A-Z2-7]{32}$/)
  assert.ok(await person.page.getByRole('img', { name: 'QR code for your authenticator app' }).isVisible())
  await look()
  await person.fill('Verification code', wrongCodes(app, 1)[0] ?? '')
  await person.press('Turn On')
  assert.match(await person.page.title(), /^Error: /)
  assert.equal(await keyOnPage(person), app.key, 'the same key is shown again')
  await look()
  await person.fill('Verification code', app.code())
  await person.press('Turn On')
  assert.equal(await person.heading(), 'Backup codes')
  await look()
  return app
}

async function download(person: Visitor): Promise<string> {
  const [file] = await Promise.all([
    person.page.waitForEvent('download'),
    person.page.getByRole('link', { name: 'Download as a text file', exact: true }).click(),
  ])
  assert.equal(file.suggestedFilename(), 'backup-codes.txt')
  return readFile(await file.path(), 'utf8')
}

/** Pair, sign out, sign in with a code, be refused the same one, use a backup code, turn it off. */
async function wholeLife(person: Visitor, lintel: Lintel, look: () => Promise<void>): Promise<void> {
  const clock = clockOf(lintel)
  await firstSignIn(person, lintel)
  await openTwoStep(person)
  const app = await turnOn(person, clock, look)
  const codes = await codesOnPage(person)
  assert.equal(new Set(codes).size, 10)
  await person.page.reload()
  assert.deepEqual(await codesOnPage(person), codes, 'loaded again')
  await person.open('/')
  await person.page.goBack()
  assert.deepEqual(await codesOnPage(person), codes, 'by the Back button')
  const file = await download(person)
  for (const code of codes) assert.ok(file.includes(code))
  await person.press('I have saved these')
  assert.match(await person.text(), /10 left/)
  await look()

  await signOut(person)
  await signIn(person, 'admin', password)
  assert.equal(await person.heading(), '2-Step Verification')
  await look()
  await clock.nextStep()
  const code = app.code()
  await person.fill('Verification code', `${code.slice(0, 3)} ${code.slice(3)}`)
  await person.press('Submit')
  assert.match(await person.heading(), /^Welcome/)

  await signOut(person)
  await signIn(person, 'admin', password)
  await person.fill('Verification code', code)
  await person.press('Submit')
  assert.match(await person.text(), /Wait for the next code/)
  await look()
  await person.follow('Use a backup code')
  await look()
  await person.fill('Backup code', 'nothing like it')
  await person.press('Submit')
  assert.match(await person.text(), /A backup code has 16 characters/)
  await look()
  await person.fill('Backup code', (codes[0] ?? '').toLowerCase().replaceAll('-', ' '))
  await person.press('Submit')
  assert.match(await person.heading(), /^Welcome/)

  await clock.nextStep()
  await openTwoStep(person, app.code())
  assert.match(await person.text(), /9 left/)
  await person.follow('Turn Off')
  assert.equal(await person.heading(), 'Turn off 2-step verification?')
  await look()
  await person.press('Turn Off')
  assert.match(await person.page.title(), /^Error: /)
  await look()
  await person.fill('Verification code', codes[1] ?? '')
  await person.press('Turn Off')
  assert.match(await person.text(), /2-step verification is off/)
  await look()
  await signOut(person)
  await signIn(person, 'admin', password)
  assert.match(await person.heading(), /^Welcome/)
}

test('2-step verification from pairing to Turn Off', async t => {
  const lintel = await startLintel(t, { engine: 'postgres', clockOffset: 0 })
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await wholeLife(person, lintel, () => checkPage(person.page))
})

test('2-step verification works on a phone with JavaScript off, the download too', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const person = await openBrowser(t, { ...phone, javaScript: false, origin: lintel.origin })
  await wholeLife(person, lintel, async () => {})
})

describe('once it is on', () => {
  test('who lost the phone gets in with a backup code and pairs another app', async t => {
    const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
    const clock = clockOf(lintel)
    const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
    const look = () => checkPage(person.page)
    await firstSignIn(person, lintel)
    await openTwoStep(person)
    const lost = await turnOn(person, clock, async () => {})
    const [first = '', second = ''] = await codesOnPage(person)
    await person.press('I have saved these')
    await signOut(person)
    await signIn(person, 'admin', password)
    await person.follow('Use a backup code')
    await person.fill('Backup code', first)
    await person.press('Submit')
    await openTwoStep(person, second)
    await person.follow('Replace authenticator Authenticator app')
    assert.equal(await person.heading(), 'Replace your authenticator')
    await look()
    const found = clock.app(await keyOnPage(person))
    assert.notEqual(found.key, lost.key)
    await person.fill('Verification code', found.code())
    await person.press('Turn On')
    assert.match(await person.text(), /Your new authenticator is ready to use/)
    assert.match(await person.text(), /8 left/)
    await look()
    await person.follow('New backup codes')
    await look()
    await person.press('New backup codes')
    assert.equal(await person.heading(), 'Backup codes')
    assert.match(await person.text(), /Your old codes no longer work/)
    await look()
  })

  test('a second app is added, named, used, and the first one removed', async t => {
    const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
    const clock = clockOf(lintel)
    const person = await openBrowser(t, { ...phone, origin: lintel.origin })
    const look = () => checkPage(person.page)
    await firstSignIn(person, lintel)
    await openTwoStep(person)
    await turnOn(person, clock, async () => {})
    await person.press('I have saved these')
    await person.follow('Remove Authenticator app')
    await look()
    await person.press('Remove')
    assert.match(await person.text(), /This is your only way/)
    await look()
    await person.follow('Cancel')
    await person.follow('Add an authenticator app')
    await look()
    const second = clock.app(await keyOnPage(person))
    await person.fill('Name', 'Laptop at work')
    await person.fill('Verification code', second.code())
    await person.press('Turn On')
    assert.match(await person.text(), /Your new authenticator app is ready/)
    await look()
    await person.follow('Rename Authenticator app')
    await look()
    await person.fill('Name', '')
    await person.press('Rename')
    assert.match(await person.text(), /Enter a name/)
    await person.fill('Name', 'Old phone')
    await person.press('Rename')
    assert.match(await person.text(), /The new name was saved/)
    await person.follow('Remove Old phone')
    await person.press('Remove')
    assert.match(await person.text(), /It was removed/)
    assert.doesNotMatch(await person.text(), /Old phone/)
    await signOut(person)
    await signIn(person, 'admin', password)
    await clock.nextStep()
    await person.fill('Verification code', second.code())
    await person.press('Submit')
    assert.match(await person.heading(), /^Welcome/)
  })

  test('low stock and waits are told on pages that hold to the measure', async t => {
    const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
    const clock = clockOf(lintel)
    const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
    await firstSignIn(person, lintel)
    await openTwoStep(person)
    const app = await turnOn(person, clock, async () => {})
    changeStore(lintel, `update backup_code set used_at = 1`)
    await person.press('I have saved these')
    assert.match(await person.text(), /You have no backup codes left/)
    await checkPage(person.page)
    await signOut(person)
    await signIn(person, 'admin', password)
    for (const code of wrongCodes(app, 6)) {
      await person.fill('Verification code', code)
      await person.press('Submit')
    }
    assert.match(await person.text(), /Wait \d+ seconds?, then try again/)
    await checkPage(person.page)
  })
})

test('where policy requires it, the first sign-in ends with set-up, then Home', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const clock = clockOf(lintel)
  changeStore(lintel, `update policy set overrides = '{"twoStep":"required","securityQuestion":false}'`)
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await signIn(person, 'admin', lintel.adminPassword)
  await person.press('Accept')
  await person.fill('New password', password)
  await person.fill('Confirm new password', password)
  await person.press('Save')
  assert.equal(await person.heading(), 'Set up 2-Step Verification')
  await turnOn(person, clock, () => checkPage(person.page))
  await person.press('I have saved these')
  assert.match(await person.heading(), /^Welcome/)
  await person.open('/security/two-step')
  assert.equal(await person.heading(), 'Security Settings')
})

test('where policy switches it off, nobody is offered it', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  changeStore(lintel, `update policy set overrides = '{"twoStep":"off"}'`)
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await firstSignIn(person, lintel)
  await openTwoStep(person)
  assert.match(await person.text(), /This site does not use 2-step verification\./)
  await checkPage(person.page)
})
