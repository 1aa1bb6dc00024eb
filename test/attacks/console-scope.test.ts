/** What an agent who is limited to some organizations could learn of everybody else. */
import assert from 'node:assert/strict'
import { openIncident } from '../../src/account/incidents.ts'
import { createWorkgroup } from '../../src/workspace/store.ts'
import { eachEngine } from '../support/database/store.ts'
import { type Caller, type Desk, openDesk } from '../support/people/desk.ts'

const day = 24 * 3_600_000
const textOf = async (answer: Promise<Response>): Promise<string> => (await answer).text()

/** Every page of the console that the limited agent can open, save the log of their own doings, and their exports. */
async function allThatIsSeen(desk: Desk, workgroup: string): Promise<ReadonlyMap<string, string>> {
  const { scoped } = desk.callers
  const seen = new Map<string, string>()
  const idOf = (path: string) =>
    path.includes('/organizations')
      ? desk.ownOrganization
      : path.includes('/workgroups')
        ? workgroup
        : desk.inside
  /** What the agent asks for in vain is recorded, and then seen by them. */
  const isRecorded = (path: string) => path.startsWith('/helpdesk/audit') || path.endsWith('/contact')
  for (const { method, path } of desk.routes) {
    if (method !== 'GET' || !path.startsWith('/helpdesk') || isRecorded(path)) continue
    const address = path.replace(':id', idOf(path))
    const answer = await scoped.get(address)
    if (answer.status === 200) seen.set(address, await answer.text())
  }
  for (const query of [
    'q=o',
    'state=incident',
    'state=throttled',
    'organization=none',
    `workgroup=${workgroup}`,
  ])
    seen.set(query, await textOf(scoped.get(`/helpdesk/people?${query}`)))
  for (const report of ['people', 'acceptances'])
    seen.set(
      report,
      await textOf(scoped.post(`/helpdesk/reports/${report}`, { reason: 'Board.', form: 'jsonl' })),
    )
  return seen
}

/** All that can happen to people who are not the agent's. */
async function muchHappensOutside(desk: Desk, workgroup: string): Promise<void> {
  const now = desk.clock.now()
  const { administrator } = desk.callers
  await desk.add({
    username: 'olga',
    firstName: 'Olga',
    organizationIds: [desk.otherOrganization],
    workgroupIds: [workgroup],
  })
  await desk.add({ username: 'nowhere', firstName: 'Oren', role: 'administrator' })
  const act = { reason: 'Left.', identified: 'call-back', version: '1' }
  assert.equal(
    (await administrator.post(`/helpdesk/people/${desk.outside}/temporary-password`, act)).status,
    200,
  )
  await desk.store.write(async tx => {
    await openIncident(tx, desk.outside, 'not-me', now)
    for (let n = 0; n < 9; n++)
      await desk.services.audit.record(tx, {
        event: 'authn_login_fail',
        actor: 'anonymous',
        subject: desk.outside,
      })
    await tx.db
      .updateTable('account')
      .set({ training_state: 'finished', training_finished_at: now - 900 * day, training_checked_at: now })
      .where('role', '=', 'administrator')
      .execute()
    await tx.db
      .insertInto('training_candidate')
      .values({
        moodle_user_id: 77,
        first_name: 'Oda',
        last_name: 'Outside',
        email: 'oda@example.org',
        email_key: 'oda@example.org',
        state: 'finished',
        finished_at: now,
        seen_at: now,
        due_at: now,
      })
      .execute()
    await tx.db
      .updateTable('policy')
      .set({ overrides: JSON.stringify({ trainingMonths: 12 }) })
      .execute()
  })
}

eachEngine(
  'nothing that happens outside their organizations changes what a limited agent sees',
  async open => {
    const desk = await openDesk(await open())
    const workgroup = await desk.store.write(tx =>
      createWorkgroup(tx, { name: 'Night desk', allows: '' }, desk.clock.now()),
    )
    await desk.store.writeOne(db =>
      db
        .updateTable('policy')
        .set({ overrides: JSON.stringify({ trainingMonths: 12 }) })
        .execute(),
    )
    const before = await allThatIsSeen(desk, workgroup)
    assert.ok(before.size > 30, `${before.size} pages`)
    const unlimited = await textOf(desk.callers.helpdesk.get('/helpdesk'))
    await muchHappensOutside(desk, workgroup)
    assert.notEqual(await textOf(desk.callers.helpdesk.get('/helpdesk')), unlimited)
    const after = await allThatIsSeen(desk, workgroup)
    for (const [address, text] of before) assert.equal(after.get(address), text, address)
  },
)

eachEngine('a list cannot be made to start at someone outside the agent’s organizations', async open => {
  const desk = await openDesk(await open())
  const { scoped } = desk.callers
  const named = (who: Caller, address: string) => textOf(who.get(address))
  await desk.store.writeOne(db =>
    db.updateTable('account').set({ last_name: 'Zuber' }).where('id', '=', desk.outside).execute(),
  )
  for (const list of [
    '/helpdesk/people',
    '/helpdesk/sheets',
    `/helpdesk/organizations/${desk.ownOrganization}`,
  ]) {
    assert.match(await named(scoped, `${list}?after=${desk.outside}`), /Ines/, list)
    assert.doesNotMatch(
      await named(desk.callers.administrator, `${list}?after=${desk.outside}`),
      /Ines/,
      list,
    )
  }
})

eachEngine(
  'a limited agent cannot learn where else their people work by asking for that place’s sheets',
  async open => {
    const desk = await openDesk(await open())
    const { scoped, helpdesk } = desk.callers
    await desk.add({
      username: 'ida',
      firstName: 'Ida',
      organizationIds: [desk.ownOrganization, desk.otherOrganization],
    })
    const address = `/helpdesk/sheets?organization=${desk.otherOrganization}`
    const [asked, unasked] = [await textOf(scoped.get(address)), await textOf(scoped.get('/helpdesk/sheets'))]
    const people = (text: string) => [...text.matchAll(/value="([0-9a-f-]{36}:\d+)"/g)].map(([, id]) => id)
    assert.equal(people(unasked).length, 1, 'who works elsewhere too is not theirs to let in')
    assert.deepEqual(people(asked), people(unasked))
    assert.doesNotMatch(await textOf(helpdesk.get(address)), /Ines/)
  },
)

eachEngine('a limited agent can change neither their own limit nor their own account', async open => {
  const desk = await openDesk(await open())
  const { scoped } = desk.callers
  const form = {
    ...{ reason: 'Mine.', identified: 'in-person', version: '1', limited: 'no', role: 'administrator' },
    organization: desk.otherOrganization,
    ...{ firstName: 'S', lastName: 'S', email: 's@example.org' },
  }
  for (const action of ['scope', 'role', 'access', 'details', 'reactivate', 'close-incident'])
    for (const id of [scoped.id, desk.callers.helpdesk.id]) {
      const { status } = await scoped.post(`/helpdesk/people/${id}/${action}`, form)
      assert.ok(status === 403 || status === 404, `${action}: ${status}`)
    }
  const scope = await desk.store.read
    .selectFrom('helpdesk_scope')
    .select(['account_id', 'organization_id'])
    .execute()
  assert.deepEqual(
    scope.map(row => ({ ...row })),
    [{ account_id: scoped.id, organization_id: desk.ownOrganization }],
  )
})

eachEngine(
  'of what others did a limited agent reads no reason, no address and no name from outside',
  async open => {
    const desk = await openDesk(await open())
    const { administrator, helpdesk, scoped } = desk.callers
    const page = `/helpdesk/people/${desk.inside}`
    const said = (version: number, reason: string) => ({
      reason,
      version: String(version),
      identified: 'call-back',
    })
    const names = { firstName: 'Ines', lastName: 'Lee', email: 'ines@example.org' }
    for (const [who, version, reason] of [
      [administrator, 1, 'Divorce papers came.'],
      [scoped, 2, 'She asked at the desk.'],
    ] as const)
      assert.equal((await who.post(`${page}/details`, { ...said(version, reason), ...names })).status, 303)
    await desk.store.write(tx =>
      desk.services.audit.record(tx, {
        event: 'authn_login_success',
        actor: desk.inside,
        subject: desk.inside,
        address: '198.51.100.77',
      }),
    )
    const suspend = { date: '2027-03-01', time: '17:00' }
    await administrator.post(`${page}/suspend`, { ...said(3, 'Court order.'), ...suspend })
    const late = await scoped.post(`${page}/deactivate`, { ...said(2, 'Left.'), seen: '0' })
    assert.equal(late.status, 422)
    for (const text of [await textOf(scoped.get(page)), await late.text()]) {
      assert.match(text, /Details edited/)
      assert.match(text, /She asked at the desk/)
      assert.match(text, /Helpdesk staff/)
      assert.doesNotMatch(text, /Divorce|Court order|198\.51|127\.0\.0\.1|chief Agent/i)
    }
    const whole = await textOf(helpdesk.get(page))
    for (const part of [/chief Agent/, /198\.51\.100\.77/, /Divorce papers/]) assert.match(whole, part)
    assert.match(whole, /Reason given: Court order/)
    const place = `/helpdesk/organizations/${desk.ownOrganization}`
    const edit = { ...said(1, ''), name: 'Lakeside', allows: 'Beds.' }
    assert.equal((await administrator.post(`${place}/edit`, edit)).status, 303)
    assert.doesNotMatch(await textOf(scoped.get(place)), /chief Agent|127\.0\.0\.1/)
  },
)
