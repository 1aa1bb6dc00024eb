import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { firstSignIn, passGate, signIn } from './guide.ts'

const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }
const ownPassword = 'Quiet lantern 7 over snow'

async function openConsole(t: Scope, lintel: Lintel, options: object = desktop): Promise<Visitor> {
  const agent = await openBrowser(t, { ...desktop, ...options, origin: lintel.origin })
  await firstSignIn(agent, lintel)
  return agent
}

async function make(agent: Visitor, kind: 'organization' | 'workgroup', name: string): Promise<void> {
  await agent.open(`/helpdesk/${kind}s`)
  await agent.follow(`Create ${kind}`)
  await agent.fill('Name', name)
  await agent.fill('What it allows', `Work for ${name}.`)
  await agent.press(`Create ${kind}`)
  assert.equal(await agent.heading(), name)
}

/** A new person in Harbor House and Lakeside. @returns their temporary password. */
async function createNoor(agent: Visitor): Promise<string> {
  await agent.open('/helpdesk/people/new')
  await agent.fill('First name', 'Noor')
  await agent.fill('Last name', 'Haddad')
  await agent.fill('Email', 'noor@example.org')
  await agent.choose('Organization', 'Harbor House')
  await agent.page.getByText('More organizations', { exact: true }).click()
  await agent.tick('Lakeside')
  await agent.choose('Workgroup', 'HMIS Users')
  await checkPage(agent.page)
  await agent.press('Continue')
  assert.match(await agent.text(), /Organizations\s+Harbor House\s+Lakeside/)
  await agent.press('Change your answers')
  assert.ok(await agent.page.getByLabel('Lakeside', { exact: true }).isChecked())
  await agent.press('Continue')
  await agent.press('Create account')
  return (await agent.text()).match(/Temporary password: ([a-z2-9-]{14})/)?.[1] ?? ''
}

async function settleIn(person: Visitor, temporaryPassword: string): Promise<void> {
  await signIn(person, 'nhaddad', temporaryPassword)
  assert.equal(await person.heading(), 'Choose your settings')
  await person.choose('Organization', 'Harbor House')
  await person.press('Use These Settings')
  await person.press('Accept')
  await person.fill('New password', ownPassword)
  await person.fill('Confirm new password', ownPassword)
  await person.press('Save')
  await person.press('Skip for now')
  assert.equal(await person.heading(), 'Welcome, Noor')
}

describe('organizations', () => {
  test('someone has two from the start; one is retired and brought back, and the other is only for reading', async t => {
    const lintel = await startLintel(t, { engine: 'postgres' })
    const agent = await openConsole(t, lintel)
    await make(agent, 'organization', 'Harbor House')
    await checkPage(agent.page)
    await make(agent, 'organization', 'Lakeside')
    const person = await openBrowser(t, { ...phone, origin: lintel.origin })
    await settleIn(person, await createNoor(agent))

    await agent.open('/helpdesk/organizations?q=harbor')
    await checkPage(agent.page)
    await agent.follow('Harbor House')
    assert.match(await agent.text(), /Haddad, Noor/)
    await agent.follow('Retire')
    await passGate(agent)
    assert.match(await agent.text(), /1 person belongs to it/)
    assert.match(await agent.text(), /Everyone in it can still work in another organization/)
    await checkPage(agent.page)
    await agent.press('Retire')
    assert.match(await agent.text(), /Retired since/)
    await checkPage(agent.page)
    await person.open('/')
    assert.match(await person.text(), /Organization: Lakeside/)
    await agent.open('/helpdesk/people/new')
    assert.doesNotMatch(await agent.text(), /Harbor House/)

    await agent.open('/helpdesk/organizations?q=lakes')
    await agent.follow('Lakeside')
    await agent.follow('Retire')
    assert.match(await agent.text(), /1 person has no other organization/)
    await agent.follow('Cancel')

    await agent.open('/helpdesk/people?q=haddad')
    await agent.follow('Haddad, Noor')
    await agent.follow('Change access')
    await agent.page.getByText('What they may do in each organization').click()
    const lakeside = agent.page.getByRole('group', { name: 'In Lakeside' })
    await lakeside.getByLabel('Can edit', { exact: true }).press('Space')
    await agent.fill('Reason', 'Reads only.')
    await checkPage(agent.page)
    await agent.press('Change access')
    assert.match(await agent.text(), /Lakeside \(read only\)/)
    assert.match(await agent.text(), /Harbor House/)

    await agent.open('/helpdesk/organizations?q=harbor')
    await agent.follow('Harbor House')
    await agent.follow('Bring back')
    await checkPage(agent.page)
    await agent.press('Bring back')
    assert.match(await agent.text(), /The organization is active again/)
    assert.match(await agent.text(), /Brought back/)
  })
})

test('with JavaScript off on a phone a workgroup is made, and a name that is taken or a page that is old is refused', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const agent = await openConsole(t, lintel, { ...phone, javaScript: false })
  await make(agent, 'workgroup', 'Night desk')
  const address = agent.page.url().replace(/\?.*/, '')
  await agent.open('/helpdesk/workgroups/new')
  await agent.fill('Name', 'NIGHT  desk')
  await agent.press('Create workgroup')
  assert.match(await agent.text(), /This name is already used/)
  await checkPage(agent.page)
  await agent.open(`${address}/edit`)
  await passGate(agent)
  const second = await agent.context.newPage()
  await second.goto(`${address}/edit`)
  await agent.fill('Name', 'Late desk')
  await agent.press('Save')
  assert.match(await agent.text(), /Renamed from Night desk to Late desk/)
  await second.getByLabel('Name', { exact: true }).fill('Early desk')
  await second.getByRole('button', { name: 'Save', exact: true }).click()
  await second.waitForLoadState()
  const told = await second.locator('main').innerText()
  assert.match(told, /Someone else changed this/)
  assert.match(told, /Renamed from Night desk to Late desk/)
  assert.equal(await second.getByLabel('Name', { exact: true }).inputValue(), 'Early desk')
  await checkPage(second)
})

test('an agent who is limited finds their own people only, by every filter', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const agent = await openConsole(t, lintel)
  await make(agent, 'organization', 'Harbor House')
  await make(agent, 'organization', 'Lakeside')
  const helper = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await settleIn(helper, await createNoor(agent))
  const change = async (action: string, fill: () => Promise<void>) => {
    await agent.open('/helpdesk/people?q=haddad')
    await agent.follow('Haddad, Noor')
    await agent.follow(action)
    await passGate(agent)
    await fill()
    await agent.fill('Reason', 'Helps at the lake.')
    await checkPage(agent.page)
    await agent.press(action)
  }
  const signInAgain = async (why: string) => {
    await helper.open('/helpdesk/people')
    assert.equal(await helper.heading(), 'Sign in', why)
    await signIn(helper, 'nhaddad', ownPassword)
    await helper.press('Use These Settings')
  }
  await change('Change role', async () => {
    await agent.choose('Role', 'Helpdesk')
    await agent.tick('All people')
  })
  await signInAgain('a new role ends what is signed in')
  await helper.open('/helpdesk/people')
  assert.match(await helper.text(), /2 people/)
  await change('Limit to organizations', async () => {
    await agent.tick('Only people in the organizations checked below')
    await agent.tick('Lakeside')
  })
  assert.match(await agent.text(), /Looks after people in\s+Lakeside/)
  await signInAgain('a new limit ends what is signed in')
  await helper.open('/helpdesk/people')
  assert.match(await helper.text(), /1 person/)
  await helper.page.getByText('More filters').click()
  assert.deepEqual(
    await helper.page
      .locator('main')
      .getByLabel('Organization', { exact: true })
      .locator('option')
      .allInnerTexts(),
    ['Any', 'None', 'Lakeside'],
  )
  await helper.page.getByLabel('Last sign-in', { exact: true }).selectOption({ label: 'Never' })
  await helper.press('Find')
  assert.match(await helper.text(), /0 people/)
  await checkPage(helper.page)
  await helper.open('/helpdesk/organizations')
  assert.doesNotMatch(await helper.page.locator('main').innerText(), /Harbor House/)
  await checkPage(helper.page)
  await helper.follow('Lakeside')
  assert.match(await helper.text(), /Only an administrator can change this/)
})

test('news are written, read on Home, edited and removed', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const agent = await openConsole(t, lintel)
  await agent.open('/helpdesk/news')
  await checkPage(agent.page)
  await agent.follow('Write news')
  await agent.fill('Title', 'Open house')
  await agent.fill('Shown until: date', '2001-01-01')
  await agent.press('Publish')
  assert.match(await agent.text(), /Enter the text\./)
  assert.match(await agent.text(), /Choose an end that is after the start/)
  await checkPage(agent.page)
  await agent.fill('Text', 'Come on Friday.\n\nBring a friend.')
  await agent.fill('Shown until: date', '2099-01-01')
  await agent.press('Publish')
  assert.match(await agent.text(), /Shown now/)
  await checkPage(agent.page)
  await agent.open('/')
  assert.match(await agent.text(), /Open house[\s\S]*Come on Friday\.\s+Bring a friend\./)
  await agent.open('/helpdesk/news')
  await agent.follow('Open house')
  await checkPage(agent.page)
  await agent.fill('Title', 'Open door')
  await agent.fill('Shown from: date', '2098-01-01')
  await agent.press('Save')
  assert.match(await agent.text(), /Open door\s+Planned/)
  await agent.open('/')
  assert.doesNotMatch(await agent.text(), /Open door/)
  await agent.open('/helpdesk/news')
  await agent.follow('Open door')
  await agent.follow('Remove')
  await checkPage(agent.page)
  await agent.press('Remove')
  assert.match(await agent.text(), /No news yet/)
})
