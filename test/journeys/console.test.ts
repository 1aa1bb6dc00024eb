import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { engines } from '../support/database/databases.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { firstSignIn, password, signIn } from './guide.ts'

const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }
const ownPassword = 'Quiet lantern 7 over snow'

async function openConsole(t: Scope, lintel: Lintel, options: object = desktop): Promise<Visitor> {
  const agent = await openBrowser(t, { ...desktop, ...options, origin: lintel.origin })
  await firstSignIn(agent, lintel)
  await agent.open('/helpdesk')
  return agent
}

async function fillNew(agent: Visitor): Promise<void> {
  await agent.open('/helpdesk/people/new')
  await agent.fill('First name', 'Noor')
  await agent.fill('Last name', 'Haddad')
  await agent.fill('Email', 'noor@example.org')
  await agent.choose('Organization', 'Helpdesk')
  await agent.choose('Workgroup', 'HMIS Users')
}

const passwordOn = async (agent: Visitor): Promise<string> =>
  (await agent.text()).match(/Temporary password: ([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})/)?.[1] ?? ''

async function create(agent: Visitor): Promise<string> {
  await fillNew(agent)
  await agent.press('Continue')
  await agent.press('Create account')
  return passwordOn(agent)
}

/** Opens Noor's page. */
async function find(agent: Visitor): Promise<void> {
  await agent.open('/helpdesk')
  await agent.fill('Search', 'had noo')
  await agent.press('Find')
  await agent.follow('Haddad, Noor')
}

/** The new person's whole first sign-in, as the sheet tells it. */
async function settleIn(person: Visitor, temporaryPassword: string): Promise<void> {
  await signIn(person, 'nhaddad', temporaryPassword)
  await person.press('Accept')
  await person.fill('New password', ownPassword)
  await person.fill('Confirm new password', ownPassword)
  await person.press('Save')
  await person.press('Skip for now')
  assert.equal(await person.heading(), 'Welcome, Noor')
}

for (const engine of engines) {
  describe(`the helpdesk's day on ${engine}`, () => {
    test('an account is made, and the new person signs in with what the sheet says', async t => {
      const lintel = await startLintel(t, { engine })
      const agent = await openConsole(t, lintel)
      await checkPage(agent.page)
      await fillNew(agent)
      await checkPage(agent.page)
      assert.doesNotMatch(await agent.page.content(), /temporary password/i)
      await agent.press('Continue')
      assert.match(await agent.text(), /nhaddad/)
      assert.doesNotMatch(await agent.page.content(), /temporary password/i)
      await checkPage(agent.page)
      await agent.press('Create account')
      const temporaryPassword = await passwordOn(agent)
      await checkPage(agent.page)
      assert.ok(await agent.page.getByRole('button', { name: 'Print sheet' }).isVisible())
      assert.ok(!agent.page.url().includes(temporaryPassword))
      await agent.page.reload()
      assert.equal(await agent.heading(), 'This account has already been created')
      assert.doesNotMatch(await agent.page.content(), new RegExp(temporaryPassword))
      await checkPage(agent.page)
      await find(agent)
      assert.match(await agent.text(), /Yes, with the temporary password, until/)
      await checkPage(agent.page)
      await settleIn(await openBrowser(t, { ...phone, origin: lintel.origin }), temporaryPassword)
      await agent.page.reload()
      assert.match(await agent.text(), /Yes\. They can sign in with their own password/)
    })

    test('a caller who is locked out is let in within a minute', async t => {
      const lintel = await startLintel(t, { engine })
      const agent = await openConsole(t, lintel)
      await settleIn(await openBrowser(t, { ...desktop, origin: lintel.origin }), await create(agent))
      const caller = await openBrowser(t, { ...desktop, origin: lintel.origin })
      for (let tries = 0; tries < 5; tries++) await signIn(caller, 'nhaddad', 'not this one')
      await signIn(caller, 'nhaddad', ownPassword)
      assert.equal(await caller.heading(), 'Sign in')
      await agent.open('/helpdesk/people?state=throttled')
      await agent.follow('Haddad, Noor')
      assert.match(await agent.text(), /Not yet\. They are locked out until/)
      await agent.follow('Unlock')
      await checkPage(agent.page)
      await agent.press('Unlock')
      assert.match(await agent.text(), /Enter a reason/)
      await checkPage(agent.page)
      await agent.fill('Reason', 'Forgot the capital letter.')
      await agent.press('Unlock')
      assert.match(await agent.text(), /The account was unlocked/)
      assert.match(await agent.text(), /Reason: Forgot the capital letter\./)
      await signIn(caller, 'nhaddad', ownPassword)
      assert.equal(await caller.heading(), 'Welcome, Noor')
    })
  })
}

test('a lost password is replaced after the gate, with JavaScript off on a phone', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const agent = await openConsole(t, lintel, { ...phone, javaScript: false })
  const first = await create(agent)
  await find(agent)
  await agent.follow('Issue temporary password')
  assert.equal(await agent.heading(), 'Enter your password')
  await agent.fill('Password', password)
  await agent.press('Submit')
  await checkPage(agent.page)
  await agent.fill('Reason', 'Lost the sheet.')
  await agent.press('Issue temporary password')
  assert.match(await agent.text(), /Choose how you verified who is calling/)
  assert.equal(await agent.page.getByLabel('Reason', { exact: true }).inputValue(), 'Lost the sheet.')
  await agent.tick('I called back the number on file')
  await agent.press('Issue temporary password')
  const second = await passwordOn(agent)
  assert.ok(second !== '' && second !== first)
  await checkPage(agent.page)
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await signIn(person, 'nhaddad', first)
  assert.equal(await person.heading(), 'Sign in')
  await signIn(person, 'nhaddad', second)
  assert.equal(await person.heading(), 'Terms of Agreement')
})

test('a new name and address are found at once, the old address is told, and access is given', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const agent = await openConsole(t, lintel)
  await create(agent)
  await find(agent)
  await agent.follow('Edit details')
  await agent.fill('Password', password)
  await agent.press('Submit')
  await checkPage(agent.page)
  await agent.fill('First name', '')
  await agent.fill('Last name', '')
  await agent.fill('Email', 'noor.new@example.org')
  await agent.tick('They are here in person')
  await agent.fill('Reason', 'Married.')
  await agent.press('Edit details')
  assert.match(await agent.text(), /Enter a first name, a last name, or both/)
  assert.equal(await agent.page.getByLabel('Email', { exact: true }).inputValue(), 'noor.new@example.org')
  await checkPage(agent.page)
  await agent.fill('First name', 'Noor')
  await agent.fill('Last name', 'Lindgren')
  await agent.press('Edit details')
  assert.match(await agent.text(), /The details were changed/)
  assert.match(await agent.text(), /The helpdesk changed your email address/)
  await agent.open('/helpdesk/people?q=lindg')
  await agent.follow('Lindgren, Noor')
  await agent.follow('Change access')
  await checkPage(agent.page)
  await agent.tick('Helpdesk', false)
  await agent.fill('Reason', 'New duties.')
  await agent.press('Change access')
  assert.match(await agent.text(), /Workgroups\s+HMIS Users/)
  assert.match(await agent.text(), /Organizations\s+None/)
})

test('of two agents on one person the second is told what the first did, and nothing is done twice', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const agent = await openConsole(t, lintel)
  await create(agent)
  await find(agent)
  const address = agent.page.url()
  await agent.open(`${address}/suspend`)
  await agent.fill('Password', password)
  await agent.press('Submit')
  const second = await agent.context.newPage()
  await second.goto(`${address}/deactivate`)
  await agent.fill('Date', '2099-03-01')
  await agent.fill('Reason', 'Away for long.')
  await agent.press('Suspend')
  assert.match(await agent.text(), /No\. The account is suspended until Mar 1, 2099, 5:00/)
  await second.getByLabel('Reason', { exact: true }).fill('Gone.')
  await second.getByRole('button', { name: 'Deactivate', exact: true }).click()
  await second.waitForLoadState()
  const told = await second.locator('main').innerText()
  assert.match(told, /Someone else changed this account/)
  assert.match(told, /Suspended/)
  assert.match(told, /Reason: Away for long\./)
  await agent.page.reload()
  assert.match(await agent.text(), /suspended until/)
})
