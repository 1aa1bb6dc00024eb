import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachEngine } from '../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../test/support/people/desk.ts'
import { noWork, phoneLine, rowOfWork, workFields, workOf } from '../account/work.ts'
import { checkWork, tidyWork } from './work-entry.ts'

const work = {
  workPhone: '612-555-0142',
  workExtension: '7',
  jobTitle: 'Shelter advocate',
  supervisor: 'Quincy Adeyemi, 612-555-0117',
}
const names = { firstName: 'Maria', lastName: 'Garcia', email: 'maria@example.org' }
const said = { reason: 'Asked for it.', version: '1' }

const fieldsOf = (given: Partial<typeof work>) =>
  checkWork(tidyWork({ ...noWork, ...given })).map(({ field }) => field)

test('a number is taken as people write it, and nothing else is', () => {
  const good = ['612-555-0142', '(612) 555-0142', '+1 612.555.0142', '555 0142', '911', '']
  for (const workPhone of good) assert.deepEqual(fieldsOf({ workPhone }), [], workPhone)
  const bad = ['call me', '12', '612-555-0142 x7', '612-555-0142\u202e', '1'.repeat(41), '612;555']
  for (const workPhone of bad) assert.deepEqual(fieldsOf({ workPhone }), ['workPhone'], workPhone)
})

test('an extension belongs to a number, and every fact is one line', () => {
  assert.deepEqual(fieldsOf(work), [])
  assert.deepEqual(fieldsOf({ workExtension: '7' }), ['workPhone'])
  assert.deepEqual(fieldsOf({ ...work, workExtension: 'ask for Ann' }), ['workExtension'])
  assert.deepEqual(fieldsOf({ jobTitle: 'x'.repeat(121), supervisor: 'A\u0000B' }), [
    'jobTitle',
    'supervisor',
  ])
  assert.deepEqual(tidyWork({ ...work, jobTitle: '  Shelter \n advocate ' }), work)
  assert.deepEqual(workOf(rowOfWork(work)), work)
  assert.deepEqual([phoneLine(work), phoneLine(noWork)], ['612-555-0142, ext. 7', ''])
})

const accountOf = (desk: Desk, id: string) =>
  desk.store.read.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const primaryOf = async (desk: Desk, id: string) =>
  (
    await desk.store.read
      .selectFrom('account_organization')
      .select('organization_id')
      .where('account_id', '=', id)
      .where('is_primary', '=', 1)
      .execute()
  ).map(({ organization_id }) => organization_id)

eachEngine('how somebody is reached is shown where the form says to call them back', async open => {
  const desk = await openDesk(await open())
  const id = await desk.add({ username: 'reached', ...work })
  const page = await (await desk.callers.helpdesk.get(`/helpdesk/people/${id}/temporary-password`)).text()
  assert.match(page, /612-555-0142, ext\. 7/)
  assert.match(page, /Quincy Adeyemi, 612-555-0117/)
  const bare = `/helpdesk/people/${desk.inside}/temporary-password`
  assert.match(await (await desk.callers.helpdesk.get(bare)).text(), /There is no number on file/)
})

eachEngine(
  'a new name needs no identified caller; a new number, supervisor or address does, and the former stays in the log',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk } = desk.callers
    const path = `/helpdesk/people/${desk.inside}/details`
    const { email } = await accountOf(desk, desk.inside)
    const own = { ...said, ...names, email, ...noWork }
    assert.equal(
      (await helpdesk.post(path, { ...own, lastName: 'García', jobTitle: 'Advocate' })).status,
      303,
    )
    const changes = [{ workPhone: '612-555-0199' }, { supervisor: 'Eve' }, { email: 'eve@example.org' }]
    for (const change of changes) {
      const answer = await helpdesk.post(path, { ...own, version: '2', ...change })
      assert.equal(answer.status, 422)
      assert.match(await answer.text(), /Choose how you/)
    }
    desk.clock.advance(1)
    const identified = { ...own, ...work, version: '2', identified: 'supervisor' }
    assert.equal((await helpdesk.post(path, identified)).status, 303)
    const account = await accountOf(desk, desk.inside)
    assert.deepEqual(workOf(account), work)
    const [first, second] = (await desk.events())
      .filter(({ event }) => event === 'user_updated')
      .map(({ args }) => JSON.parse(args) as Record<string, unknown>)
    assert.deepEqual(first?.['jobTitle'], { before: '', after: 'Advocate' })
    assert.deepEqual(second?.['workPhone'], { before: '', after: '612-555-0142' })
    assert.deepEqual(second?.['jobTitle'], { before: 'Advocate', after: 'Shelter advocate' })
    assert.equal(second?.['identified'], 'supervisor')
  },
)

eachEngine('a ticket is kept with the reason, and nothing that is none is taken', async open => {
  const desk = await openDesk(await open())
  const path = `/helpdesk/people/${desk.inside}/end-sessions`
  const page = await (await desk.callers.helpdesk.get(path)).text()
  assert.match(page, /<option value="Lost a device\."/)
  for (const ticket of ['<b>', 'x'.repeat(41), 'HD\u202e1'])
    assert.equal((await desk.callers.helpdesk.post(path, { ...said, ticket })).status, 422, ticket)
  assert.equal((await desk.callers.helpdesk.post(path, { ...said, ticket: ' HD-1234 ' })).status, 303)
  const kept = (await desk.events()).map(({ args }) => JSON.parse(args) as { ticket?: string })
  assert.deepEqual(
    kept.flatMap(({ ticket }) => ticket ?? []),
    ['HD-1234'],
  )
})

eachEngine('a form that says nothing of the record leaves it as it is', async open => {
  const desk = await openDesk(await open())
  const id = await desk.add({ username: 'kept', ...work })
  const { email } = await accountOf(desk, id)
  const answer = await desk.callers.helpdesk.post(`/helpdesk/people/${id}/details`, {
    ...said,
    ...names,
    email,
  })
  assert.equal(answer.status, 303)
  assert.deepEqual(workOf(await accountOf(desk, id)), work)
  assert.equal(workFields.length, 4)
})

eachEngine('the first organization is the primary one until another of them is chosen', async open => {
  const desk = await openDesk(await open())
  const [own, other] = [desk.ownOrganization, desk.otherOrganization]
  const id = await desk.add({ username: 'both', organizationIds: [other, own] })
  assert.deepEqual(await primaryOf(desk, id), [other])
  const { email } = await accountOf(desk, id)
  const path = `/helpdesk/people/${id}/details`
  const form = { ...said, ...names, email }
  const choose = (version: string, primaryOrganization: string, caller = desk.callers.helpdesk) => {
    desk.clock.advance(1)
    return caller.post(path, { ...form, version, primaryOrganization })
  }
  assert.equal((await choose('1', own)).status, 303)
  assert.deepEqual(await primaryOf(desk, id), [own])
  assert.equal((await choose('2', 'elsewhere')).status, 422)
  assert.equal((await choose('2', '', desk.callers.scoped)).status, 422)
  assert.deepEqual(await primaryOf(desk, id), [own], 'not for an agent who looks after some organizations')
  assert.equal((await choose('2', '')).status, 303)
  assert.deepEqual(await primaryOf(desk, id), [])
  const changes = (await desk.events())
    .map(({ args }) => JSON.parse(args) as { primaryOrganization?: { before: { id: string }[] } })
    .flatMap(({ primaryOrganization }) =>
      primaryOrganization ? [primaryOrganization.before.map(one => one.id)] : [],
    )
  assert.deepEqual(changes, [[other], [own]])
})

eachEngine(
  'somebody without an email address is served by sheets, and nothing is offered that needs one',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk } = desk.callers
    const person = {
      firstName: 'Noor',
      lastName: 'Haddad',
      email: '',
      username: 'nhaddad',
      organization: '',
      workgroup: '',
    }
    const check = await (await helpdesk.post('/helpdesk/people/new', { ...person, ...work })).text()
    assert.doesNotMatch(check, /Create and email a link/)
    const made = await helpdesk.post('/helpdesk/people/new/create', { ...person, ...work, how: 'mail' })
    assert.match(await made.text(), /Temporary password:/)
    const account = await desk.store.read
      .selectFrom('account')
      .selectAll()
      .where('username', '=', 'nhaddad')
      .executeTakeFirstOrThrow()
    assert.deepEqual(workOf(account), work)
    const second = await desk.add({ username: 'second', email: '' })
    const page = await (await helpdesk.get(`/helpdesk/people/${second}`)).text()
    assert.doesNotMatch(page, /Email a link/)
    assert.match(page, /Nothing can be emailed/)
    const asked = await helpdesk.post(`/helpdesk/people/${second}/mail-link`, {
      ...said,
      identified: 'in-person',
    })
    assert.equal(asked.status, 422)
    assert.match(await asked.text(), /has no email address/)
    const sheets = await helpdesk.post('/helpdesk/sheets', {
      person: `${second}:1`,
      reason: 'New.',
      identified: 'in-person',
      how: 'mail',
    })
    assert.match(await sheets.text(), /Nothing was done for 1 person/)
    assert.deepEqual(await desk.store.read.selectFrom('mail').select('id').execute(), [])
    assert.match(
      await (await (await desk.signIn(second)).get('/')).text(),
      /Your account has no email address/,
    )
  },
)
