import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openData } from '../attacks/support.ts'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { startLintel } from '../support/process/process.ts'
import { firstSignIn, passGate, password, signIn } from './guide.ts'

const size = { width: 1280, height: 900 }
const shelter = 'Winter Shelter'
const lastDay = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Chicago' }).format(Date.now() + days * 86_400_000)

async function update(agent: Visitor, ...lines: readonly string[]): Promise<void> {
  await agent.open('/helpdesk/import')
  await agent.page.getByLabel('Update accounts that are here').check()
  const buffer = Buffer.from(['Username,Work phone,Job title', ...lines].join('\n'))
  const file = { name: 'crew.csv', mimeType: 'text/csv', buffer }
  await agent.page.getByLabel('File', { exact: true }).setInputFiles(file)
  await agent.press('Check the file')
}

async function passGateIfAsked(agent: Visitor): Promise<void> {
  if ((await agent.heading()).startsWith('Enter your password')) await passGate(agent)
}

async function say(agent: Visitor): Promise<void> {
  await agent.page.getByLabel('I have a written list from the agency').check()
  await agent.fill('Reason', 'List of October.')
  await agent.press('Update 3 accounts')
  await passGateIfAsked(agent)
}

test('a winter shelter’s crew is updated from a list, and leaves when its last day is over', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const data = await openData(t, lintel)
  const places = { organizations: [shelter], workgroups: ['Night crew'] }
  await data.addPeople(...['ana', 'bo', 'cy'].map(username => ({ username, ...places })))
  const agent = await openBrowser(t, { ...size, origin: lintel.origin })
  await firstSignIn(agent, lintel)

  await update(agent, 'ana,612-555-0101,Cook', 'bo,later,Night lead', 'cy,,Driver')
  assert.match(await agent.text(), /1 of 3 rows cannot be used\. Nothing was updated\./)
  assert.match(await agent.text(), /Enter a phone number like 612-555-0142/)
  await checkPage(agent.page)
  await update(agent, 'ana,612-555-0101,Cook', 'bo,612-555-0102,Night lead', 'cy,,Driver')
  assert.match(await agent.text(), /3 accounts will change\./)
  await checkPage(agent.page)

  await data.addPeople({ username: 'olga', role: 'helpdesk' })
  const other = await openBrowser(t, { ...size, origin: lintel.origin })
  await signIn(other, 'olga', password)
  const id = await data.idOf('bo')
  await other.open(`/helpdesk/people/${id}/details`)
  await passGateIfAsked(other)
  await other.fill('Job title', 'Cleaner')
  await other.fill('Reason', 'A call.')
  await other.press('Edit details')

  await say(agent)
  assert.match(await agent.text(), /Somebody changed one of these accounts since the check/)
  assert.match(await agent.text(), /Job title: Cleaner → Night lead[\s\S]*Changed meanwhile/)
  await checkPage(agent.page)
  await say(agent)
  assert.match(await agent.text(), /3 accounts were updated from crew\.csv/)
  await checkPage(agent.page)

  await agent.open('/helpdesk/people')
  await agent.page.getByText('More filters').click()
  await agent.choose('Workgroup', 'Night crew')
  await agent.press('Find')
  await agent.press('Continue with all 3 on this page')
  assert.equal(await agent.heading(), '3 people selected')
  await agent.follow('Left an organization')
  await passGateIfAsked(agent)
  await agent.choose('Organization that they leave', shelter)
  await agent.fill('Last day', lastDay(7))
  await agent.fill('Reason', 'Closes in spring.')
  await agent.press('Continue')
  assert.match(await agent.text(), new RegExp(`Leaves ${shelter} when ${lastDay(7)} is over`))
  await checkPage(agent.page)
  await agent.press('Left an organization: 3 people')
  assert.equal(await agent.heading(), 'Done. Left an organization: 3 people.')
  await checkPage(agent.page)
  await agent.open(`/helpdesk/people/${id}`)
  assert.match(await agent.text(), new RegExp(`${lastDay(7)} in ${shelter}`))
})
