import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { openDesk } from '../../test/support/people/desk.ts'

eachEngine('an agent ends the sessions of one person, at once, and nobody else’s', async open => {
  const desk = await openDesk(await open())
  const [person, other] = [await desk.signIn(desk.inside), await desk.signIn(desk.outside)]
  assert.equal((await person.get('/')).status, 200)
  const fields = { reason: 'Called from a lost phone.', version: '1' }
  const answer = await desk.callers.helpdesk.post(`/helpdesk/people/${desk.inside}/end-sessions`, fields)
  assert.equal(answer.status, 303)
  assert.match((await person.get('/')).headers.get('location') ?? '', /^\/sign-in/)
  assert.equal((await other.get('/')).status, 200)
  const [ended] = (await desk.events()).filter(({ event }) => event === 'session_expired')
  assert.equal(ended?.subject, desk.inside)
  assert.deepEqual(JSON.parse(ended?.args ?? ''), {
    why: 'ended-by-helpdesk',
    ended: 1,
    reason: 'Called from a lost phone.',
  })
})
