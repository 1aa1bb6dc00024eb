import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import type { Fields } from '../../test/support/http/client.ts'
import { type Desk, openDesk } from '../../test/support/people/desk.ts'
import { createWorkgroup } from '../workspace/store.ts'
import { createPerson } from './create.ts'

const said = { reason: 'Asked for it.', version: '1' }

async function flagsOf({ store }: Desk, id: string) {
  const rows = await store.read
    .selectFrom('account_organization')
    .select(['is_active', 'may_sign_in', 'may_edit'])
    .where('account_id', '=', id)
    .orderBy('organization_id')
    .execute()
  return rows.map(row => ({ ...row }))
}

eachEngine('what an organization allows someone is set, and only for what the page showed', async open => {
  const desk = await openDesk(await open())
  const path = `/helpdesk/people/${desk.inside}/access`
  const { helpdesk } = desk.callers
  const own = desk.ownOrganization
  const give = (version: string, fields: Fields) => {
    desk.clock.advance(1)
    return helpdesk.post(path, { ...said, version, ...fields })
  }
  const shown = { organization: own, flagsShown: own }
  assert.equal((await give('1', { ...shown, [`flags-${own}`]: 'edit' })).status, 303)
  assert.deepEqual(await flagsOf(desk, desk.inside), [{ is_active: 0, may_sign_in: 0, may_edit: 1 }])
  assert.equal((await give('2', { organization: own })).status, 303)
  assert.deepEqual(await flagsOf(desk, desk.inside), [{ is_active: 0, may_sign_in: 0, may_edit: 1 }])
  const other = desk.otherOrganization
  const foreign = { flagsShown: other, [`flags-${other}`]: 'active' }
  assert.equal((await give('3', { organization: own, ...foreign })).status, 303)
  assert.deepEqual(await flagsOf(desk, desk.inside), [{ is_active: 0, may_sign_in: 0, may_edit: 1 }])
  assert.equal(
    (await desk.callers.scoped.post(path, { ...said, version: '4', organization: own, ...foreign })).status,
    404,
  )
  assert.equal((await flagsOf(desk, desk.outside))[0]?.may_edit, 1)
  const records = await desk.events()
  const changes = records
    .filter(({ event }) => event === 'privilege_permissions_changed')
    .map(({ args }) => (JSON.parse(args) as { organizations: unknown }).organizations)
  const place = { id: own, name: 'Lakeside Night Shelter' }
  const all = { active: 1, signIn: 1, edit: 1 }
  assert.deepEqual(changes, [[{ ...place, before: all, after: { active: 0, signIn: 0, edit: 1 } }], [], []])
})

eachEngine('an agent with a limit sets no flags of an organization outside it', async open => {
  const desk = await openDesk(await open())
  const [own, other] = [desk.ownOrganization, desk.otherOrganization]
  const both = await desk.add({ username: 'both', organizationIds: [own, other] })
  const path = `/helpdesk/people/${both}/access`
  const answer = await desk.callers.scoped.post(path, { ...said, organization: own, flagsShown: other })
  assert.equal(answer.status, 303)
  assert.ok((await flagsOf(desk, both)).every(flags => flags.is_active === 1 && flags.may_edit === 1))
})

eachEngine('where someone may work follows flags and retirement at their next request', async open => {
  const desk = await openDesk(await open())
  const [own, other] = [desk.ownOrganization, desk.otherOrganization]
  const id = await desk.add({ username: 'both', organizationIds: [own, other] })
  const person = await desk.signIn(id)
  const isAsked = async () => (await person.get('/')).headers.get('location') === '/settings/choose'
  const home = async () => (await person.get('/')).text()
  const set = (columns: { is_active?: 0 | 1; may_sign_in?: 0 | 1 }) =>
    desk.store.writeOne(db =>
      db
        .updateTable('account_organization')
        .set(columns)
        .where('account_id', '=', id)
        .where('organization_id', '=', other)
        .execute(),
    )
  const retire = (retired_at: number | null) =>
    desk.store.writeOne(db =>
      db.updateTable('organization').set({ retired_at }).where('id', '=', other).execute(),
    )
  assert.ok(await isAsked(), 'two to choose from')
  await set({ is_active: 0 })
  assert.match(await home(), /Lakeside Night Shelter/)
  await set({ is_active: 1, may_sign_in: 0 })
  assert.match(await home(), /Lakeside Night Shelter/)
  await set({ may_sign_in: 1 })
  assert.ok(await isAsked())
  await retire(1)
  assert.match(await home(), /Lakeside Night Shelter/)
  await retire(null)
  assert.ok(await isAsked())
})

eachEngine(
  'an agent who is limited signs in again and sees nobody else, and everybody once it is lifted',
  async open => {
    const desk = await openDesk(await open())
    const { administrator, helpdesk } = desk.callers
    const path = `/helpdesk/people/${helpdesk.id}/scope`
    const sees = async (id: string) =>
      (await (await desk.signIn(helpdesk.id)).get(`/helpdesk/people/${id}`)).status === 200
    assert.ok(await sees(desk.outside))
    const limit = { ...said, limited: 'yes', limitTo: desk.ownOrganization }
    assert.equal((await administrator.post(path, limit)).status, 303)
    assert.equal((await helpdesk.get('/helpdesk')).status, 303, 'who was signed in signs in again')
    assert.deepEqual([await sees(desk.inside), await sees(desk.outside)], [true, false])
    assert.match(
      await (await administrator.get(`/helpdesk/people/${helpdesk.id}`)).text(),
      /Looks after people in/,
    )
    assert.equal((await administrator.post(path, limit)).status, 422, 'the page was older')
    desk.clock.advance(1)
    assert.equal((await administrator.post(path, { ...said, version: '2', limited: 'no' })).status, 303)
    assert.ok(await sees(desk.outside))
    const records = (await desk.events()).filter(({ event }) => event === 'privilege_permissions_changed')
    assert.deepEqual(
      records.map(({ args }) => (JSON.parse(args) as { limit: unknown }).limit),
      [[{ id: desk.ownOrganization, name: 'Lakeside Night Shelter' }], []],
    )
  },
)

eachEngine(
  'a limit is for helpdesk staff, names what there is, and is given by administrators only',
  async open => {
    const desk = await openDesk(await open())
    const { administrator, helpdesk, scoped } = desk.callers
    const limit = { ...said, limited: 'yes', limitTo: desk.ownOrganization }
    const post = (id: string, fields: Fields) => administrator.post(`/helpdesk/people/${id}/scope`, fields)
    const refused = async (id: string, fields: Fields, words: RegExp) => {
      const answer = await post(id, fields)
      assert.equal(answer.status, 422)
      assert.match(await answer.text(), words)
    }
    await refused(desk.inside, limit, /Only helpdesk staff can be limited/)
    await refused(helpdesk.id, { ...said, limited: 'yes' }, /Check the organizations/)
    await refused(helpdesk.id, said, /Check the organizations/)
    await refused(helpdesk.id, { ...limit, limitTo: helpdesk.id }, /There is no such organization/)
    for (const agent of [helpdesk, scoped])
      assert.equal((await agent.post(`/helpdesk/people/${agent.id}/scope`, limit)).status, 403)
    const rows = await desk.store.read.selectFrom('helpdesk_scope').select('account_id').execute()
    assert.deepEqual(
      rows.map(({ account_id }) => account_id),
      [scoped.id],
    )
  },
)

eachEngine('a limited agent is not told the limit of another', async open => {
  const desk = await openDesk(await open())
  const [own, other] = [desk.ownOrganization, desk.otherOrganization]
  const peer = await desk.add({ username: 'peer', role: 'helpdesk', organizationIds: [own] })
  const limit = { ...said, limited: 'yes', limitTo: other }
  assert.equal((await desk.callers.administrator.post(`/helpdesk/people/${peer}/scope`, limit)).status, 303)
  const page = async (who: 'scoped' | 'helpdesk') =>
    (await desk.callers[who].get(`/helpdesk/people/${peer}`)).text()
  assert.match(await page('helpdesk'), /Looks after people in[\s\S]*Harbor House Duluth/)
  assert.doesNotMatch(await page('scoped'), /Looks after people in|Harbor House Duluth/)
})

eachEngine(
  'who was limited and becomes helpdesk again is limited again, unless somebody says otherwise',
  async open => {
    const desk = await openDesk(await open())
    const { administrator, scoped } = desk.callers
    const path = `/helpdesk/people/${scoped.id}/role`
    const give = (version: string, fields: Fields) => {
      desk.clock.advance(1)
      return administrator.post(path, { ...said, version, ...fields })
    }
    const sees = async (id: string) =>
      (await (await desk.signIn(scoped.id)).get(`/helpdesk/people/${id}`)).status === 200
    assert.equal((await give('1', { role: 'user' })).status, 303)
    const silent = await give('2', { role: 'helpdesk' })
    assert.equal(silent.status, 422)
    assert.match(await silent.text(), /Check the organizations that they look after, or choose all people/)
    const form = await (await administrator.get(path)).text()
    assert.match(form, /name="limited"[^>]*value="yes"[^>]*checked/)
    assert.match(form, new RegExp(`name="limitTo"[^>]*value="${desk.ownOrganization}"[^>]*checked`))
    const limited = { role: 'helpdesk', limited: 'yes', limitTo: desk.ownOrganization }
    assert.equal((await give('2', limited)).status, 303)
    assert.deepEqual([await sees(desk.inside), await sees(desk.outside)], [true, false])
    assert.equal((await give('3', { role: 'administrator' })).status, 303)
    assert.ok(await sees(desk.outside))
    assert.equal((await give('4', { role: 'helpdesk', limited: 'no' })).status, 303)
    assert.ok(await sees(desk.outside))
    const limits = (await desk.events())
      .filter(({ event }) => event === 'privilege_permissions_changed')
      .map(({ args }) => (JSON.parse(args) as { limit?: unknown }).limit)
    const place = { id: desk.ownOrganization, name: 'Lakeside Night Shelter' }
    assert.deepEqual(limits, [undefined, [place], undefined, []])
  },
)

eachEngine('somebody whose membership is switched off is nobody for the agents of that place', async open => {
  const desk = await openDesk(await open())
  const { administrator, scoped } = desk.callers
  const [own, other] = [desk.ownOrganization, desk.otherOrganization]
  const page = `/helpdesk/people/${desk.inside}`
  const off = { organization: own, flagsShown: own }
  const refused = await scoped.post(`${page}/access`, { ...said, ...off })
  assert.equal(refused.status, 422)
  assert.match(await refused.text(), /Choose one of the organizations that you look after/)
  const moved = [
    ['reason', 'Moved.'],
    ['version', '1'],
    ['organization', own],
    ['organization', other],
    ['flagsShown', own],
  ] as const
  assert.equal((await administrator.postAll(`${page}/access`, moved)).status, 303)
  assert.equal((await scoped.get(page)).status, 404)
  const password = { ...said, version: '2', identified: 'call-back' }
  assert.equal((await scoped.post(`${page}/temporary-password`, password)).status, 404)
  for (const list of ['/helpdesk/people', '/helpdesk/people?q=ines', '/helpdesk/sheets'])
    assert.doesNotMatch(await (await scoped.get(list)).text(), /Ines/, list)
})

eachEngine(
  'a workgroup that only administrators give is neither given nor taken by the helpdesk, and the rest of the form holds',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk, administrator } = desk.callers
    const [guarded, open_] = await desk.store.write(async tx => [
      await createWorkgroup(
        tx,
        { name: 'System Administrators', allows: '', givenBy: 'administrators' },
        desk.clock.now(),
      ),
      await createWorkgroup(tx, { name: 'HMIS Users', allows: '' }, desk.clock.now()),
    ])
    const path = `/helpdesk/people/${desk.inside}/access`
    const give = (who: typeof helpdesk, version: string, ...workgroups: readonly string[]) =>
      who.postAll(path, [
        ['reason', 'New duties.'],
        ['version', version],
        ['organization', desk.ownOrganization],
        ...workgroups.map(id => ['workgroup', id] as const),
      ])
    const groups = async (id: string) =>
      (
        await desk.store.read
          .selectFrom('account_workgroup')
          .select('workgroup_id')
          .where('account_id', '=', id)
          .orderBy('workgroup_id')
          .execute()
      ).map(({ workgroup_id }) => workgroup_id)
    assert.equal((await give(helpdesk, '1', guarded)).status, 422)
    assert.deepEqual(await groups(desk.inside), [])
    assert.equal((await give(administrator, '1', guarded)).status, 303)
    assert.equal((await give(helpdesk, '2', open_)).status, 303)
    assert.deepEqual(await groups(desk.inside), [guarded, open_].toSorted())
    assert.doesNotMatch(await (await helpdesk.get(path)).text(), /System Administrators/)
    const created = await desk.store.write(tx =>
      createPerson(
        desk.services,
        tx,
        { agent: { actor: helpdesk.id, role: 'helpdesk' }, reason: '', now: desk.clock.now() },
        {
          username: 'upward',
          firstName: 'Up',
          lastName: 'Ward',
          email: 'up@example.org',
          role: 'user',
          organizationIds: [],
          workgroupIds: [guarded],
        },
      ),
    )
    assert.equal(created.ok, false)
  },
)
