import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { openBeside } from '../support/database/beside.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { firstSignIn, password, signIn } from './guide.ts'

const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }

async function openConsole(t: Scope, lintel: Lintel, options: object = desktop): Promise<Visitor> {
  const agent = await openBrowser(t, { ...desktop, ...options, origin: lintel.origin })
  await signIn(agent, 'admin', 'not this one')
  await firstSignIn(agent, lintel)
  return agent
}

const sections = (agent: Visitor) => agent.page.locator('main')

/** Presses a button that answers with a file. @returns what is in it. */
async function download(agent: Visitor, button: string): Promise<string> {
  const [file] = await Promise.all([agent.page.waitForEvent('download'), agent.click(button)])
  return readFile(await file.path(), 'utf8')
}

describe("the auditor's hour", () => {
  test('a first sign-in is found in the log, in words, and the log is checked', async t => {
    const lintel = await startLintel(t, { engine: 'postgres' })
    const agent = await openConsole(t, lintel)
    await agent.open('/helpdesk/audit')
    await checkPage(agent.page)
    const told = await sections(agent).innerText()
    for (const sentence of ['Accepted version 1 of the terms', 'Chose a new password', 'Sign-in failed'])
      assert.ok(told.includes(sentence), sentence)
    await agent.fill('Person', 'admin')
    await agent.choose('Event', 'Security question set')
    await agent.press('Find')
    assert.equal(await sections(agent).locator('tbody tr').count(), 1)
    await sections(agent).locator('summary').click()
    assert.match(await sections(agent).innerText(), /authn_question_set/)
    await checkPage(agent.page)
    await agent.fill('Person', 'nobody')
    await agent.press('Find')
    assert.match(await agent.text(), /Nobody has this username/)
    await checkPage(agent.page)
    await agent.open('/helpdesk/audit')
    await agent.press('Verify now')
    await agent.page.getByText('The audit log is intact').waitFor()
    await checkPage(agent.page)
    const { services } = await openBeside(t, lintel)
    await services.store.writeOne(db =>
      db.updateTable('audit_record').set({ args: '{}' }).where('event', '=', 'user_terms_accepted').execute(),
    )
    await agent.press('Verify now')
    await agent.page.getByText('The audit log is broken').waitFor()
    assert.match(await agent.text(), /was changed, or another record was put in its place/)
    await checkPage(agent.page)
  })

  test('reports are downloaded after the gate, for a reason, as CSV and JSON lines', async t => {
    const lintel = await startLintel(t, { engine: 'postgres' })
    const agent = await openConsole(t, lintel)
    await agent.open('/helpdesk/reports')
    await checkPage(agent.page)
    await agent.open('/helpdesk/reports/people')
    await agent.fill('Password', password)
    await agent.press('Submit')
    await checkPage(agent.page)
    await agent.press('Download CSV')
    assert.match(await agent.text(), /Enter a reason/)
    await checkPage(agent.page)
    await agent.fill('Reason', 'The yearly review of access.')
    const people: Record<string, string>[] = parse(await download(agent, 'Download CSV'), {
      bom: true,
      columns: true,
    })
    assert.deepEqual(
      people.map(({ username, role }) => [username, role]),
      [['admin', 'administrator']],
    )
    await agent.open('/helpdesk/reports/acceptances')
    await checkPage(agent.page)
    await agent.fill('Reason', 'The yearly review of access.')
    const acceptance = JSON.parse(await download(agent, 'Download JSON Lines'))
    assert.equal(acceptance.username, 'admin')
    assert.match(acceptance.sha256, /^[0-9a-f]{64}$/)
    await agent.open('/helpdesk/audit?event=authn_login_fail')
    await agent.follow('Export these records')
    assert.match(await agent.text(), /Only these records\s+Event\s+Sign-in failed/)
    await checkPage(agent.page)
    await agent.fill('Reason', 'Somebody guessed.')
    const failure = JSON.parse(await download(agent, 'Download JSON Lines'))
    assert.equal(failure.event, 'authn_login_fail')
  })
})

test('the front page draws the last days, and says the same as a table, with JavaScript off on a phone', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const agent = await openConsole(t, lintel, { ...phone, javaScript: false })
  await agent.open('/helpdesk')
  await checkPage(agent.page)
  const drawing = agent.page.getByRole('img', { name: /^Sign-ins in the last 30 days, by day: 1 in total/ })
  assert.ok(await drawing.isVisible())
  assert.ok(await agent.page.getByRole('img', { name: /^Refused sign-ins .* 1 in total/ }).isVisible())
  await agent.page.getByText('View as a table').click()
  const [today = ''] = await agent.page.locator('.disclosure tbody tr').allInnerTexts()
  assert.match(today, /^\w+, \w+ \d+\s+1\s+1\s+0$/)
  await checkPage(agent.page)
})

test('the log is read and checked with JavaScript off on a phone', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const agent = await openConsole(t, lintel, { ...phone, javaScript: false })
  await agent.open('/helpdesk/audit')
  await checkPage(agent.page)
  await agent.press('Verify now')
  await agent.page.getByText('The audit log is intact').waitFor()
  await checkPage(agent.page)
})
