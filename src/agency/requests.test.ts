import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { addContact } from '../../test/support/people/agency.ts'
import { type Caller, type Desk, openDesk } from '../../test/support/people/desk.ts'
import { runAgency } from '../jobs/agency.ts'
import { createWorkgroup } from '../workspace/store.ts'

const day = 24 * 3_600_000
const newcomer = {
  firstName: 'Halima',
  lastName: 'Osman',
  email: 'halima@example.org',
  jobTitle: 'Night staff',
  training: 'unknown',
}

const ask = (desk: Desk, contact: Caller, fields: Record<string, string> = {}) =>
  contact.post(`/agency/${desk.ownOrganization}/requests/new`, { ...newcomer, ...fields })

const newest = (desk: Desk) =>
  desk.store.read.selectFrom('agency_request').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow()

const mails = async (desk: Desk) =>
  (await desk.store.read.selectFrom('mail').select('kind').orderBy('created_at').orderBy('id').execute()).map(
    ({ kind }) => kind,
  )

const answer = async (desk: Desk, fields: Record<string, string>, end = '') => {
  const { id, version } = await newest(desk)
  return desk.callers.helpdesk.post(`/helpdesk/requests/${id}${end}`, { version: String(version), ...fields })
}

eachEngine('a request becomes an account with nothing typed again, and both sides hear of it', async open => {
  const desk = await openDesk(await open())
  const contact = await addContact(desk, 'clara', desk.ownOrganization)
  const workgroup = await desk.store.write(tx =>
    createWorkgroup(tx, { name: 'Night desk', allows: '' }, desk.clock.now()),
  )
  assert.equal((await ask(desk, contact, { workgroup })).status, 303)
  const { id } = await newest(desk)
  const { helpdesk, scoped } = desk.callers
  const page = await (await helpdesk.get(`/helpdesk/requests/${id}`)).text()
  for (const text of ['Halima', 'Osman', 'halima@example.org', 'Night staff', 'Night desk', 'Clara Contact'])
    assert.ok(page.includes(text), text)
  assert.equal((await scoped.get(`/helpdesk/requests/${id}`)).status, 200, 'of their own organization')
  const form = await (await helpdesk.get(`/helpdesk/people/new?request=${id}`)).text()
  const fields = [...form.matchAll(/name="(\w+)"[^>]*? value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  )
  assert.ok(fields.some(([name, value]) => name === 'email' && value === 'halima@example.org'))
  const made = await helpdesk.post('/helpdesk/people/new/create', {
    ...newcomer,
    ...{ username: 'hosman', organization: desk.ownOrganization, workgroup, request: id },
  })
  assert.equal(made.status, 200)
  const account = await desk.store.read
    .selectFrom('account')
    .select('id')
    .where('username', '=', 'hosman')
    .executeTakeFirstOrThrow()
  const request = await newest(desk)
  assert.deepEqual([request.state, request.account_id], ['accepted', account.id])
  assert.deepEqual((await mails(desk)).toSorted(), ['request-accepted', 'request-asked'])
  assert.match(await (await contact.get(`/agency/${desk.ownOrganization}/requests/${id}`)).text(), /Accepted/)
  const again = await helpdesk.post('/helpdesk/people/new/create', {
    ...newcomer,
    ...{ username: 'hosman2', organization: desk.ownOrganization, request: id },
  })
  assert.equal(again.headers.get('location'), `/helpdesk/requests/${id}`, 'one request, one account')
  const two = await desk.store.read
    .selectFrom('account')
    .select('id')
    .where('username', '=', 'hosman2')
    .executeTakeFirst()
  assert.equal(two, undefined)
})

eachEngine('a known email is told to the helpdesk and to nobody else', async open => {
  const desk = await openDesk(await open())
  const contact = await addContact(desk, 'clara', desk.ownOrganization)
  const known = await desk.add({
    username: 'halima',
    firstName: 'Halima',
    lastName: 'Osman',
    email: newcomer.email,
    organizationIds: [desk.otherOrganization],
  })
  const [first, second] = [
    await ask(desk, contact),
    await ask(desk, contact, { email: 'unknown@example.org', lastName: 'Nobody' }),
  ]
  assert.deepEqual(
    [first.status, first.headers.get('location')],
    [second.status, second.headers.get('location')],
  )
  const list = await desk.store.read.selectFrom('agency_request').select(['id', 'entry', 'version']).execute()
  const request = list.find(({ entry }) => entry.includes(newcomer.email))
  assert.ok(request)
  const own = await (await contact.get(`/agency/${desk.ownOrganization}/requests/${request.id}`)).text()
  assert.ok(!own.includes(known) && !own.includes('Harbor'))
  const { helpdesk, scoped } = desk.callers
  assert.ok((await (await helpdesk.get(`/helpdesk/requests/${request.id}`)).text()).includes(known))
  assert.ok(
    !(await (await scoped.get(`/helpdesk/requests/${request.id}`)).text()).includes(known),
    'out of their reach',
  )
  const accepted = await helpdesk.post(`/helpdesk/requests/${request.id}/accept`, {
    version: String(request.version),
    account: known,
  })
  assert.equal(accepted.status, 303)
  const places = await desk.store.read
    .selectFrom('account_organization')
    .select('organization_id')
    .where('account_id', '=', known)
    .execute()
  assert.deepEqual(
    new Set(places.map(row => row.organization_id)),
    new Set([desk.ownOrganization, desk.otherOrganization]),
  )
})

eachEngine(
  'more is asked for, added, and declined; what is withdrawn or seen by another is answered by nobody',
  async open => {
    const desk = await openDesk(await open())
    const contact = await addContact(desk, 'clara', desk.ownOrganization)
    await ask(desk, contact)
    assert.equal((await answer(desk, { answer: '' })).status, 422)
    assert.equal((await answer(desk, { answer: 'Which shift?' })).status, 303)
    const { id, version, state } = await newest(desk)
    assert.equal(state, 'more-needed')
    const path = `/agency/${desk.ownOrganization}/requests/${id}`
    assert.match(await (await contact.get(path)).text(), /Which shift\?/)
    assert.equal(
      (await contact.post(path, { ...newcomer, note: 'Nights.', version: String(version - 1) })).status,
      422,
    )
    assert.equal(
      (await contact.post(path, { ...newcomer, note: 'Nights.', version: String(version) })).status,
      303,
    )
    const twice = await Promise.all([1, 2].map(() => answer(desk, { answer: 'No bed.', do: 'decline' })))
    assert.deepEqual(twice.map(({ status }) => status).toSorted(), [303, 422])
    assert.equal((await newest(desk)).state, 'declined')
    desk.clock.advance(1_000)
    await ask(desk, contact)
    const second = await newest(desk)
    await contact.post(`/agency/${desk.ownOrganization}/requests/${second.id}/withdraw`, { version: '1' })
    assert.equal((await newest(desk)).state, 'withdrawn')
    assert.equal(
      (
        await desk.callers.helpdesk.post(`/helpdesk/requests/${second.id}`, {
          version: '1',
          answer: 'No.',
          do: 'decline',
        })
      ).status,
      422,
    )
  },
)

eachEngine(
  'a request that waits for its contact ends by the clock, once, and the contact is told',
  async open => {
    const desk = await openDesk(await open())
    const contact = await addContact(desk, 'clara', desk.ownOrganization)
    await ask(desk, contact)
    await answer(desk, { answer: 'Which shift?' })
    desk.clock.advance(29 * day)
    await runAgency(desk.services, desk.clock.now())
    assert.equal((await newest(desk)).state, 'more-needed')
    desk.clock.advance(day)
    await Promise.all([1, 2].map(() => runAgency(desk.services, desk.clock.now())))
    assert.equal((await newest(desk)).state, 'stale')
    assert.equal((await mails(desk)).filter(kind => kind === 'request-stale').length, 1)
  },
)

eachEngine('a change sets workgroups, and what is refused is taken back whole', async open => {
  const desk = await openDesk(await open())
  const contact = await addContact(desk, 'clara', desk.ownOrganization)
  const workgroup = await desk.store.write(tx =>
    createWorkgroup(tx, { name: 'Night desk', allows: '' }, desk.clock.now()),
  )
  const path = `/agency/${desk.ownOrganization}/people/${desk.inside}/change`
  assert.equal((await contact.post(path)).status, 422, 'nothing was asked for')
  assert.equal((await contact.post(path, { workgroup, note: '' })).status, 303)
  assert.equal((await answer(desk, {}, '/accept')).status, 303)
  const groups = await desk.store.read
    .selectFrom('account_workgroup')
    .select('workgroup_id')
    .where('account_id', '=', desk.inside)
    .execute()
  assert.deepEqual(
    groups.map(row => row.workgroup_id),
    [workgroup],
  )
  desk.clock.advance(1_000)
  const { administrator } = desk.callers
  const boss = await desk.add({
    username: 'boss',
    role: 'administrator',
    organizationIds: [desk.ownOrganization],
  })
  await contact.post(`/agency/${desk.ownOrganization}/people/${boss}/leaver`, {
    lastDay: new Date(desk.clock.now()).toISOString().slice(0, 10),
  })
  assert.equal((await answer(desk, {}, '/accept')).status, 403, 'an administrator is not the helpdesk’s')
  assert.equal((await newest(desk)).state, 'asked')
  const { id, version } = await newest(desk)
  assert.equal(
    (await administrator.post(`/helpdesk/requests/${id}/accept`, { version: String(version) })).status,
    303,
  )
})
