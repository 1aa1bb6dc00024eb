import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../test/support/people/desk.ts'
import { trustClock } from '../../test/support/people/lifecycle.ts'
import { runLifecycle } from '../jobs/lifecycle.ts'
import { readPolicy } from '../policy/policy.ts'
import { createWorkgroup } from '../workspace/store.ts'
import { leaveOrganization } from './leave.ts'

const day = 24 * 3_600_000
const said = { reason: 'Told by the agency.' }
const today = '2026-01-15'

const rowOf = ({ store }: Desk, id: string) =>
  store.read.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

async function activeIn({ store }: Desk, id: string): Promise<readonly string[]> {
  const rows = await store.read
    .selectFrom('account_organization')
    .select('organization_id')
    .where('account_id', '=', id)
    .where('is_active', '=', 1)
    .execute()
  return rows.map(({ organization_id }) => organization_id)
}

const inBoth = (desk: Desk) =>
  desk.add({ username: 'both', organizationIds: [desk.ownOrganization, desk.otherOrganization] })

const postTo =
  (desk: Desk, who: 'scoped' | 'helpdesk', id: string) =>
  async (verb: string, fields: Readonly<Record<string, string>>) =>
    desk.callers[who].post(`/helpdesk/people/${id}/${verb}`, {
      ...said,
      version: String((await rowOf(desk, id)).version),
      ...fields,
    })

eachEngine(
  'an agent with a limit says that somebody left, also of the only organization that they see',
  async open => {
    const desk = await openDesk(await open())
    const both = await inBoth(desk)
    const post = postTo(desk, 'scoped', both)
    const left = { left: desk.ownOrganization, lastDay: today }
    for (const wrong of [
      { ...left, left: desk.otherOrganization },
      { ...left, left: '' },
      { ...left, lastDay: '2026-02-30' },
      { ...left, lastDay: '2029-01-01' },
    ])
      assert.equal((await post('left', wrong)).status, 422, JSON.stringify(wrong))
    for (const movedTo of [desk.otherOrganization, desk.ownOrganization, ''])
      assert.equal((await post('moved', { ...left, movedTo })).status, 422, movedTo)
    const done = await post('left', left)
    assert.equal(done.headers.get('location'), '/helpdesk/people', 'they are out of reach')
    assert.equal((await desk.callers.scoped.get(`/helpdesk/people/${both}`)).status, 404)
    assert.deepEqual(await activeIn(desk, both), [desk.otherOrganization])
    assert.equal((await rowOf(desk, both)).deactivated_at, null, 'they work elsewhere')
    const record = (await desk.events()).findLast(({ event }) => event === 'privilege_permissions_changed')
    assert.match(record?.args ?? '', /"leftOn":"2026-01-15"/)
    assert.match(record?.args ?? '', /"name":"Lakeside Night Shelter","before":\{"active":1/)

    const last = await postTo(desk, 'scoped', desk.inside)('left', left)
    assert.equal(last.headers.get('location'), '/helpdesk/people', 'the answer is the same')
    assert.notEqual((await rowOf(desk, desk.inside)).deactivated_at, null, 'it was the last')
    const ended = (await desk.events()).filter(({ event }) => event === 'user_archived')
    assert.deepEqual(
      ended.map(({ subject }) => subject),
      [desk.inside],
    )
    const mails = await desk.store.read.selectFrom('mail').select(['account_id', 'kind']).execute()
    assert.deepEqual(
      new Set(mails.map(mail => `${mail.account_id} ${mail.kind}`)),
      new Set([`${both} left`, `${desk.inside} left`]),
    )
  },
)

eachEngine('who moves keeps what they could do, their primary place and their workgroups', async open => {
  const desk = await openDesk(await open())
  const { store, clock } = desk
  const [kept = '', given = ''] = await store.write(async tx => [
    await createWorkgroup(tx, { name: 'Kept', allows: '' }, clock.now()),
    await createWorkgroup(tx, { name: 'Given', allows: '' }, clock.now()),
  ])
  const id = await desk.add({
    username: 'moves',
    organizationIds: [desk.ownOrganization],
    workgroupIds: [kept],
  })
  await store.writeOne(db =>
    db
      .updateTable('account_organization')
      .set({ may_edit: 0, is_primary: 1 })
      .where('account_id', '=', id)
      .execute(),
  )
  const move = {
    left: desk.ownOrganization,
    movedTo: desk.otherOrganization,
    lastDay: today,
    workgroup: given,
  }
  const answer = await postTo(desk, 'helpdesk', id)('moved', move)
  assert.equal(answer.headers.get('location'), `/helpdesk/people/${id}`)
  const rows = await store.read
    .selectFrom('account_organization')
    .select(['organization_id', 'is_active', 'may_edit', 'is_primary'])
    .where('account_id', '=', id)
    .orderBy('is_active')
    .execute()
  assert.deepEqual(
    rows.map(row => ({ ...row })),
    [
      { organization_id: desk.ownOrganization, is_active: 0, may_edit: 0, is_primary: 0 },
      { organization_id: desk.otherOrganization, is_active: 1, may_edit: 0, is_primary: 1 },
    ],
  )
  const groups = await store.read
    .selectFrom('account_workgroup')
    .select('workgroup_id')
    .where('account_id', '=', id)
    .execute()
  assert.deepEqual(new Set(groups.map(({ workgroup_id }) => workgroup_id)), new Set([kept, given]))
  assert.equal((await rowOf(desk, id)).deactivated_at, null)
  assert.equal((await postTo(desk, 'helpdesk', id)('moved', move)).status, 422, 'not twice')
})

eachEngine('a last day ahead is carried out when it is over, once, unless it is canceled', async open => {
  const desk = await openDesk(await open())
  const { services, clock } = desk
  const both = await inBoth(desk)
  const plan = { left: desk.ownOrganization, lastDay: '2026-01-20' }
  const post = postTo(desk, 'scoped', both)
  assert.equal((await post('left', plan)).status, 303)
  assert.match(
    await (await desk.callers.scoped.get(`/helpdesk/people/${both}`)).text(),
    /2026-01-20 in Lakeside/,
  )
  assert.equal((await post('left', { ...plan, lastDay: '2026-01-18' })).status, 303, 'another day')
  assert.equal((await post('stays', {})).status, 303)
  assert.equal((await post('stays', {})).status, 422)
  const later = { left: desk.ownOrganization, movedTo: desk.otherOrganization, lastDay: '2026-01-30' }
  const planned = await postTo(desk, 'helpdesk', desk.inside)('moved', later)
  assert.equal(planned.headers.get('location'), `/helpdesk/people/${desk.inside}`)

  await runLifecycle(services, clock.now())
  clock.advance(10 * day)
  await trustClock(desk)
  await runLifecycle(services, clock.now())
  assert.equal((await activeIn(desk, both)).length, 2, 'canceled')
  assert.deepEqual(await activeIn(desk, desk.inside), [desk.ownOrganization], 'not before')
  clock.advance(10 * day)
  await trustClock(desk)
  await Promise.all([runLifecycle(services, clock.now()), runLifecycle(services, clock.now())])
  assert.deepEqual(await activeIn(desk, desk.inside), [desk.otherOrganization])
  const moved = (await desk.events()).filter(({ args }) => args.includes('"leftOn":"2026-01-30"'))
  assert.equal(moved.length, 1)
  assert.match(moved[0]?.args ?? '', /Told by the agency/)
})

eachEngine('of two organizations left at one moment one is the last, and ends the account', async open => {
  const desk = await openDesk(await open())
  const both = await inBoth(desk)
  const policy = await readPolicy(desk.store)
  const agent = { actor: 'operator:test', role: 'administrator' } as const
  const act = { agent, subjectId: both, reason: '', now: desk.clock.now() }
  const outcomes = await Promise.all(
    [desk.ownOrganization, desk.otherOrganization].map(organizationId =>
      desk.store.write(tx =>
        leaveOrganization(
          desk.services,
          tx,
          act,
          { organizationId, lastDay: today, movedTo: undefined },
          policy,
        ),
      ),
    ),
  )
  assert.deepEqual(
    new Set(outcomes.map(outcome => outcome.ok && outcome.value)),
    new Set(['ended', 'ended-account']),
  )
})
