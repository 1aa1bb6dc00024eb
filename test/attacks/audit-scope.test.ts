import assert from 'node:assert/strict'
import { eachEngine } from '../support/database/store.ts'
import { type Caller, type Desk, openDesk } from '../support/people/desk.ts'

const reason = { reason: 'The yearly review.', form: 'jsonl' }

/** The helpdesk, the scoped agent and the administrator have each done something to somebody. */
async function busyDesk(desk: Desk): Promise<void> {
  const { helpdesk, scoped, administrator } = desk.callers
  const said = { reason: 'Asked for.', version: '1' }
  const deeds: readonly (readonly [Caller, string])[] = [
    [helpdesk, desk.outside],
    [scoped, desk.inside],
    [administrator, await desk.add({ username: 'third', email: 'third@example.org' })],
  ]
  for (const [who, id] of deeds)
    assert.equal((await who.post(`/helpdesk/people/${id}/deactivate`, said)).status, 303)
}

const actorsOf = (lines: string): ReadonlySet<string> =>
  new Set(
    lines
      .trim()
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line).actor),
  )

eachEngine('a helpdesk agent reads records of their own actions and of nobody else’s', async open => {
  const desk = await openDesk(await open())
  await busyDesk(desk)
  const { helpdesk, scoped, administrator } = desk.callers
  for (const who of [helpdesk, scoped]) {
    const page = await (await who.get('/helpdesk/audit?event=user_archived')).text()
    assert.equal(page.match(/Deactivated<br>/g)?.length, 1)
    for (const other of [helpdesk, scoped, administrator].filter(({ id }) => id !== who.id))
      assert.ok(!page.includes(`${other.id}`), 'somebody else is in it')
    assert.equal((await who.get('/helpdesk/audit/verify')).status, 403)
    assert.equal((await who.post('/helpdesk/audit/verify')).status, 403)
  }
  const all = await (await administrator.get('/helpdesk/audit?event=user_archived')).text()
  assert.equal(all.match(/Deactivated<br>/g)?.length, 3)
})

eachEngine(
  'asking for another agent’s records by name, by id or as an export is refused and recorded',
  async open => {
    const desk = await openDesk(await open())
    await busyDesk(desk)
    const { helpdesk, scoped } = desk.callers
    for (const agent of [
      'helpdesk',
      helpdesk.id,
      'chief',
      'anonymous',
      'system',
      'operator:root',
      'nobody',
    ]) {
      assert.equal((await scoped.get(`/helpdesk/audit?agent=${agent}`)).status, 403, agent)
      assert.equal((await scoped.get(`/helpdesk/reports/audit?agent=${agent}`)).status, 403, agent)
      assert.equal((await scoped.post('/helpdesk/reports/audit', { ...reason, agent })).status, 403, agent)
    }
    const noted = (await desk.events()).filter(({ event }) => event === 'authz_fail')
    assert.equal(noted.length, 21)
    assert.equal((await scoped.get('/helpdesk/audit?agent=scoped')).status, 200)
  },
)

eachEngine('an export of the log holds only the agent’s own records, whoever they are about', async open => {
  const desk = await openDesk(await open())
  await busyDesk(desk)
  desk.clock.advance(1_000)
  const { helpdesk, scoped, administrator } = desk.callers
  for (const who of [helpdesk, scoped]) {
    const file = await (await who.post('/helpdesk/reports/audit', reason)).text()
    assert.deepEqual(actorsOf(file), new Set([who.id]))
  }
  const all = await (await administrator.post('/helpdesk/reports/audit', reason)).text()
  assert.ok(actorsOf(all).size >= 3)
})

eachEngine(
  'a limited agent can neither find nor read the name of anyone outside their organizations',
  async open => {
    const desk = await openDesk(await open())
    await busyDesk(desk)
    const { scoped } = desk.callers
    assert.equal((await scoped.get('/helpdesk/audit?person=otto')).status, 422)
    assert.equal((await scoped.get('/helpdesk/audit?person=nobody')).status, 422)
    await desk.store.writeOne(db =>
      db.deleteFrom('account_organization').where('account_id', '=', desk.inside).execute(),
    )
    const page = await (await scoped.get('/helpdesk/audit')).text()
    assert.match(page, /Deactivated<br>/)
    assert.doesNotMatch(page, /Ines/)
  },
)

eachEngine('a user reaches no page or export of the log', async open => {
  const desk = await openDesk(await open())
  const { user } = desk.callers
  for (const path of [
    '/helpdesk/audit',
    '/helpdesk/reports',
    '/helpdesk/reports/audit',
    '/helpdesk/reports/people',
  ])
    assert.equal((await user.get(path)).status, 403, path)
  for (const report of ['audit', 'people', 'acceptances'])
    assert.equal((await user.post(`/helpdesk/reports/${report}`, reason)).status, 403, report)
})
