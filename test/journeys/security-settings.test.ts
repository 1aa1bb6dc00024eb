import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openBrowser, type Visitor, visitor } from '../support/browser/browser.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { firstSignIn, password, question, signIn } from './guide.ts'

const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }
const minute = 60_000
const newPassword = 'Lantern 17 over the creek'

interface Opened {
  readonly lintel: Lintel
  readonly person: Visitor
}

async function openAtHome(
  t: Scope,
  options: Partial<Parameters<typeof openBrowser>[1]> = {},
): Promise<Opened> {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin, ...options })
  if (options.javaScript !== false) await person.context.clock.install()
  await firstSignIn(person, lintel)
  return { lintel, person }
}

async function passGate(person: Visitor, secret: string): Promise<void> {
  assert.equal(await person.heading(), 'Security Settings')
  await person.fill('Password', secret)
  await person.press('Submit')
}

/** Time passes for the server and for every tab of the browser. */
async function pass({ lintel, person }: Opened, minutes: number): Promise<void> {
  await lintel.advance(minutes * minute)
  await person.context.clock.fastForward(minutes * minute)
}

const pathOf = (person: Visitor) => new URL(person.page.url()).pathname
const dialogOf = (person: Visitor) => person.page.getByRole('dialog')
const menuOf = (person: Visitor) => person.page.getByLabel('SA, User settings, System Administrator')

async function secondTab(person: Visitor, path: string): Promise<Visitor> {
  const tab = visitor(await person.context.newPage())
  await tab.open(path)
  return tab
}

describe('Security Settings', () => {
  test('opens in a new tab, asks for the password, and holds the three options of the guide', async t => {
    const lintel = await startLintel(t, { engine: 'postgres' })
    const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
    await firstSignIn(person, lintel)
    await menuOf(person).click()
    const opening = person.context.waitForEvent('page')
    await person.page.getByRole('link', { name: /^Security Settings/ }).click()
    const tab = visitor(await opening)
    await tab.page.waitForLoadState()
    await checkPage(tab.page)
    await tab.fill('Password', 'not the right one')
    await tab.press('Submit')
    assert.match(await tab.page.title(), /^Error: Security Settings/)
    assert.match(await tab.text(), /The password is incorrect/)
    await checkPage(tab.page)
    await passGate(tab, password)
    await checkPage(tab.page)
    const text = await tab.text()
    assert.match(text, /Signed in/)
    assert.match(text, /Wrong password at Security Settings/)
    assert.match(text, /Chrome on Linux/)
    assert.match(text, /127\.0\.0\.1|::1/)
    assert.match(text, /Central Time/)
    await tab.follow('2-Step Verification')
    assert.equal(pathOf(tab), '/security/two-step')
    await tab.open('/security')
    await tab.follow('Update your account recovery information')
    assert.equal(await tab.heading(), 'Account recovery')
    await checkPage(tab.page)
    await tab.open('/security')
    await tab.follow('Change your password')
    await checkPage(tab.page)
    await tab.fill('New password', newPassword)
    await tab.fill('Confirm new password', newPassword)
    await tab.press('Save')
    assert.match(await tab.text(), /Your password was changed/)
    await checkPage(tab.page)
    await person.open('/')
    assert.match(await person.heading(), /^Welcome/, 'the own session goes on, in every tab')
  })
})

test('Security Settings works in the same tab on a phone with JavaScript off', async t => {
  const { person } = await openAtHome(t, { ...phone, javaScript: false })
  await menuOf(person).click()
  assert.match(await person.text(), /You will be signed out at \d+:\d\d [AP]M unless you stay active/)
  await person.open('/security')
  await checkPage(person.page)
  await passGate(person, password)
  await checkPage(person.page)
  await person.follow('Change your password')
  await checkPage(person.page)
  await person.fill('New password', newPassword)
  await person.fill('Confirm new password', newPassword)
  await person.press('Save')
  await person.press('Sign out everywhere')
  assert.match(await person.text(), /you ended all your sessions/)
  await signIn(person, 'admin', newPassword)
  assert.match(await person.heading(), /^Welcome/)
})

test('five minutes before the end every tab asks, and staying in one of them keeps all (hostile 87, 88)', async t => {
  const opened = await openAtHome(t)
  const { person } = opened
  const other = await secondTab(person, '/')
  assert.equal(await dialogOf(person).count(), 0)
  await pass(opened, 25.5)
  await dialogOf(person).waitFor()
  await dialogOf(other).waitFor()
  await checkPage(person.page)
  assert.match(await dialogOf(person).innerText(), /You will be signed out soon[\s\S]*Time left: \d:\d\d/)
  assert.match((await person.page.locator('[data-said]').textContent()) ?? '', /^\d minutes left$/)
  await person.click('Stay signed in')
  await dialogOf(person).waitFor({ state: 'hidden' })
  await dialogOf(other).waitFor({ state: 'hidden' })
  await pass(opened, 20)
  await other.open('/')
  assert.match(await other.heading(), /^Welcome/, 'without staying the session would have ended long ago')
})

test('a tab that only waits does not keep the session alive, and shows the sign-in page when it is over', async t => {
  const opened = await openAtHome(t)
  const { person } = opened
  await pass(opened, 26)
  await dialogOf(person).waitFor()
  const left = person.page.waitForURL(/\/sign-in/)
  await pass(opened, 5)
  await left
  assert.match(await person.text(), /because you were inactive/)
})

test('Sign Out in one tab takes the others to the sign-in page too (hostile 85)', async t => {
  const opened = await openAtHome(t)
  const { person } = opened
  const other = await secondTab(person, '/recovery')
  await passGate(other, password)
  await pass(opened, 25.5)
  await dialogOf(person).waitFor()
  const left = other.page.waitForURL(/\/sign-in/)
  await dialogOf(person).getByRole('button', { name: 'Sign Out' }).click()
  await left
  assert.equal(await other.heading(), 'Sign in')
  await other.page.goBack()
  await other.page.waitForLoadState()
  assert.equal(await other.heading(), 'Sign in', 'going back shows nothing of the session')
})

for (const javaScript of [true, false]) {
  test(`a form sent too late comes back filled in, without its secrets (JavaScript ${javaScript ? 'on' : 'off'}; hostile 88)`, async t => {
    const opened = await openAtHome(t, { javaScript })
    const { person, lintel } = opened
    await person.open('/recovery/question')
    await passGate(person, password)
    await person.fill('Question', 'Which lake did we swim in on Sundays?')
    await person.fill('Answer', 'Gull Lake')
    if (javaScript) {
      await pass(opened, 31)
      await dialogOf(person).waitFor()
      assert.match(await dialogOf(person).innerText(), /What you entered is still on this page/)
      await checkPage(person.page)
      await person.click('Close')
    } else await lintel.advance(31 * minute)
    await person.press('Save')
    assert.match(await person.text(), /We saved what you entered for 15 minutes/)
    await checkPage(person.page)
    await person.fill('Username', 'admin')
    await person.fill('Password', password)
    await person.press('Sign In')
    await passGate(person, password)
    assert.match(await person.text(), /We kept what you entered/)
    await checkPage(person.page)
    const field = (label: string) => person.page.getByLabel(label, { exact: true })
    assert.equal(await field('Question').inputValue(), 'Which lake did we swim in on Sundays?')
    assert.equal(await field('Answer').inputValue(), '')
    await person.open('/recovery/question')
    assert.equal(
      await field('Question').inputValue(),
      'Which lake did we swim in on Sundays?',
      'nothing was saved by itself',
    )
    await person.fill('Answer', 'Gull Lake')
    await person.press('Save')
    assert.equal(await person.heading(), 'Account recovery')
    await person.open('/recovery/question')
    assert.doesNotMatch(await person.text(), /We kept what you entered/)
    assert.notEqual(await field('Question').inputValue(), question)
  })
}
