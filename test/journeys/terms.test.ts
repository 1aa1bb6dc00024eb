import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { firstSignIn, passGate, password, signIn } from './guide.ts'

const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }
const hour = 3_600_000
const ownPassword = 'Quiet lantern 7 over snow'

async function openTerms(t: Scope, lintel: Lintel, options: object = {}): Promise<Visitor> {
  const chief = await openBrowser(t, { ...desktop, ...options, origin: lintel.origin })
  await firstSignIn(chief, lintel)
  await chief.open('/helpdesk')
  await chief.open('/helpdesk/terms')
  return chief
}

/** Somebody else with an account, inside. */
async function openColleague(t: Scope, lintel: Lintel, chief: Visitor): Promise<Visitor> {
  await chief.open('/helpdesk/people/new')
  await chief.fill('First name', 'Noor')
  await chief.fill('Last name', 'Haddad')
  await chief.fill('Email', 'noor@example.org')
  await chief.press('Continue')
  await chief.press('Create account')
  const temporary = (await chief.text()).match(/Temporary password: (\S+)/)?.[1] ?? ''
  const noor = await openBrowser(t, { ...phone, origin: lintel.origin })
  await signIn(noor, 'nhaddad', temporary)
  await noor.press('Accept')
  await noor.fill('New password', ownPassword)
  await noor.fill('Confirm new password', ownPassword)
  await noor.press('Save')
  await noor.press('Skip for now')
  assert.equal(await noor.heading(), 'Welcome, Noor')
  return noor
}

async function writeDraft(chief: Visitor): Promise<void> {
  await chief.open('/helpdesk/terms/versions/1')
  await chief.follow('New draft from this text')
  const text = chief.page.getByLabel('Text', { exact: true })
  await text.fill(`${await text.inputValue()}\n\n# Shared computers\n\nSign out before you leave.`)
  await chief.press('Save draft')
  assert.match(await chief.text(), /The draft was saved/)
}

describe('a new version of the terms', () => {
  test('who is inside is asked once it holds, accepts, and gets where they were going', async t => {
    const lintel = await startLintel(t, { engine: 'postgres', clockOffset: 0 })
    const chief = await openTerms(t, lintel)
    await checkPage(chief.page)
    await chief.follow('New draft')
    await checkPage(chief.page)
    await writeDraft(chief)
    await checkPage(chief.page)
    await chief.follow('Preview')
    assert.equal(await chief.heading(), 'Terms of Agreement')
    assert.match(await chief.text(), /This is a preview.*Version 2, in force from.*Shared computers/s)
    await checkPage(chief.page)
    await chief.follow('Back to the draft')
    await chief.follow('Publish this draft')
    await passGate(chief)
    assert.equal(await chief.page.getByLabel('Time', { exact: true }).inputValue(), '06:00')
    await checkPage(chief.page)
    await chief.press('Continue')
    assert.match(
      await chief.text(),
      /this text is in force as version 2\..*1 active person is asked to accept it/s,
    )
    await checkPage(chief.page)
    await chief.press('Publish')
    assert.match(await chief.text(), /The version was published.*Planned/s)
    await checkPage(chief.page)
    const noor = await openColleague(t, lintel, chief)
    await lintel.advance(40 * hour)
    await signIn(noor, 'nhaddad', ownPassword)
    assert.equal(await noor.heading(), 'Terms of Agreement')
    assert.match(await noor.text(), /Version 2.*Shared computers/s)
    await noor.press('Decline')
    assert.equal(await noor.heading(), 'Sign in')
    await signIn(chief, 'admin', password)
    await chief.press('Accept')
    await chief.open('/helpdesk/terms/versions/2')
    assert.match(await chief.text(), /1 of 2 active people have accepted it \(50%\)/)
    assert.match(await chief.text(), /Administrator, System.*127\.0\.0\.1/s)
    await checkPage(chief.page)
    await chief.choose('Show', 'Not accepted yet')
    await chief.press('Find')
    assert.match(await chief.text(), /Haddad, Noor/)
    await checkPage(chief.page)
  })

  test('a version that begins while somebody works leads them back to the page they wanted', async t => {
    const lintel = await startLintel(t, { engine: 'postgres', clockOffset: 0 })
    const chief = await openTerms(t, lintel)
    const noor = await openColleague(t, lintel, chief)
    await writeDraft(chief)
    await chief.follow('Publish this draft')
    await passGate(chief)
    const soon = new Date(Date.now() + 5 * 60_000)
    const shown = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/Chicago',
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(soon)
    await chief.fill('Date', shown.slice(0, 10))
    await chief.fill('Time', shown.slice(11))
    await chief.press('Continue')
    await chief.press('Publish')
    await noor.open('/preferences')
    await lintel.advance(6 * 60_000)
    await noor.open('/security')
    assert.equal(await noor.heading(), 'Terms of Agreement')
    await noor.press('Accept')
    assert.equal(new URL(noor.page.url()).pathname, '/security')
    await chief.open('/helpdesk/terms')
    assert.equal(await chief.heading(), 'Terms of Agreement')
    await chief.press('Accept')
    assert.equal(new URL(chief.page.url()).pathname, '/helpdesk/terms')
    assert.match(await chief.text(), /2 of 2 active people have accepted it \(100%\)/)
    await checkPage(chief.page)
  })
})

test('a planned version is cancelled, with JavaScript off on a phone', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const chief = await openTerms(t, lintel, { ...phone, javaScript: false })
  await checkPage(chief.page)
  await writeDraft(chief)
  await chief.follow('Publish this draft')
  await passGate(chief)
  await chief.press('Continue')
  await chief.press('Publish')
  await chief.follow('Cancel this version')
  await checkPage(chief.page)
  await chief.fill('Reason (optional)', 'A paragraph is missing.')
  await chief.press('Cancel this version')
  assert.match(await chief.text(), /The version was canceled.*Canceled on/s)
  await checkPage(chief.page)
  await chief.follow('New draft from this text')
  assert.match(await chief.page.getByLabel('Text', { exact: true }).inputValue(), /Shared computers/)
  await chief.press('Save draft')
  await chief.page.getByText('Delete this draft').click()
  await chief.press('Delete draft')
  assert.match(await chief.text(), /The draft was deleted.*No drafts/s)
})

test('of two administrators on one draft the second sees both texts and loses nothing', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const chief = await openTerms(t, lintel)
  await writeDraft(chief)
  const second = await chief.context.newPage()
  await second.goto(chief.page.url().replace(/\?.*/, ''))
  await chief.fill('Text', 'The text of the first.')
  await chief.press('Save draft')
  await second.getByLabel('Text', { exact: true }).fill('The text of the second.')
  await second.getByRole('button', { name: 'Save draft', exact: true }).click()
  await second.waitForLoadState()
  assert.match(await second.locator('main').innerText(), /Someone else changed this while you had it open/)
  assert.equal(await second.getByLabel('The text that is saved now').inputValue(), 'The text of the first.')
  assert.equal(await second.getByLabel('Text', { exact: true }).inputValue(), 'The text of the second.')
  await checkPage(second)
})
