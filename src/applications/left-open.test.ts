import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { openDesk } from '../../test/support/people/desk.ts'
import { noteVisit } from '../openid/visits.ts'
import { jwtLifetime } from './left-open.ts'
import { plainApplication } from './presets.ts'
import { createApplication, type NewApplication } from './store.ts'

eachEngine('signing out names what closed and what may stay open, once', async open => {
  const desk = await openDesk(await open())
  const { store, clock } = desk
  const who = await desk.signIn(desk.inside)
  const { id: sessionId } = await store.read
    .selectFrom('session')
    .select('id')
    .where('account_id', '=', desk.inside)
    .executeTakeFirstOrThrow()
  const enter = (name: string, given: Partial<NewApplication>) =>
    store.write(async tx => {
      const made = { ...plainApplication('other'), name, ...given }
      const applicationId = await createApplication(tx, made, clock.now())
      await noteVisit(tx, { sessionId, applicationId, accountId: desk.inside }, clock.now())
    })
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

eachEngine('signing out of nothing but Lintel says no more than that', async open => {
  const desk = await openDesk(await open())
  const who = await desk.signIn(desk.inside)
  await who.post('/sign-out')
  assert.match(await (await who.get('/sign-in')).text(), />You are signed out\.<\/div>/)
})
