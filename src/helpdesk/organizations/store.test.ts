import assert from 'node:assert/strict'
import { eachEngine, type Opened } from '../../../test/support/database/store.ts'
import { openDesk } from '../../../test/support/people/desk.ts'
import { addOrganization, addPerson } from '../../../test/support/people/people.ts'
import { createWorkgroup } from '../../workspace/store.ts'
import { everyone, readSearch } from '../people/rules.ts'
import { findPeople } from '../people/store.ts'
import { createPlace, editPlace, type PlaceAct, retirePlace } from './change.ts'
import type { PlaceKind } from './rules.ts'
import { countOnlyHere, readPlace, readPlaceList } from './store.ts'

const kinds: readonly PlaceKind[] = ['organization', 'workgroup']
const agent = { actor: 'operator:test', role: 'administrator' as const }

const actOn = (opened: Opened, kind: PlaceKind, id: string, seenVersion = 1): PlaceAct => ({
  agent,
  kind,
  id,
  seenVersion,
  now: opened.clock.now(),
})

const make = ({ store, services, clock }: Opened, kind: PlaceKind, name: string) =>
  store.write(tx =>
    createPlace(services, tx, { agent, kind, now: clock.now() }, { name, allows: '', key: '' }),
  )

const codesOf = (outcome: Awaited<ReturnType<typeof make>> | Awaited<ReturnType<typeof retirePlace>>) =>
  outcome.ok ? [] : outcome.refusals.map(({ code }) => code)

for (const kind of kinds) {
  eachEngine(`of two ${kind}s with one name, however it is written, the second is refused`, async open => {
    const opened = await open()
    const { store, services } = opened
    const first = await make(opened, kind, 'Harbor House')
    assert.ok(first.ok)
    assert.deepEqual(codesOf(await make(opened, kind, 'HARBOR house')), ['place.name-taken'])
    const second = await make(opened, kind, 'Lake')
    assert.ok(second.ok)
    const renamed = await store.write(tx =>
      editPlace(services, tx, actOn(opened, kind, second.value), {
        name: 'ｈarbor House',
        allows: '',
        key: '',
      }),
    )
    assert.deepEqual(codesOf(renamed), ['place.name-taken'])
    const kept = await store.write(tx =>
      editPlace(services, tx, actOn(opened, kind, first.value), {
        name: 'harbor house',
        allows: 'Beds.',
        key: '',
      }),
    )
    assert.ok(kept.ok, 'its own name is not taken')
    assert.equal((await readPlace(store, kind, first.value, undefined))?.name, 'harbor house')
  })

  eachEngine(`a key stays when the ${kind} is renamed, and only one has it`, async open => {
    const desk = await openDesk(await open())
    const { administrator } = desk.callers
    const base = `/helpdesk/${kind}s`
    const create = (name: string, key: string) => administrator.post(`${base}/new`, { name, key })
    const address = (await create('Lake', 'LAKE')).headers.get('location') ?? ''
    const edit = { name: 'Lakeside', key: 'lake', version: '1' }
    assert.equal((await administrator.post(`${address}/edit`, edit)).status, 303)
    assert.match(await (await administrator.get(address)).text(), /<code>lake<\/code>/)
    const taken = await (await create('Lake', 'lake')).text()
    assert.match(taken, /Another one has this key/)
    const [one, other] = await Promise.all([create('Bay', 'bay'), create('Bay 2', 'bay')])
    assert.deepEqual([one.status, other.status].sort(), [303, 422])
    const changed = await administrator.post(`${address}/edit`, { ...edit, key: '', version: '2' })
    assert.equal(changed.status, 303)
    assert.match(await (await administrator.get(address)).text(), /changed from lake to none/)
    assert.equal((await create('Lake', 'lake')).status, 303)
  })

  eachEngine(`of fifty who change one ${kind} from the same page one does`, async open => {
    const opened = await open()
    const { store, services } = opened
    const made = await make(opened, kind, 'Lake')
    assert.ok(made.ok)
    const act = actOn(opened, kind, made.value)
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        store.write(tx =>
          n % 2 === 0
            ? editPlace(services, tx, act, { name: `Lake ${n}`, allows: '', key: '' })
            : retirePlace(services, tx, act, true),
        ),
      ),
    )
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    const codes = new Set(outcomes.flatMap(codesOf))
    codes.delete('place.already-retired')
    assert.ok([...codes].every(code => code === 'place.changed-meanwhile'))
    const records = await store.read
      .selectFrom('audit_record')
      .select('event')
      .where('subject', '=', made.value)
      .execute()
    assert.deepEqual(records.map(({ event }) => event).sort(), ['sensitive_create', 'sensitive_update'])
  })

  eachEngine(
    `the list of ${kind}s follows from page to page without a gap, forwards and back`,
    async open => {
      const opened = await open()
      const { store } = opened
      for (let index = 0; index < 120; index++)
        await make(opened, kind, `Place ${String(index).padStart(3, '0')}`)
      await make(opened, kind, 'Other')
      const page = (cursor: Parameters<typeof readPlaceList>[2]['cursor']) =>
        readPlaceList(store, kind, { text: 'PLACE', cursor }, undefined)
      const pages = [await page(undefined)]
      for (let last = pages[0]; last?.hasNext; last = pages.at(-1))
        pages.push(await page({ id: last.rows.at(-1)?.id ?? '', direction: 'after' }))
      const names = pages.flatMap(({ rows }) => rows.map(({ name }) => name))
      assert.deepEqual(
        names,
        Array.from({ length: 120 }, (_, index) => `Place ${String(index).padStart(3, '0')}`),
      )
      const [, second, third] = pages
      assert.deepEqual(await page({ id: third?.rows[0]?.id ?? '', direction: 'before' }), second)
    },
  )
}

eachEngine('a new name of an organization finds its people, and the old one no longer does', async open => {
  const opened = await open()
  const { store, services, clock } = opened
  const id = await addOrganization(opened, 'Harbor House')
  const other = await addOrganization(opened, 'House of Light')
  await addPerson(opened, { username: 'amina', organizationIds: [id] })
  await addPerson(opened, { username: 'bert', organizationIds: [id, other] })
  await addPerson(opened, { username: 'harbor' })
  const found = async (q: string) => {
    const search = readSearch(name => (name === 'q' ? q : undefined))
    const { rows: people } = await findPeople(store, search, undefined, [], clock.now())
    return people.map(({ username }) => username).sort()
  }
  assert.deepEqual(await found('harbor'), ['amina', 'bert', 'harbor'])
  const renamed = await store.write(tx =>
    editPlace(services, tx, actOn(opened, 'organization', id), { name: 'Lakeside', allows: '', key: '' }),
  )
  assert.ok(renamed.ok)
  assert.deepEqual(await found('harbor'), ['harbor'])
  assert.deepEqual(await found('lakes'), ['amina', 'bert'])
  assert.deepEqual(await found('house'), ['bert'])
})

eachEngine('who has nowhere else to work is counted before a place is retired', async open => {
  const opened = await open()
  const { store, services, clock } = opened
  const [lake, harbor, gone] = [
    await addOrganization(opened, 'Lake'),
    await addOrganization(opened, 'Harbor'),
    await addOrganization(opened, 'Gone'),
  ]
  const [desk, night] = await store.write(async tx => [
    await createWorkgroup(tx, { name: 'Desk', allows: '', key: '' }, clock.now()),
    await createWorkgroup(tx, { name: 'Night', allows: '', key: '' }, clock.now()),
  ])
  assert.ok(desk && night)
  const add = (username: string, organizationIds: string[], workgroupIds: string[] = []) =>
    addPerson(opened, { username, organizationIds, workgroupIds })
  await add('only', [lake], [desk])
  await add('both', [lake, harbor], [desk, night])
  await add('retired-too', [lake, gone], [desk])
  const off = await add('switched-off', [lake, harbor])
  const left = await add('left', [lake], [desk])
  await store.writeOne(db =>
    db.updateTable('account').set({ deactivated_at: 1 }).where('id', '=', left).execute(),
  )
  await store.writeOne(db =>
    db
      .updateTable('account_organization')
      .set({ may_sign_in: 0 })
      .where('account_id', '=', off)
      .where('organization_id', '=', harbor)
      .execute(),
  )
  await store.write(tx => retirePlace(services, tx, actOn(opened, 'organization', gone), true))
  assert.equal(await countOnlyHere(store, 'organization', lake), 3)
  assert.equal(await countOnlyHere(store, 'organization', harbor), 0)
  assert.equal(await countOnlyHere(store, 'workgroup', desk), 2)
})

eachEngine(
  'a limited agent sees their organizations only, and counts only their people in a workgroup',
  async open => {
    const opened = await open()
    const { store, clock } = opened
    const [lake, harbor] = [await addOrganization(opened, 'Lake'), await addOrganization(opened, 'Harbor')]
    const desk = await store.write(tx =>
      createWorkgroup(tx, { name: 'Desk', allows: '', key: '' }, clock.now()),
    )
    await addPerson(opened, { username: 'a', organizationIds: [lake], workgroupIds: [desk] })
    await addPerson(opened, { username: 'b', organizationIds: [harbor], workgroupIds: [desk] })
    const all = { text: '', cursor: undefined }
    const seen = await readPlaceList(store, 'organization', all, [lake])
    assert.deepEqual(
      seen.rows.map(({ name, people }) => [name, people]),
      [['Lake', 1]],
    )
    assert.equal(await readPlace(store, 'organization', harbor, [lake]), undefined)
    const groups = async (reach?: readonly string[]) =>
      (await readPlaceList(store, 'workgroup', all, reach)).rows.map(({ people }) => people)
    assert.deepEqual([await groups(), await groups([lake])], [[2], [1]])
    const members = await findPeople(store, { ...everyone, workgroup: desk }, [lake], [], clock.now())
    assert.deepEqual(
      members.rows.map(({ username }) => username),
      ['a'],
    )
  },
)
