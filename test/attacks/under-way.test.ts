/** What changes while a request is under way: a long body still comes, a hash still waits, a file is still being read. */
import assert from 'node:assert/strict'
import { type Desk, openDesk } from '../support/desk.ts'
import { eachEngine } from '../support/store.ts'

const said = { reason: 'Called and asked.', identified: 'call-back' }
const importAddress = '/helpdesk/import'
const people = 'First name,Last name,E-mail,Username\nAnn,Lee,ann@example.org,annlee\n'

const filesIn = async ({ store: { read } }: Desk): Promise<number> =>
  (await read.selectFrom('people_import').select('id').execute()).length

eachEngine('who is deactivated while their file is still coming has sent it for nothing', async open => {
  const desk = await openDesk(await open())
  const { administrator, helpdesk } = desk.callers
  const deactivated = () =>
    administrator.post(`/helpdesk/people/${helpdesk.id}/deactivate`, { ...said, version: '1' })
  const answer = await helpdesk.uploadSlowly(importAddress, 'people.csv', people, deactivated)
  assert.match(answer.headers.get('location') ?? '', /^\/sign-in/)
  assert.equal(await filesIn(desk), 0)
})

eachEngine('who loses the role while their file is still coming has sent it for nothing', async open => {
  const desk = await openDesk(await open())
  const { administrator, helpdesk } = desk.callers
  const changed = () =>
    administrator.post(`/helpdesk/people/${helpdesk.id}/role`, { ...said, version: '1', role: 'user' })
  const answer = await helpdesk.uploadSlowly(importAddress, 'people.csv', people, changed)
  assert.equal(answer.status, 403)
  assert.equal(await filesIn(desk), 0)
})

eachEngine('of ten files that one person sends at once two are read, and another’s meanwhile', async open => {
  const desk = await openDesk(await open())
  const { administrator, helpdesk } = desk.callers
  const held = Promise.withResolvers<void>()
  const reading = Array.from({ length: 2 }, () => Promise.withResolvers<void>())
  const first = reading.map(({ resolve }) =>
    helpdesk.uploadSlowly(importAddress, 'people.csv', people, () => {
      resolve()
      return held.promise
    }),
  )
  await Promise.all(reading.map(({ promise }) => promise))
  for (let n = 0; n < 8; n++) {
    const refused = await helpdesk.upload(importAddress, 'people.csv', people)
    assert.equal(refused.status, 429)
    assert.ok(refused.headers.has('retry-after'))
  }
  assert.equal((await administrator.upload(importAddress, 'people.csv', people)).status, 303)
  held.resolve()
  for (const answer of first) assert.equal((await answer).status, 303)
  assert.equal((await helpdesk.upload(importAddress, 'people.csv', people)).status, 303)
})
