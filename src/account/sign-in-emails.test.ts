import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../test/support/people/desk.ts'
import { readPolicy, readPolicyState } from '../policy/policy.ts'
import { createClaimantReader } from '../sign-in/store.ts'
import { readSharers } from './sign-in-emails.ts'

const reason = 'Decided by the steering committee.'

async function turn(desk: Desk, value: 'on' | 'off'): Promise<Response> {
  const { version } = await readPolicyState(desk.store)
  const fields = { version: String(version), value, reason, step: 'sure' }
  return desk.callers.administrator.post('/helpdesk/policy/emailSignIn', fields)
}

const findsOf = (desk: Desk) => {
  const find = createClaimantReader(desk.store)
  return async (entry: string) => (await find(entry, 'nobody', desk.clock.now())).account?.account_id
}

/** People of the desk with addresses of their own. */
async function openApart(opened: Parameters<typeof openDesk>[0]): Promise<Desk> {
  const desk = await openDesk(opened)
  const rows = await desk.store.read.selectFrom('account').select(['id', 'username_key']).execute()
  for (const { id, username_key } of rows) {
    const email = `${username_key}@example.org`
    await desk.store.writeOne(db =>
      db.updateTable('account').set({ email, email_key: email }).where('id', '=', id).execute(),
    )
  }
  return desk
}

eachEngine('an address serves at sign-in beside the username only while policy says so', async open => {
  const desk = await openApart(await open())
  const find = findsOf(desk)
  const id = await desk.add({ username: 'noor', email: 'Noor@Example.org' })
  assert.equal(await find('noor@example.org'), undefined)
  assert.equal((await turn(desk, 'on')).status, 303)
  assert.deepEqual([await find('noor@example.org'), await find('noor')], [id, id])
  const late = await desk.add({ username: 'late', email: 'late@example.org' })
  const none = await desk.add({ username: 'none', email: '' })
  await desk.add({ username: 'none2', email: '' })
  assert.deepEqual(
    [await find('late@example.org'), await find('none'), await find('')],
    [late, none, undefined],
  )
  assert.equal((await turn(desk, 'off')).status, 303)
  assert.deepEqual([await find('noor@example.org'), await find('noor')], [undefined, id])
})

eachEngine('while people share an address it is not turned on, and they are listed', async open => {
  const desk = await openApart(await open())
  const one = await desk.add({ username: 'one', email: 'desk@example.org' })
  const two = await desk.add({ username: 'two', email: 'DESK@example.org' })
  await desk.add({ username: 'three', email: '' })
  await desk.add({ username: 'four', email: '' })
  const refused = await turn(desk, 'on')
  assert.equal(refused.status, 422)
  const page = await refused.text()
  for (const id of [one, two]) assert.ok(page.includes(`/helpdesk/people/${id}`))
  assert.deepEqual(
    (await readSharers(desk.store.read)).map(({ id }) => id),
    [one, two].sort(),
  )
  assert.equal((await readPolicy(desk.store)).emailSignIn, false)
  assert.equal(await findsOf(desk)('desk@example.org'), undefined)
})

eachEngine('no second account gets an address that serves: created, changed or imported', async open => {
  const desk = await openApart(await open())
  const taken = await desk.add({ username: 'noor', email: 'noor@example.org' })
  assert.equal((await turn(desk, 'on')).status, 303)
  const { helpdesk, scoped } = desk.callers
  const person = { firstName: 'Nora', lastName: 'Hall', username: 'nhall', email: 'NOOR@example.org' }
  const made = await helpdesk.post('/helpdesk/people/new/create', {
    ...person,
    organization: '',
    workgroup: '',
  })
  assert.equal(made.status, 422)
  assert.match(await made.text(), /Another account has this email address/)
  const edit = { reason: 'Asked.', identified: 'in-person', version: '1', firstName: 'A', lastName: 'B' }
  const path = `/helpdesk/people/${desk.inside}/details`
  const changed = await helpdesk.post(path, { ...edit, email: 'noor@example.org' })
  assert.equal(changed.status, 422)
  const file = 'Last name,Email,Organizations\nHall,noor@example.org,Lakeside Night Shelter\n'
  const checked = await scoped.upload('/helpdesk/import', 'people.csv', file)
  const report = await (await scoped.get(checked.headers.get('location') ?? '')).text()
  assert.match(report, /Somebody with this email|already has an account|email address has an account/i)
  assert.equal((await helpdesk.post(path, { ...edit, email: 'new@example.org' })).status, 303)
  const find = findsOf(desk)
  assert.deepEqual([await find('new@example.org'), await find('noor@example.org')], [desk.inside, taken])
})

eachEngine(
  'of two new accounts with one address at the same moment, and the rule turned on between, one serves',
  async open => {
    const desk = await openApart(await open())
    const { helpdesk } = desk.callers
    const send = (username: string) =>
      helpdesk.post('/helpdesk/people/new/create', {
        ...{ firstName: 'Noor', lastName: username, username, email: 'noor@example.org' },
        ...{ organization: '', workgroup: '' },
      })
    const [on] = await Promise.all([turn(desk, 'on'), send('first'), send('second'), send('third')])
    const rows = await desk.store.read
      .selectFrom('account')
      .select('sign_in_email_key')
      .where('email_key', '=', 'noor@example.org')
      .execute()
    const serving = rows.filter(({ sign_in_email_key }) => sign_in_email_key !== null)
    assert.equal(serving.length, on.status === 303 ? 1 : 0)
    assert.ok(on.status === 303 ? rows.length === 1 : rows.length > 1)
  },
)
