import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../test/support/people/desk.ts'
import { noteVisit } from '../openid/visits.ts'
import { jwtLifetime } from './left-open.ts'
import { plainApplication } from './presets.ts'
import { createApplication, type NewApplication } from './store.ts'

/** Has the person's newest session open an application. */
async function enteringOf({ store, clock, inside }: Desk) {
  const { id: sessionId } = await store.read
    .selectFrom('session')
    .select('id')
    .where('account_id', '=', inside)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return (name: string, given: Partial<NewApplication>) =>
    store.write(async tx => {
      const made = { ...plainApplication('other'), name, ...given }
      const applicationId = await createApplication(tx, made, clock.now())
      await noteVisit(tx, { sessionId, applicationId, accountId: inside }, clock.now())
    })
}

eachEngine('signing out names what closed and what may stay open, once', async open => {
  const desk = await openDesk(await open())
  const { clock } = desk
  const who = await desk.signIn(desk.inside)
  const enter = await enteringOf(desk)
  await enter('Beds', { backchannelUri: 'https://beds.example.org/sign-out' })
  await enter('Maps', { backchannelUri: 'https://maps.example.org/sign-out' })
  await enter('Charts', {})
  await enter('Warehouse', { tokenForm: 'jwt', backchannelUri: 'https://warehouse.example.org/sign-out' })
  const answer = await who.post('/sign-out')
  assert.equal(answer.headers.get('location'), '/sign-in')
  const page = await (await who.get('/sign-in')).text()
  assert.match(page, /You are signed out\.<p>Also closed: Beds and Maps\.<\/p>/)
  const until = new Intl.DateTimeFormat('en-US', { timeZone: 'America/Chicago', timeStyle: 'short' })
  const when = until.format(clock.now() + jwtLifetime).replace(/\s/g, '\\s')
  assert.match(page, new RegExp(`May still work until ${when}: Warehouse\\.`))
  assert.match(page, /May stay open until it checks your sign-in again: Charts\./)
})

eachEngine('signing out everywhere, and the console after an end, name the same', async open => {
  const desk = await openDesk(await open())
  const first = await desk.signIn(desk.inside)
  const enter = await enteringOf(desk)
  await enter('Beds', { backchannelUri: 'https://beds.example.org/sign-out' })
  await enter('Charts', {})
  await enter('Warehouse', { tokenForm: 'jwt' })
  const answer = await first.post('/security/sign-out-everywhere')
  assert.equal(answer.headers.get('location'), '/sign-in')
  const page = await (await first.get('/sign-in')).text()
  assert.match(page, /Also closed: Beds\./)
  assert.match(page, /May still work until [^<]*: Warehouse\./)
  assert.match(page, /May stay open until it checks your sign-in again: Charts\./)
  const person = await (await desk.callers.helpdesk.get(`/helpdesk/people/${desk.inside}`)).text()
  assert.match(person, /Ended\. It may still work until /)
  assert.match(person, /Ended here\. It may stay open there until it checks again\./)
  desk.clock.advance(jwtLifetime)
  const later = await (await desk.callers.helpdesk.get(`/helpdesk/people/${desk.inside}`)).text()
  assert.doesNotMatch(later, /It may still work until/)
})

eachEngine('signing out of nothing but Lintel says no more than that', async open => {
  const desk = await openDesk(await open())
  const who = await desk.signIn(desk.inside)
  await who.post('/sign-out')
  assert.match(await (await who.get('/sign-in')).text(), />You are signed out\.<\/div>/)
})
