/** Who looked at whom: whatever the console shows of people is in the log before it is shown. */
import assert from 'node:assert/strict'
import { createUsers } from '../../src/account/store.ts'
import { newId } from '../../src/store/ids.ts'
import { eachEngine } from '../support/database/store.ts'
import { type Caller, type Desk, openDesk } from '../support/people/desk.ts'
import { addressOf, makeWorld } from './every-form.ts'

const planted = 'Quillfeather'

interface Noted {
  readonly subject: string | null
  readonly args: { readonly what: string; readonly filter?: object; readonly subjects?: readonly string[] }
}

async function noted({ store }: Desk, by: Caller): Promise<readonly Noted[]> {
  const rows = await store.read
    .selectFrom('audit_record')
    .select(['subject', 'args'])
    .where('event', '=', 'sensitive_read')
    .where('actor', '=', by.id)
    .orderBy('at')
    .execute()
  return rows.map(({ subject, args }) => ({ subject, args: JSON.parse(args) }))
}

/** Somebody in every list: new, with accepted terms, in the log. */
async function plant({ store, clock, add, ownOrganization }: Desk): Promise<string> {
  const id = await add({ username: 'quill', lastName: planted, organizationIds: [ownOrganization] })
  const now = clock.now()
  await store.writeOne(db =>
    db
      .insertInto('incident')
      .values({ id: newId(now), account_id: id, kind: 'not-me', opened_at: 1 })
      .execute(),
  )
  return id
}

eachEngine('no page of the console shows a person before the log says who looked at it', async open => {
  const desk = await openDesk(await open())
  const person = await plant(desk)
  const shown: string[] = []
  for (const { method, path } of desk.routes) {
    if (method !== 'GET' || !path.startsWith('/helpdesk')) continue
    const world = { ...(await makeWorld(desk, path)), person }
    const agent = await desk.signIn(
      await desk.add({ username: `a${shown.length}${newId(1).slice(-6)}`, role: 'administrator' }),
    )
    const page = await (await agent.get(addressOf(path, world))).text()
    if (!page.includes(planted)) continue
    shown.push(path)
    const records = await noted(desk, agent)
    assert.equal(records.length, 1, `${path}: one record for the page`)
    if (path.includes('people/:id')) assert.equal(records[0]?.subject, person, path)
  }
  assert.ok(shown.length > 15, shown.join())
})

eachEngine(
  'a list is noted with what it was asked for by, in one record; suggestions are not',
  async open => {
    const desk = await openDesk(await open())
    const { administrator, helpdesk } = desk.callers
    await administrator.get('/helpdesk/people?q=harbor&state=active&role=')
    desk.clock.advance(1)
    await administrator.get('/helpdesk')
    assert.deepEqual(await noted(desk, administrator), [
      { subject: null, args: { what: 'people', filter: { q: 'harbor', state: 'active' } } },
      { subject: null, args: { what: 'queues' } },
    ])
    const alike = { firstName: 'Ines', lastName: 'Person', email: 'ines@example.org', username: '' }
    const answer = await helpdesk.post('/helpdesk/people/new', { ...alike, organization: '', workgroup: '' })
    assert.equal(answer.status, 200)
    assert.deepEqual(await noted(desk, helpdesk), [])
  },
)

eachEngine('an export names everyone who is in it, a part at a time', async open => {
  const desk = await openDesk(await open())
  const { administrator, scoped } = desk.callers
  const many = Array.from({ length: 1_200 }, (_, n) => ({
    ...{ username: `p${n}`, firstName: 'Pat', lastName: `Lee${n}`, email: '' },
    ...{ organizationIds: [], workgroupIds: [] },
  }))
  await desk.store.write(tx => createUsers(tx, many, desk.clock.now()))
  const ids = (await desk.store.read.selectFrom('account').select('id').execute()).map(({ id }) => id)
  await (await administrator.post('/helpdesk/reports/people', { reason: 'Board.', form: 'csv' })).text()
  const parts = (await noted(desk, administrator)).flatMap(({ args }) =>
    args.subjects ? [args.subjects] : [],
  )
  assert.equal(parts.length, 3)
  assert.deepEqual(parts.flat().toSorted(), ids.toSorted())
  await (await scoped.post('/helpdesk/reports/people', { reason: 'Board.', form: 'csv' })).text()
  const own = (await noted(desk, scoped)).flatMap(({ args }) => args.subjects ?? [])
  assert.deepEqual(own, [desk.inside])
})
