/** Every road on which a contact or a limited agent could meet somebody who works for a victim service provider too. */
import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { addContact, addReview } from '../../../test/support/people/agency.ts'
import { addCourse, addRenewal } from '../../../test/support/people/courses.ts'
import { type Caller, openDesk } from '../../../test/support/people/desk.ts'

const email = 'hidden@example.org'
const other = { firstName: 'Zed', lastName: 'Other', email, username: 'zother' }
const header = 'First name,Last name,Email,Username,Organizations,Workgroups'
const columns = { username: 'Login', name: 'Who', email: 'Mail', status: 'State' }
const textOf = async (answer: Promise<Response>) => (await answer).text()

async function comparison(who: Caller): Promise<string> {
  await who.upload(
    '/helpdesk/compare',
    'vendor.csv',
    `Login;Who;Mail;State\nzother;Zed Other;${email};Active`,
  )
  const page = await textOf(who.get('/helpdesk/compare/columns'))
  const list = /name="list" value="([^"]+)"/.exec(page)?.[1] ?? ''
  await who.post('/helpdesk/compare/columns', { list, ...columns })
  return textOf(who.get('/helpdesk/compare'))
}

async function checkedImport(who: Caller): Promise<string> {
  await who.upload(
    '/helpdesk/import',
    'people.csv',
    `${header}\nZed,Other,${email},zother,Lakeside Night Shelter,\n`,
  )
  for (;;) {
    const answer = await who.get('/helpdesk/import/check')
    if (answer.headers.get('refresh') === null) return answer.text()
  }
}

async function many(who: Caller, ids: readonly string[]): Promise<string> {
  const chosen = await who.postAll('/helpdesk/many', [
    ['which', 'checked'],
    ...ids.map(id => ['person', id] as const),
  ])
  const at = chosen.headers.get('location') ?? ''
  await who.post(`${at}/deactivate`, { reason: 'Asked.', lastDay: '2026-01-15' })
  return textOf(who.get(`${at}/check`))
}

eachEngine(
  'no search, count, look-alike, comparison, import, export, selection, request, review or renewal knows them',
  async open => {
    const desk = await openDesk(await open())
    const { scoped, helpdesk, administrator } = desk.callers
    const { store, ownOrganization, otherOrganization, inside } = desk
    const id = await desk.add({
      ...{ username: 'quill', firstName: 'Zoe', lastName: 'Quillfeather', email },
      organizationIds: [ownOrganization, otherOrganization],
    })
    const clara = await addContact(desk, 'clara', ownOrganization)
    const review = await addReview(desk, ownOrganization)
    await addRenewal(desk, await addCourse(store, 7, desk.clock.now()))
    const agency = `/agency/${ownOrganization}`
    const asked = await clara.post(`${agency}/people/${id}/change`, { note: 'New name.' })
    assert.equal(asked.status, 303)
    const { id: request } = await store.read
      .selectFrom('agency_request')
      .select('id')
      .executeTakeFirstOrThrow()
    const report = (name: string) =>
      textOf(scoped.post(`/helpdesk/reports/${name}`, { reason: 'For the board.', form: 'csv' }))
    const roads: Readonly<Record<string, () => Promise<string>>> = {
      search: () => textOf(scoped.get('/helpdesk/people?q=zoe')),
      'look-alikes': () =>
        textOf(scoped.post('/helpdesk/people/new', { ...other, organization: ownOrganization })),
      'import check': () => checkedImport(scoped),
      comparison: () => comparison(scoped),
      'people export': () => report('people'),
      selection: () => many(scoped, [id, inside]),
      'training of an address': () => textOf(scoped.post('/helpdesk/training/check', { email })),
      requests: () => textOf(scoped.get('/helpdesk/requests')),
      request: () => textOf(scoped.get(`/helpdesk/requests/${request}`)),
      'own requests': () => textOf(clara.get(`${agency}/requests`)),
      'own review': () => textOf(clara.get(`${agency}/reviews/${review}`)),
      'own renewal': () => textOf(clara.get(`${agency}/renewals`)),
      'report a leaver': () => textOf(clara.get(`${agency}/people/${id}/leaver`)),
      'ask for a change': () => textOf(clara.get(`${agency}/people/${id}/change`)),
    }
    const found = new RegExp(`${id}|Quillfeather|Someone with this email address has an account`)
    const findings = async () => {
      const list: string[] = []
      for (const [name, look] of Object.entries(roads)) if (found.test(await look())) list.push(name)
      return list
    }
    assert.deepEqual(
      await findings(),
      Object.keys(roads),
      'each road leads there as long as nobody is kept apart',
    )
    const renewed = async () =>
      /(\d+) of (\d+) have renewed/.exec(await textOf(clara.get(`${agency}/renewals`)))?.[2]
    const before = Number(await renewed())
    const flagged = await administrator.post(`/helpdesk/organizations/${otherOrganization}/standing`, {
      ...{ version: '1', isVictimService: 'yes' },
    })
    assert.equal(flagged.status, 303)
    assert.deepEqual(await findings(), [])
    assert.equal(Number(await renewed()), before - 1)
    assert.match(await textOf(helpdesk.get('/helpdesk/people?q=zoe')), /Quillfeather/)
  },
)

eachEngine('a request for who is known elsewhere reads the same once it is accepted', async open => {
  const desk = await openDesk(await open())
  const { scoped, helpdesk } = desk.callers
  const { store, ownOrganization, otherOrganization } = desk
  await store.writeOne(db =>
    db
      .updateTable('organization')
      .set({ is_victim_service: 1 })
      .where('id', '=', otherOrganization)
      .execute(),
  )
  const known = await desk.add({ username: 'quill', email, organizationIds: [otherOrganization] })
  const clara = await addContact(desk, 'clara', ownOrganization)
  await clara.post(`/agency/${ownOrganization}/requests/new`, { ...other, training: 'unknown' })
  const { id, version } = await store.read.selectFrom('agency_request').selectAll().executeTakeFirstOrThrow()
  const accepted = await helpdesk.post(`/helpdesk/requests/${id}/accept`, {
    ...{ version: String(version), account: known },
  })
  assert.equal(accepted.status, 303)
  for (const page of [
    await textOf(clara.get(`/agency/${ownOrganization}/requests`)),
    await textOf(clara.get(`/agency/${ownOrganization}/requests/${id}`)),
    await textOf(scoped.get(`/helpdesk/requests/${id}`)),
  ]) {
    assert.match(page, /Zed Other/)
    assert.match(page, /Accepted/)
    assert.doesNotMatch(page, new RegExp(known))
  }
  assert.match(await textOf(helpdesk.get(`/helpdesk/requests/${id}`)), new RegExp(known))
})

eachEngine('who works for a victim service provider is the contact of no other organization', async open => {
  const desk = await openDesk(await open())
  const { administrator, scoped } = desk.callers
  const { store, ownOrganization, otherOrganization } = desk
  const clara = await addContact(desk, 'clara', ownOrganization)
  const atDesk = async () => (await clara.get(`/agency/${ownOrganization}/requests`)).status
  assert.equal(await atDesk(), 200)
  const there = { account_id: clara.id, organization_id: otherOrganization }
  await store.write(async ({ db }) => {
    await db
      .insertInto('account_organization')
      .values({ ...there, is_active: 1, may_sign_in: 0, may_edit: 0 })
      .execute()
    await db
      .updateTable('organization')
      .set({ is_victim_service: 1 })
      .where('id', '=', otherOrganization)
      .execute()
  })
  assert.equal(await atDesk(), 404)
  assert.doesNotMatch(await textOf(scoped.get(`/helpdesk/organizations/${ownOrganization}`)), /Clara/)
  const refused = await administrator.post(`/helpdesk/people/${clara.id}/contact`, {
    ...{ contactOf: ownOrganization, reason: 'Their director asked.', version: '1' },
  })
  assert.equal(refused.status, 422)
  assert.match(await refused.text(), /cannot be the contact of another organization/)
})
