import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Caller, type Desk, openDesk } from '../../../test/support/people/desk.ts'

const said = { reason: 'The winter shelter closed.', lastDay: '2026-01-15' }

/** Selects people and says what is to be done. @returns the address of the selection. */
async function choose(
  agent: Caller,
  people: readonly string[],
  verb: string,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await agent.postAll('/helpdesk/many', [
    ['which', 'checked'],
    ...people.map(id => ['person', id] as const),
  ])
  const at = answer.headers.get('location') ?? ''
  assert.match(at, /^\/helpdesk\/many\/[0-9a-f-]{36}$/)
  const entered = await agent.post(`${at}/${verb}`, { ...said, ...fields })
  assert.equal(entered.headers.get('location'), `${at}/check`, await entered.text())
  return at
}

const seenOn = (page: string): string => page.match(/name="seen" value="([0-9a-f]{64})"/)?.[1] ?? ''

const offOf = async ({ store }: Desk): Promise<readonly string[]> =>
  (await store.read.selectFrom('account').select('id').where('deactivated_at', 'is not', null).execute()).map(
    ({ id }) => id,
  )

eachEngine(
  'a limited agent does it to some, sees for whom it is not theirs, and does it once',
  async open => {
    const desk = await openDesk(await open())
    const { scoped, administrator } = desk.callers
    const { inside, outside, ownOrganization, otherOrganization } = desk
    const both = await desk.add({
      username: 'both',
      firstName: 'Bo',
      organizationIds: [ownOrganization, otherOrganization],
    })
    const at = await choose(scoped, [inside, both, outside], 'deactivate', {})
    const preview = await (await scoped.get(`${at}/check`)).text()
    assert.match(preview, /It is done to 1 person at once/)
    assert.match(preview, /Only an agent who looks after every organization/)
    assert.doesNotMatch(preview, /Otto|Harbor House/, 'who is not theirs is not there')
    const seen = seenOn(preview)
    const [one, two] = [
      await scoped.post(`${at}/check`, { seen }),
      await scoped.post(`${at}/check`, { seen }),
    ]
    assert.deepEqual([one.headers.get('location'), two.headers.get('location')], [at, at])
    assert.deepEqual(await offOf(desk), [inside])
    assert.match(await (await scoped.get(at)).text(), /Done\. Deactivate: 1 person\./)
    assert.equal((await administrator.get(at)).status, 404, 'a selection is the agent’s own')
    assert.equal((await administrator.post(`${at}/check`, { seen })).status, 404)
  },
)

eachEngine('what another agent changed meanwhile stops it, and the preview is shown anew', async open => {
  const desk = await openDesk(await open())
  const { scoped, helpdesk } = desk.callers
  const { inside, ownOrganization } = desk
  const next = await desk.add({ username: 'next', firstName: 'Nora', organizationIds: [ownOrganization] })
  const at = await choose(scoped, [inside, next], 'left', { left: ownOrganization })
  const before = await (await scoped.get(`${at}/check`)).text()
  assert.match(before, /the account is deactivated then/)
  assert.equal(
    (await helpdesk.post(`/helpdesk/people/${next}/deactivate`, { reason: 'Asked.', version: '1' })).status,
    303,
  )
  const refused = await scoped.post(`${at}/check`, { seen: seenOn(before) })
  assert.equal(refused.status, 422)
  const anew = await refused.text()
  assert.match(anew, /Nothing was done\. Somebody changed one of these people/)
  assert.deepEqual(await offOf(desk), [next], 'nothing was done')
  assert.equal((await scoped.post(`${at}/check`, { seen: 'forged' })).status, 422)
  assert.equal((await scoped.post(`${at}/check`, { seen: seenOn(anew) })).status, 303)
  assert.deepEqual(new Set(await offOf(desk)), new Set([inside, next]))
})

eachEngine('all on a page, or all that match up to a number, and nobody is told so', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  const { ownOrganization } = desk
  for (let n = 0; n < 30; n++)
    await desk.add({ username: `p${n}`, lastName: `Person${n}`, organizationIds: [ownOrganization] })
  const list = await (await helpdesk.get(`/helpdesk/people?organization=${ownOrganization}`)).text()
  assert.match(list, /Continue with all 31 that match/)
  const pick = async (fields: Readonly<Record<string, string>>) =>
    (await helpdesk.post('/helpdesk/many', fields)).headers.get('location') ?? ''
  const selected = async (at: string) => (await helpdesk.get(at)).text()
  assert.match(
    await selected(await pick({ which: 'page', organization: ownOrganization })),
    /25 people selected/,
  )
  assert.match(
    await selected(await pick({ which: 'all', organization: ownOrganization })),
    /31 people selected/,
  )
  assert.equal(await pick({ which: 'checked' }), '/helpdesk/people')
  assert.match(await selected('/helpdesk/people'), /Nobody was selected/)
  for (let n = 0; n < 180; n++)
    await desk.add({ username: `q${n}`, lastName: `Person${n}`, organizationIds: [ownOrganization] })
  assert.equal(
    await pick({ which: 'all', organization: ownOrganization }),
    `/helpdesk/people?organization=${ownOrganization}`,
  )
  assert.match(await selected('/helpdesk/people'), /more than 200 people/)
})

eachEngine('what is entered for all is checked before the preview', async open => {
  const desk = await openDesk(await open())
  const { scoped } = desk.callers
  const { inside, ownOrganization, otherOrganization } = desk
  const at = await choose(scoped, [inside], 'left', { left: ownOrganization })
  const wrong = [
    ['left', { left: otherOrganization }],
    ['left', { left: ownOrganization, lastDay: '2026-02-30' }],
    ['left', { left: ownOrganization, reason: '' }],
    ['moved', { left: ownOrganization, movedTo: otherOrganization }],
    ['moved', { left: ownOrganization, movedTo: ownOrganization }],
    ['access', {}],
    ['access', { giveOrganization: otherOrganization }],
    ['access', { giveWorkgroup: inside }],
    ['deactivate', { reason: ' ' }],
  ] as const
  for (const [verb, fields] of wrong)
    assert.equal(
      (await scoped.post(`${at}/${verb}`, { ...said, ...fields })).status,
      422,
      JSON.stringify([verb, fields]),
    )
})
