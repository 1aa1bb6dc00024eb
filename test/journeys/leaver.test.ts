import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Data, openData } from '../attacks/support.ts'
import { openBrowser, type Visitor } from '../support/browser/browser.ts'
import type { Engine } from '../support/database/databases.ts'
import { checkPage } from '../support/pages/page-check.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { firstSignIn, password, signIn } from './guide.ts'

const size = { width: 1280, height: 900 }
const minute = 60_000

interface Desk {
  readonly lintel: Lintel
  readonly data: Data
  readonly agent: Visitor
  /** Someone who is signed in, in a browser of their own. */
  readonly person: Visitor
}

/** An agent on the page of a person who is signed in. */
async function openDesk(t: Scope, engine: Engine): Promise<Desk> {
  const lintel = await startLintel(t, { engine, clockOffset: 0 })
  const data = await openData(t, lintel)
  await data.addPeople({ username: 'amina' })
  const agent = await openBrowser(t, { ...size, origin: lintel.origin })
  await firstSignIn(agent, lintel)
  const person = await openBrowser(t, { ...size, origin: lintel.origin })
  await signIn(person, 'amina', password)
  assert.equal(await person.heading(), 'Welcome, Amina')
  await agent.open('/helpdesk/people?q=amina')
  await agent.follow('Warsame, Amina')
  return { lintel, data, agent, person }
}

async function passGate(agent: Visitor): Promise<void> {
  await agent.fill('Password', password)
  await agent.press('Submit')
}

/** Date and time in Minnesota, as the form takes them. */
function inMinnesota(at: number): { date: string; time: string } {
  const [date = '', time = ''] = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/Chicago',
    dateStyle: 'short',
    timeStyle: 'short',
  })
    .format(at)
    .split(' ')
  return { date, time }
}

test('a leaver works until the minute that was set, and not after it', async t => {
  const { lintel, data, agent, person } = await openDesk(t, 'postgres')
  await agent.follow('Schedule leaving')
  await passGate(agent)
  const { date, time } = inMinnesota(Date.now() + 20 * minute)
  await agent.fill('Date', date)
  await agent.fill('Time', time)
  await agent.fill('Reason', 'Moves to another agency.')
  await checkPage(agent.page)
  await agent.press('Schedule leaving')
  assert.match(await agent.text(), /Reason: Moves to another agency\./)
  await person.open('/')
  assert.equal(await person.heading(), 'Welcome, Amina')
  await lintel.advance(21 * minute)
  await person.open('/')
  assert.equal(await person.heading(), 'Sign in')
  await signIn(person, 'amina', password)
  assert.match(await person.text(), /Your account closed on its scheduled date/)
  await agent.page.reload()
  assert.match(await agent.text(), /No\./)
  const [mail] = await data.services.store.read
    .selectFrom('mail')
    .select('subject')
    .where('account_id', '=', await data.idOf('amina'))
    .where('subject', '=', 'Your account will close')
    .execute()
  assert.ok(mail, 'the person was told')
})

test('a stolen account is locked down: the thief is out, the owner comes back with a new password', async t => {
  const { agent, person: thief } = await openDesk(t, 'sqlite')
  await agent.follow('Lock down')
  await passGate(agent)
  await checkPage(agent.page)
  await agent.fill('Reason', 'Phone stolen; called from home.')
  await agent.press('Lock down')
  await checkPage(agent.page)
  await thief.open('/')
  assert.equal(await thief.heading(), 'Sign in')
  await signIn(thief, 'amina', password)
  assert.match(await thief.text(), /This password was blocked to keep your account safe/)
  await agent.follow('Issue temporary password')
  await agent.tick('They are here in person')
  await agent.fill('Reason', 'Came to the office with a card.')
  await agent.press('Issue temporary password')
  const [, issued = ''] =
    (await agent.text()).match(/Temporary password: ([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})/) ?? []
  await signIn(thief, 'amina', issued)
  assert.equal(await thief.heading(), 'Create a new password')
})
