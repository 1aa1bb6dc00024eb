import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Caller, openDesk } from '../../../test/support/people/desk.ts'

const list = [
  'Login;Who;Mail;State',
  'ines;Ines Lee;maria@example.org;Active',
  'otto;Otto Moved;otto@else.example;Active',
  'ghost;Gia Ghost;ghost@else.example;Active',
].join('\n')

const columns = { username: 'Login', name: 'Who', email: 'Mail', status: 'State' }

const textOf = async (answer: Response | Promise<Response>) => (await answer).text()
const listOn = async (who: Caller) =>
  /name="list" value="([^"]+)"/.exec(await textOf(who.get('/helpdesk/compare/columns')))?.[1] ?? ''

async function give(who: Caller, text: string, name = ''): Promise<void> {
  const answer = await who.upload('/helpdesk/compare', 'vendor.csv', text)
  assert.equal(answer.headers.get('location'), '/helpdesk/compare/columns')
  const mapped = await who.post('/helpdesk/compare/columns', {
    list: await listOn(who),
    ...columns,
    remember: name,
  })
  assert.equal(mapped.headers.get('location'), '/helpdesk/compare')
}

const rowsOf = async (who: Caller) =>
  (await textOf(who.get('/helpdesk/compare/list.csv')))
    .trim()
    .split('\r\n')
    .slice(1)
    .map(line => {
      const [kind, , , theirs, , , ours] = line.split(',')
      return `${kind} ${theirs || ours}`
    })

eachEngine('a list is mapped once, compared as things are now, and stays until the next', async open => {
  const desk = await openDesk(await open())
  const { administrator } = desk.callers
  const before = await desk.store.read.selectFrom('account').selectAll().orderBy('id').execute()
  await give(administrator, list, 'The other system')
  const page = await textOf(administrator.get('/helpdesk/compare'))
  assert.match(page, /Gia Ghost/)
  assert.match(page, /Active there, unknown here \(1\)/)
  const found = await rowsOf(administrator)
  assert.ok(found.includes('unknown ghost') && found.includes('differs otto'))
  assert.ok(found.includes('missing chief') && !found.some(row => row.endsWith(' ines')))
  assert.deepEqual(
    await desk.store.read.selectFrom('account').selectAll().orderBy('id').execute(),
    before,
    'nothing is changed by it',
  )
  const [{ version } = { version: 0 }] = before.filter(({ id }) => id === desk.inside)
  const said = { reason: 'Left.', version: String(version) }
  assert.equal((await administrator.post(`/helpdesk/people/${desk.inside}/deactivate`, said)).status, 303)
  assert.ok((await rowsOf(administrator)).includes('left ines'), 'the queue knows what happened since')
  const again = await administrator.upload('/helpdesk/compare', 'next.csv', list.replace('ghost;', 'spook;'))
  assert.equal(again.headers.get('location'), '/helpdesk/compare', 'the columns are known')
  assert.ok((await rowsOf(administrator)).includes('unknown spook'))
  const kept = await desk.store.read.selectFrom('vendor_list').selectAll().execute()
  assert.equal(kept.length, 1)
  assert.doesNotMatch(JSON.stringify(kept), /Ghost|example/)
  const reads = (await desk.events()).filter(({ args }) => args.includes('"comparison"'))
  assert.equal(reads.length, 4)
})

eachEngine('an agent with a limit compares with whom they see, and with nobody else', async open => {
  const desk = await openDesk(await open())
  const { scoped, helpdesk } = desk.callers
  await give(scoped, list)
  const compared = await rowsOf(scoped)
  assert.ok(compared.includes('unknown otto'), 'who lies outside is not there')
  assert.ok(!compared.some(row => row.startsWith('differs')))
  assert.doesNotMatch(await textOf(scoped.get('/helpdesk/compare/list.csv')), /Harbor|Otto Lee/)
  const person = await desk.store.read
    .selectFrom('account')
    .select('id')
    .where('id', '=', desk.outside)
    .executeTakeFirstOrThrow()
  assert.doesNotMatch(await textOf(scoped.get('/helpdesk/compare')), new RegExp(person.id))
  await desk.store.writeOne(db =>
    db
      .insertInto('account_organization')
      .values({
        ...{ account_id: desk.outside, organization_id: desk.ownOrganization },
        ...{ is_active: 1, may_sign_in: 1, may_edit: 1 },
      })
      .execute(),
  )
  assert.ok((await rowsOf(scoped)).includes('differs otto'), 'a new limit holds at once')
  assert.match(await textOf(helpdesk.get('/helpdesk/compare')), /Choose|File/)
  assert.doesNotMatch(
    await textOf(helpdesk.get('/helpdesk/compare')),
    /Gia Ghost/,
    'nor is the list of another',
  )
})

eachEngine('a list that is no table, and columns that tell nobody apart, are refused', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  const refused = await helpdesk.upload('/helpdesk/compare', 'x.bin', 'a\0b')
  assert.equal(refused.status, 422)
  assert.match(await refused.text(), /not a table saved as text/)
  assert.equal((await helpdesk.post('/helpdesk/compare/columns', { list: 'none', ...columns })).status, 200)
  await helpdesk.upload('/helpdesk/compare', 'vendor.csv', list)
  const first = await listOn(helpdesk)
  const few = await helpdesk.post('/helpdesk/compare/columns', {
    list: first,
    status: 'State',
    email: 'Nope',
  })
  assert.equal(few.status, 422)
  desk.clock.advance(1_000)
  await helpdesk.upload('/helpdesk/compare', 'next.csv', list)
  const late = await helpdesk.post('/helpdesk/compare/columns', { list: first, ...columns })
  assert.equal(late.status, 422)
  assert.match(await late.text(), /Another list was uploaded since/)
})

eachEngine('a list and remembered columns are removed by whom they are of, and nobody else’s', async open => {
  const desk = await openDesk(await open())
  const { administrator, helpdesk } = desk.callers
  const address = '/helpdesk/compare/remove'
  const valuesOn = async (who: Caller) =>
    [...(await textOf(who.get(address))).matchAll(/name="what" value="([^"]+)"/g)].map(
      ([, value = '']) => value,
    )
  for (const who of [administrator, helpdesk]) await give(who, list, 'The other system')
  const [kept = '', columnsKept = ''] = await valuesOn(administrator)
  assert.equal(columnsKept, 'columns compare The other system')
  assert.equal((await administrator.post(address)).status, 422)
  assert.equal((await helpdesk.post(address, { what: kept })).status, 303, 'it is not theirs')
  assert.equal((await valuesOn(administrator)).length, 2)
  assert.equal((await administrator.post(address, { what: kept })).status, 303)
  assert.doesNotMatch(await textOf(administrator.get('/helpdesk/compare')), /Gia Ghost/)
  assert.equal((await administrator.post(address, { what: columnsKept })).status, 303)
  assert.match(await textOf(administrator.get(address)), /Nothing is kept\./)
  assert.equal((await valuesOn(helpdesk)).length, 2)
})
