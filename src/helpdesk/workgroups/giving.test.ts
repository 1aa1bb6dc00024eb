import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../../test/support/people/desk.ts'

const base = '/helpdesk/workgroups'

type Fields = readonly (readonly [string, string])[]

async function create({ callers }: Desk, fields: Fields): Promise<string> {
  const made = await callers.administrator.postAll(`${base}/new`, [['name', 'Night desk'], ...fields])
  assert.equal(made.status, 303)
  return (made.headers.get('location') ?? '').slice(base.length + 1)
}

const versionIn = (page: string) => /name="version" value="(\d+)"/.exec(page)?.[1] ?? ''

eachEngine('an administrator says who may give a workgroup, and the log keeps it', async open => {
  const desk = await openDesk(await open())
  const { administrator, helpdesk } = desk.callers
  const id = await create(desk, [['givenBy', 'helpdesk']])
  const address = `${base}/${id}`
  assert.match(await (await helpdesk.get(address)).text(), /The helpdesk and administrators/)
  const form = await (await administrator.get(`${address}/edit`)).text()
  assert.match(form, /value="helpdesk" checked/)
  const edit = (caller: typeof helpdesk) =>
    caller.postAll(`${address}/edit`, [
      ['name', 'Night desk'],
      ['version', versionIn(form)],
      ['givenBy', 'administrators'],
    ])
  assert.equal((await edit(helpdesk)).status, 403)
  assert.equal((await edit(administrator)).status, 303)
  const page = await (await administrator.get(address)).text()
  assert.match(page, /Administrators only/)
  assert.match(page, /Now given by administrators only/)
})

const give = (caller: Desk['callers']['user'], id: string, version: string, fields: Fields) =>
  caller.postAll(`/helpdesk/people/${id}/access`, [
    ['reason', 'New duties.'],
    ['version', version],
    ...fields,
  ])

eachEngine('a workgroup for some organizations is given by who looks after all of these', async open => {
  const desk = await openDesk(await open())
  const { scoped, helpdesk } = desk.callers
  const own = ['organization', desk.ownOrganization] as const
  const both = await create(desk, [
    ['givenBy', 'helpdesk'],
    ['tiedTo', desk.ownOrganization],
    ['tiedTo', desk.otherOrganization],
  ])
  assert.equal((await give(scoped, desk.inside, '1', [own, ['workgroup', both]])).status, 422)
  assert.doesNotMatch(await (await scoped.get('/helpdesk/create')).text(), /Night desk/)
  assert.equal((await give(helpdesk, desk.inside, '1', [own, ['workgroup', both]])).status, 303)
  assert.equal((await give(scoped, desk.inside, '2', [own])).status, 303)
  const kept = await desk.store.read.selectFrom('account_workgroup').select('workgroup_id').execute()
  assert.deepEqual(
    kept.map(({ workgroup_id }) => workgroup_id),
    [both],
    'nor does the scoped agent take it',
  )
})

eachEngine(
  'in a workgroup for one organization nobody works elsewhere, whether it was chosen or tied since',
  async open => {
    const desk = await openDesk(await open())
    const { administrator } = desk.callers
    const elsewhere = await desk.add({
      username: 'both',
      organizationIds: [desk.ownOrganization, desk.otherOrganization],
    })
    const id = await create(desk, [['givenBy', 'helpdesk']])
    await desk.store.writeOne(db =>
      db.insertInto('account_workgroup').values({ account_id: elsewhere, workgroup_id: id }).execute(),
    )
    const who = await desk.signIn(elsewhere)
    const choose = (organization: string, workgroup = '') =>
      who.post('/settings/choose', { organization, workgroup })
    const home = async () => (await who.get('/')).text()
    assert.equal((await choose(desk.otherOrganization)).status, 303)
    assert.match(await home(), /Night desk/)
    const form = await (await administrator.get(`${base}/${id}/edit`)).text()
    const tied = await administrator.postAll(`${base}/${id}/edit`, [
      ['name', 'Night desk'],
      ['version', versionIn(form)],
      ['givenBy', 'helpdesk'],
      ['tiedTo', desk.ownOrganization],
    ])
    assert.equal(tied.status, 303)
    assert.doesNotMatch((await home()).replace(/<form.*?<\/form>/gs, ''), /Night desk/)
    assert.equal((await choose(desk.otherOrganization, id)).status, 422)
    assert.match(
      await (await who.get('/settings/choose')).text(),
      /Night desk \(only Lakeside Night Shelter\)/,
    )
    assert.equal((await choose(desk.ownOrganization, id)).status, 303)
    assert.match((await home()).replace(/<form.*?<\/form>/gs, ''), /Night desk/)
  },
)
