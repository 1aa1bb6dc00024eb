import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openData } from '../attacks/support.ts'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import { openMailbox } from '../support/outside/mailbox.ts'
import { finishedAt, openMoodle, unfinished } from '../support/outside/moodle.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { appoint } from '../support/people/agency.ts'
import { startLintel } from '../support/process/process.ts'
import { firstSignIn, passGate, password, signIn } from './guide.ts'

const minute = 60_000
const day = 24 * 60 * minute
const desktop = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }
const shelter = 'Lakeside Night Shelter'
const trainees = { amina: 41, bert: 42, clara: 43 }

/** A day in Minnesota, as the form takes it. */
const dayOf = (at: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Chicago', dateStyle: 'short' }).format(at)

test('a year’s renewal: planned, asked for, done by one, watched by the contact, and a locked door for the other until it is done', async t => {
  const moodle = await openMoodle(t)
  const mailbox = await openMailbox(t)
  const put = (username: keyof typeof trainees, enrolment = unfinished) => {
    const email = `${username}@example.org`
    moodle.add({ id: trainees[username], firstname: username, lastname: 'W', email }, 7, enrolment)
  }
  for (const username of ['amina', 'bert', 'clara'] as const) put(username)
  const env = { MOODLE_URL: moodle.url, MOODLE_TOKEN: moodle.token, SMTP_URL: mailbox.url }
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0, env })
  const data = await openData(t, lintel)
  const { store, now } = data.services
  await data.addPeople(
    ...['Amina', 'Bert', 'Clara'].map(firstName => ({
      ...{ username: firstName.toLowerCase(), firstName, organizations: [shelter] },
    })),
  )
  await store.writeOne(db =>
    db
      .updateTable('terms_acceptance')
      .set({ accepted_at: now() - 30 * day })
      .execute(),
  )
  const { id } = await store.read
    .selectFrom('organization')
    .select('id')
    .where('name', '=', shelter)
    .executeTakeFirstOrThrow()
  await appoint({ store, clock: { now } }, await data.idOf('clara'), id)
  const open = (size: typeof phone) => openBrowser(t, { ...size, origin: lintel.origin })
  const told = (subject: string, username: string) =>
    mailbox.wait(mail => mail.subject === subject && mail.recipients.includes(`${username}@example.org`))
  /** Time goes by, with all that the clock does in it. */
  let passed = 0
  const pass = async (span: number) => {
    passed += span
    await lintel.advance(span)
    const value = Math.floor((now() + passed) / minute)
    await store.writeOne(db =>
      db.updateTable('counter').set({ value }).where('name', '=', 'believed minute').execute(),
    )
    await lintel.restart()
  }
  const agent = await open(desktop)
  const finish = async (username: keyof typeof trainees) => {
    put(username, finishedAt(now() + passed))
    await agent.open(`/helpdesk/people/${await data.idOf(username)}`)
    await agent.page.getByRole('link', { name: 'Check their training' }).click()
    await agent.press('Check now')
    assert.match(await agent.text(), /Moodle shows training finished on/)
  }

  await firstSignIn(agent, lintel)
  await agent.open('/helpdesk/courses')
  await agent.follow('Add a course')
  await passGate(agent)
  await agent.fill('Name', 'Privacy')
  await agent.fill('Number in Moodle', '7')
  await agent.press('Add a course')
  await agent.open('/helpdesk/renewals')
  await agent.follow('Start a renewal')
  await agent.fill('Name', 'Renewal of the year')
  await agent.fill('First day', dayOf(now()))
  await agent.fill('Last day', dayOf(now() + 2 * day))
  await agent.tick(shelter)
  await agent.tick('Privacy')
  await agent.tick('Accept the terms again')
  await agent.page.getByLabel(/^Anyone who has not renewed is kept out/).check()
  await agent.press('Continue')
  assert.match(await agent.text(), /3 people are asked to renew/)
  await checkPage(agent.page)
  await agent.press('Start a renewal')
  assert.match(await agent.text(), /The renewal was started/)
  const renewal = new URL(agent.page.url()).pathname

  await pass(2 * minute)
  assert.match((await told('Renew your access', 'amina')).text, /Renewal of the year/)
  const amina = await open(phone)
  await signIn(amina, 'amina', password)
  assert.equal(await amina.heading(), 'Terms of Agreement')
  await amina.press('Accept')
  assert.match(await amina.text(), /Renewal of the year: finish the course Privacy by/)
  const course = amina.page.getByRole('link', { name: 'Open the course in Moodle' })
  assert.equal(await course.getAttribute('href'), `${moodle.url}/course/view.php?id=7`)
  await checkPage(amina.page)
  await finish('amina')
  await amina.open('/')
  assert.doesNotMatch(await amina.text(), /Renewal of the year/)

  await pass(2 * minute)
  assert.match((await told('Who at your agency has not renewed', 'clara')).text, /Lakeside/)
  const clara = await open(phone)
  await signIn(clara, 'clara', password)
  await clara.press('Accept')
  await clara.open(`/agency/${id}/renewals`)
  const seen = await clara.page.locator('#main').innerText()
  assert.match(seen, /1 of 3 have renewed[\s\S]*Bert/)
  assert.doesNotMatch(seen, /Amina/)
  await agent.open(renewal)
  assert.match(await rowOf(agent), /^Lakeside Night Shelter\s+3\s+1\s+2$/)
  await checkPage(agent.page)

  await pass(4 * day)
  assert.match((await told('Your access has to be renewed first', 'bert')).text, /Finish your training/)
  await signIn(amina, 'amina', password)
  assert.equal(await amina.heading(), 'Welcome, Amina')
  const bert = await open(phone)
  await signIn(bert, 'bert', password)
  assert.match(await bert.text(), /Your training has expired\. Complete the course in Moodle, or contact/)
  await checkPage(bert.page)
  await signIn(agent, 'admin', password)
  await agent.open(renewal)
  assert.match(await agent.text(), /SHA-256 of the result/)
  await finish('bert')
  await signIn(bert, 'bert', password)
  await bert.press('Accept')
  assert.equal(await bert.heading(), 'Welcome, Bert')
})

const rowOf = async ({ page }: Visitor): Promise<string> =>
  (await page.locator('#main tbody tr').allInnerTexts()).join('\n').trim()
