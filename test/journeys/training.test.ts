import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openBrowser } from '../support/browser/browser.ts'
import { addSettledPerson, openBeside } from '../support/database/beside.ts'
import { finishedAt, openMoodle, unfinished } from '../support/outside/moodle.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { commandOf } from '../support/process/command.ts'
import { startLintel } from '../support/process/process.ts'
import { firstSignIn, signIn } from './guide.ts'

const day = 24 * 3_600_000
const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }
const ownPassword = 'Quiet lantern 7 over snow'
const noor = { id: 41, firstname: 'Noor', lastname: 'Haddad', email: 'noor@example.org' }

const settingsOf = (moodle: { readonly url: string; readonly token: string }) => ({
  MOODLE_URL: moodle.url,
  MOODLE_TOKEN: moodle.token,
  MOODLE_COURSES: '7',
})

describe('training', () => {
  test('who finished the course in Moodle is in the queue, gets an account and signs in', async t => {
    const moodle = await openMoodle(t)
    moodle.add(noor, 7, finishedAt(Date.now() - day))
    moodle.add({ ...noor, id: 42, firstname: 'Ed', email: 'ed@example.org' }, 7, unfinished)
    const lintel = await startLintel(t, { engine: 'postgres', env: settingsOf(moodle) })
    const agent = await openBrowser(t, { ...desktop, origin: lintel.origin })
    await firstSignIn(agent, lintel)
    await lintel.printed(/Moodle was asked about training/)
    await agent.open('/helpdesk')
    await agent.follow('Trained, no account yet')
    assert.match(await agent.text(), /Noor Haddad/)
    assert.doesNotMatch(await agent.text(), /Ed Haddad/)
    await checkPage(agent.page)
    await agent.press('Create account for Noor Haddad')
    assert.ok(!agent.page.url().includes('noor'))
    assert.equal(await agent.page.getByLabel('Email', { exact: true }).inputValue(), 'noor@example.org')
    await agent.choose('Workgroup', 'HMIS Users')
    await agent.press('Continue')
    assert.match(await agent.text(), /Moodle shows training finished on/)
    await checkPage(agent.page)
    await agent.press('Create account')
    const [, secret = ''] = (await agent.text()).match(/Temporary password: (\S+)/) ?? []
    const person = await openBrowser(t, { ...phone, origin: lintel.origin })
    await signIn(person, 'nhaddad', secret)
    await person.press('Accept')
    await person.fill('New password', ownPassword)
    await person.fill('Confirm new password', ownPassword)
    await person.press('Save')
    await person.press('Skip for now')
    assert.equal(await person.heading(), 'Welcome, Noor')
    await agent.open('/helpdesk/training')
    assert.match(await agent.text(), /Nobody\. Everyone who finished/)
    assert.ok(!lintel.output().includes(moodle.token))
  })
})

test('training that lapsed is said after the right password, with the course; done again it opens at once', async t => {
  const moodle = await openMoodle(t)
  moodle.add(noor, 7, finishedAt(Date.now() - 400 * day))
  const lintel = await startLintel(t, { engine: 'sqlite', env: settingsOf(moodle) })
  const beside = await openBeside(t, lintel)
  const id = await addSettledPerson(
    beside,
    { username: 'nhaddad', firstName: 'Noor', email: noor.email },
    ownPassword,
  )
  await beside.services.store.writeOne(db =>
    db
      .updateTable('policy')
      .set({ overrides: JSON.stringify({ trainingMonths: 12 }) })
      .execute(),
  )
  const agent = await openBrowser(t, { ...phone, javaScript: false, origin: lintel.origin })
  await firstSignIn(agent, lintel)
  await agent.open(`/helpdesk/people/${id}`)
  await agent.page.getByRole('link', { name: 'Check their training' }).click()
  await agent.press('Check now')
  assert.match(await agent.text(), /Expired/)
  await checkPage(agent.page)
  const person = await openBrowser(t, { ...desktop, origin: lintel.origin })
  await signIn(person, 'nhaddad', 'not the password')
  assert.doesNotMatch(await person.text(), /training/)
  await signIn(person, 'nhaddad', ownPassword)
  assert.match(await person.text(), /Your training has expired/)
  const course = person.page.getByRole('link', { name: 'Open the course in Moodle' })
  assert.equal(await course.getAttribute('href'), `${moodle.url}/course/view.php?id=7`)
  await checkPage(person.page)
  moodle.add(noor, 7, finishedAt(Date.now()))
  await agent.press('Check now')
  assert.match(await agent.text(), /Moodle shows training finished on/)
  await signIn(person, 'nhaddad', ownPassword)
  assert.equal(await person.heading(), 'Welcome, Noor')
})

test('where training is required, page and command line ask for a reason, and take it', async t => {
  const moodle = await openMoodle(t)
  moodle.add(noor, 7, unfinished)
  const lintel = await startLintel(t, { engine: 'sqlite', env: settingsOf(moodle) })
  const { services } = await openBeside(t, lintel)
  await services.store.writeOne(db =>
    db
      .updateTable('policy')
      .set({ overrides: JSON.stringify({ trainingGate: 'required' }) })
      .execute(),
  )
  const create = (...more: readonly string[]) =>
    commandOf(lintel)(
      ...['account', 'create', 'nhaddad', '--first-name', 'Noor', '--last-name', 'Haddad'],
      ...['--email', noor.email, ...more],
    )
  const refused = await create()
  assert.equal(refused.code, 1)
  assert.match(refused.err, /Moodle shows training not finished/)
  assert.match(refused.err, /--training-override/)
  assert.equal((await create('--training-override', 'Certificate seen.')).code, 0)
  const agent = await openBrowser(t, { ...phone, javaScript: false, origin: lintel.origin })
  await firstSignIn(agent, lintel)
  await agent.open('/helpdesk/people/new')
  await agent.fill('First name', 'Ed')
  await agent.fill('Last name', 'Olson')
  await agent.fill('Email', 'ed@example.org')
  await agent.press('Continue')
  assert.match(await agent.text(), /Nobody in Moodle has this email address/)
  await agent.press('Create account')
  assert.match(await agent.text(), /There is a problem/)
  await checkPage(agent.page)
  await agent.fill('Reason for creating it before training is finished', 'Uses another address there.')
  await agent.press('Create account')
  assert.match(await agent.text(), /Temporary password: /)
})
