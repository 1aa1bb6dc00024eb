import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { openData } from '../attacks/support.ts'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { openClient } from '../support/http/client.ts'
import { linkIn, openMailbox } from '../support/outside/mailbox.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { commandOf } from '../support/process/command.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { firstSignIn, passGate, signIn } from './guide.ts'

const header = 'First name;Last name;Email;Username;Organizations;Workgroups'
const noor = 'Noor;Haddad;noor@example.org;nhaddad;Helpdesk;HMIS Users'
const people = (count: number) =>
  Array.from({ length: count }, (_, n) => `Ann;Lee;p${n}@example.org;person${n}x;;`)
const bytesOf = (...lines: readonly string[]) => Buffer.from(`\uFEFF${[header, ...lines].join('\r\n')}\r\n`)

async function choose(agent: Visitor, name: string, buffer: Buffer): Promise<void> {
  await agent.open('/helpdesk/import')
  await agent.page.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer })
  await agent.press('Check the file')
}

async function openConsole(t: Scope, lintel: Lintel, javaScript: boolean, width = 1280): Promise<Visitor> {
  const agent = await openBrowser(t, { width, height: 900, javaScript, origin: lintel.origin })
  await firstSignIn(agent, lintel)
  return agent
}

test('a file is put right, imported, printed, and a new person signs in with the sheet', async t => {
  const lintel = await startLintel(t, { engine: 'postgres' })
  const agent = await openConsole(t, lintel, true)
  await agent.open('/helpdesk/import')
  await checkPage(agent.page)
  await choose(agent, 'people.csv', bytesOf(noor, 'Bo;Berg;nowhere;bberg;Nowhere House;'))
  assert.match(await agent.text(), /1 of 2 rows cannot be imported\./)
  assert.match(await agent.text(), /There is no organization named Nowhere House\./)
  await checkPage(agent.page)
  await choose(agent, 'people.csv', bytesOf(noor, 'Bo;Berg;bo@example.org;bberg;;'))
  await checkPage(agent.page)
  await agent.press('Create 2 accounts')
  assert.equal(await agent.heading(), 'Enter your password to create 2 accounts')
  await checkPage(agent.page)
  await agent.fill('Password', 'not the password')
  await agent.press('Submit')
  assert.match(await agent.text(), /The password is incorrect/)
  await passGate(agent)
  assert.match(await agent.text(), /2 accounts were created from people\.csv/)
  await checkPage(agent.page)
  await agent.follow('Print sheets or email links')
  assert.equal(await agent.heading(), 'Sign-in sheets')
})

test('sheets are printed a page each, and a link is mailed, without JavaScript too', async t => {
  const mailbox = await openMailbox(t)
  const lintel = await startLintel(t, { engine: 'sqlite', env: { SMTP_URL: mailbox.url } })
  const agent = await openConsole(t, lintel, false, 360)
  await choose(agent, 'people.csv', bytesOf(noor, ...people(3)))
  await agent.press('Create 4 accounts')
  await passGate(agent)
  await agent.open('/helpdesk/sheets')
  await checkPage(agent.page)
  await agent.press('Create sheets')
  assert.match(await agent.text(), /Choose at least one person/)
  await checkPage(agent.page)
  await agent.follow('Select everyone on this page')
  await agent.tick('Haddad, Noor', false)
  await agent.fill('Reason', 'Training day.')
  await agent.press('Create sheets')
  await checkPage(agent.page)
  const given = await agent.text()
  assert.equal(given.match(/Temporary password: /g)?.length, 3)
  const pdf = (await agent.page.pdf({ format: 'Letter' })).toString('latin1')
  assert.equal(pdf.match(/\/Type \/Page\b/g)?.length, 3)
  const [, username = '', secret = ''] = /Username: (\S+)\s+Temporary password: (\S+)/.exec(given) ?? []
  const person = await openBrowser(t, { width: 390, height: 844, origin: lintel.origin })
  await signIn(person, username, secret)
  assert.equal(await person.heading(), 'Terms of Agreement')

  await agent.open('/helpdesk/sheets')
  await agent.tick('Haddad, Noor')
  await agent.fill('Reason', 'Works from Ely.')
  await agent.press('Email links')
  assert.match(await agent.text(), /We are emailing a link to 1 person/)
  await checkPage(agent.page)
  const mail = await mailbox.wait(({ recipients }) => recipients.includes('noor@example.org'))
  assert.equal(mail.subject, 'Your account is ready')
  const newcomer = await openBrowser(t, { width: 390, height: 844, javaScript: false, origin: lintel.origin })
  await newcomer.open(linkIn(mail, 'welcome'))
  await newcomer.press('Continue')
  assert.equal(await newcomer.heading(), 'Terms of Agreement')
})

test('the page of work under way is whole and asks again every two seconds', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const agent = await openConsole(t, lintel, true)
  await choose(agent, 'people.csv', bytesOf(noor))
  const { services } = await openData(t, lintel)
  await services.store.writeOne(db =>
    db.updateTable('people_import').set({ state: 'importing', changed_at: Date.now() }).execute(),
  )
  await agent.page.route('**/helpdesk/import/check', async route => {
    const response = await route.fetch()
    const { refresh, ...headers } = response.headers()
    assert.equal(refresh, '2')
    await route.fulfill({ response, headers })
  })
  await agent.open('/helpdesk/import/check')
  assert.equal(await agent.heading(), 'The accounts are being created')
  await checkPage(agent.page)
})

test('an import that is killed has made nothing or everything, and the audit log is whole', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const agent = await openConsole(t, lintel, true)
  await choose(agent, 'many.csv', bytesOf(...people(3_000)))
  await agent.page.getByText('3,000 rows are ready to import').waitFor()
  await agent.press('Create 3,000 accounts')
  await passGate(agent)
  await lintel.kill()
  await lintel.restart()
  const listed = (await commandOf(lintel)('account', 'list', '--role', 'user')).out
  const made = listed.split('\n').filter(line => line.startsWith('person')).length
  assert.ok(made === 0 || made === 3_000, String(made))
  assert.equal((await commandOf(lintel)('audit', 'verify')).code, 0)
})

describe('the command line', async () => {
  const lintel = await startLintel({ after }, { engine: 'sqlite' })
  const lintelDoes = commandOf(lintel)
  const put = (name: string, bytes: Buffer) => {
    const path = join(lintel.folder, name)
    writeFileSync(path, bytes)
    return path
  }

  test('says row by row what would happen, and then does it, audited as the operator', async () => {
    const file = put('people.csv', bytesOf(noor, ...people(2)))
    const dry = await lintelDoes('account', 'import', file, '--dry-run')
    assert.equal(dry.code, 0, dry.err)
    assert.match(dry.out, /^Line 2: nhaddad: would be created\n[\s\S]*3 accounts would be created\.\n$/)
    assert.match(dry.err, /Checked 3 of 3 rows/)
    assert.equal((await lintelDoes('account', 'show', 'nhaddad')).code, 1)
    const done = await lintelDoes('account', 'import', file, '--json')
    assert.equal(done.code, 0, done.err)
    assert.equal(JSON.parse(done.out).made, 3)
    const shown = JSON.parse((await lintelDoes('account', 'show', 'nhaddad', '--json')).out)
    assert.deepEqual(shown.organizations, ['Helpdesk'])
    const log = (await lintelDoes('audit', 'export', '--json')).out.trim().split('\n')
    const made = log
      .map(line => JSON.parse(line))
      .filter(({ event, args }) => event === 'sensitive_create' && args.what === 'import')
    assert.deepEqual(
      made.map(({ actor, args }) => [actor, args.accounts]),
      [[`operator:${userInfo().username}`, 3]],
    )
    const again = await lintelDoes('account', 'import', file)
    assert.equal(again.code, 1)
    assert.match(again.err, /Line 2: nhaddad: Another account has this username/)
    assert.match(again.err, /3 of 3 rows cannot be imported\. Nothing was created\./)
  })

  test('refuses what is no file of people with 1, and wrong words with 2', async () => {
    assert.equal((await lintelDoes('account', 'import', join(lintel.folder, 'none.csv'))).code, 1)
    const other = await lintelDoes('account', 'import', put('other.csv', Buffer.from('Password\nsecret\n')))
    assert.equal(other.code, 1)
    assert.match(other.err, /There is no column named Password\. Remove it\./)
    assert.equal((await lintelDoes('account', 'import')).code, 2)
    assert.equal((await lintelDoes('account', 'import', 'a', 'b')).code, 2)
  })

  test('an account without a password is answered at sign-in as one that is not there', async () => {
    await lintelDoes('account', 'import', put('one.csv', bytesOf('Cy;Dahl;cy@example.org;cdahl;;')))
    const answers = await Promise.all(
      ['cdahl', 'nobody'].map(async username => {
        const client = openClient(lintel.origin)
        await client.get('/sign-in')
        const refused = await client.submit({ username, password: 'Heron lamp 42 quietly' })
        return [refused.status, refused.text.replaceAll(username, '').replace(/value="[^"]{30,}"/g, '')]
      }),
    )
    assert.deepEqual(answers[0], answers[1])
    const empty = openClient(lintel.origin)
    await empty.get('/sign-in')
    assert.equal((await empty.submit({ username: 'cdahl', password: '' })).status, 422)
  })
})

test('Forgot password mails an account without a password no link, but whom to ask', async t => {
  const mailbox = await openMailbox(t)
  const lintel = await startLintel(t, { engine: 'sqlite', env: { SMTP_URL: mailbox.url } })
  const path = join(lintel.folder, 'people.csv')
  writeFileSync(path, bytesOf(noor))
  assert.equal((await commandOf(lintel)('account', 'import', path)).code, 0)
  const client = openClient(lintel.origin)
  await client.get('/forgot-password')
  await client.submit({ username: 'nhaddad' }, 'Continue')
  const mail = await mailbox.wait(({ recipients }) => recipients.includes('noor@example.org'))
  assert.match(mail.text, /nhaddad/)
  assert.doesNotMatch(mail.text, /\/reset\/|\/welcome\//)
})
