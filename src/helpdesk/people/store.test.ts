import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachEngine, type Opened } from '../../../test/support/database/store.ts'
import { addOrganization, addPerson } from '../../../test/support/people/people.ts'
import { createUsers } from '../../account/store.ts'
import { newId } from '../../store/ids.ts'
import { counterName } from '../../throttle/store.ts'
import { addApp } from '../../verification/app/store.ts'
import { newSecret } from '../../verification/app/totp.ts'
import { newCardCodes } from '../../verification/code-card/code.ts'
import { prepareCard, putCard } from '../../verification/code-card/store.ts'
import { createWorkgroup } from '../../workspace/store.ts'
import { addressOf, readSearch } from './rules.ts'
import { countPeople, countState, findPeople, measure } from './store.ts'
import { readThrottled } from './throttled.ts'

const asked = (query: Readonly<Record<string, string>>) => readSearch(name => query[name])

async function names(opened: Opened, query: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const found = await findPeople(opened.store, asked(query), undefined, [], opened.clock.now())
  return found.rows.map(({ username }) => username)
}

eachEngine('people are found by the beginning of any word, and all words must match', async open => {
  const opened = await open()
  const organization = await addOrganization(opened, 'Lakeside Night Shelter')
  await addPerson(opened, {
    username: 'awarsame',
    firstName: 'Amina',
    lastName: 'Warsame',
    email: 'amina.w@lake.example',
    organizationIds: [organization],
  })
  await addPerson(opened, { username: 'jose', firstName: 'José', lastName: 'Núñez', email: 'j@x.example' })
  await addPerson(opened, { username: 'li', firstName: '𠮷', lastName: '李', email: 'li@x.example' })
  for (const q of ['ami', 'WARS', 'awar', 'night', 'lake', 'am war', 'amina.w@lake', ' shelter  amina '])
    assert.deepEqual(await names(opened, { q }), ['awarsame'], q)
  assert.deepEqual(await names(opened, { q: 'nunez' }), ['jose'])
  assert.deepEqual(await names(opened, { q: 'Núñ' }), ['jose'])
  assert.deepEqual(await names(opened, { q: '𠮷' }), ['li'])
  for (const q of ['mina', 'amina jose', '%', 'am_na', "'"])
    assert.deepEqual((await names(opened, { q })).includes('awarsame'), ['%', "'"].includes(q), q)
})

eachEngine('a name written apart finds who is written as one word, and the other way round', async open => {
  const opened = await open()
  for (const [username, firstName, lastName] of [
    ['one', 'Ahmed', 'Alsayed'],
    ['two', 'Ahmed', 'al-Sayed'],
    ['three', 'Ahmed', 'Al Sayed'],
  ] as const)
    await addPerson(opened, { username, firstName, lastName })
  await addPerson(opened, { username: 'cruz', firstName: 'María', lastName: 'Delacruz' })
  for (const q of ['al-Sayed', 'alsayed', 'Al Sayed', 'ahmed al-say', 'AL\u2011SAYED Ahmed'])
    assert.deepEqual((await names(opened, { q })).toSorted(), ['one', 'three', 'two'], q)
  for (const q of ['de la Cruz', 'maria de la cruz', 'Delacruz'])
    assert.deepEqual(await names(opened, { q }), ['cruz'], q)
  assert.deepEqual(await names(opened, { q: 'sayed cruz' }), [])
})

eachEngine('pages follow each other without a gap or a repetition, forwards and back', async open => {
  const opened = await open()
  const wanted: string[] = []
  for (let index = 0; index < 60; index++) {
    const username = `p${String(index).padStart(2, '0')}`
    wanted.push(username)
    await addPerson(opened, { username, firstName: 'Same', lastName: index < 30 ? 'Abel' : 'Berg' })
  }
  const page = (query: Readonly<Record<string, string>>) =>
    findPeople(opened.store, asked(query), undefined, [], opened.clock.now())
  const first = await page({})
  const second = await page({ after: first.rows.at(-1)?.id ?? '' })
  const third = await page({ after: second.rows.at(-1)?.id ?? '' })
  const all = [...first.rows, ...second.rows, ...third.rows].map(({ username }) => username)
  assert.deepEqual([...all].sort(), wanted)
  assert.deepEqual(
    [first.hasPrevious, first.hasNext, third.hasPrevious, third.hasNext],
    [false, true, true, false],
  )
  const back = await page({ before: third.rows[0]?.id ?? '' })
  assert.deepEqual(back, { ...second, hasPrevious: true })
  assert.equal((await page({ before: back.rows[0]?.id ?? '' })).hasPrevious, false)
})

eachEngine('a state finds exactly the people that its count says', async open => {
  const opened = await open()
  const now = opened.clock.now()
  const leaver = await addPerson(opened, { username: 'leaver' })
  const gone = await addPerson(opened, { username: 'gone' })
  await addPerson(opened, { username: 'stays', role: 'helpdesk' })
  const set = (id: string, leaving_at: number) =>
    opened.store.writeOne(db => db.updateTable('account').set({ leaving_at }).where('id', '=', id).execute())
  await set(leaver, now + 1_000)
  await set(gone, now - 1_000)
  assert.deepEqual(await names(opened, { state: 'leaving-soon' }), ['leaver'])
  assert.equal(await countState(opened.store, 'leaving-soon', undefined, now), 1)
  assert.deepEqual(await names(opened, { state: 'closed' }), ['gone'])
  assert.deepEqual(await names(opened, { role: 'helpdesk' }), ['stays'])
  assert.deepEqual((await names(opened, { state: 'nonsense' })).length, 3)
})

eachEngine('who has one way left to prove the second step is found; a used-up card is none', async open => {
  const opened = await open()
  const { store, services, clock } = opened
  const withApp = async (username: string, card: boolean) => {
    const accountId = await addPerson(opened, { username })
    const prepared = await prepareCard(services.keyring, accountId, newCardCodes())
    await store.write(async tx => {
      await addApp(services, tx, { accountId, secret: newSecret(), step: 1 }, clock.now())
      if (card) await putCard(tx, prepared, clock.now())
    })
    return accountId
  }
  await withApp('rosa', false)
  await withApp('lena', true)
  const usedUp = await withApp('nora', true)
  await addPerson(opened, { username: 'none' })
  await store.writeOne(db =>
    db.updateTable('code_card').set({ next_number: 41 }).where('account_id', '=', usedUp).execute(),
  )
  assert.deepEqual((await names(opened, { state: 'one-way-only' })).toSorted(), ['nora', 'rosa'])
  assert.equal(await countState(store, 'one-way-only', undefined, clock.now()), 2)
})

eachEngine(
  'who has to wait after wrong tries is found without a list of names in the counters',
  async open => {
    const opened = await open()
    const { store, services, clock } = opened
    const id = await addPerson(opened, { username: 'rosa' })
    const other = await addPerson(opened, { username: 'lena' })
    const failed = { event: 'authn_login_fail' as const, actor: 'anonymous' }
    await store.write(async tx => {
      for (let tries = 0; tries < 5; tries++)
        await services.audit.record(tx, { ...failed, subject: id }, { ...failed, subject: other })
      await tx.db
        .insertInto('throttle')
        .values({
          name: counterName(services.keyring, 'password-stranger', 'rosa'),
          failures: 5,
          blocked_until: clock.now() + 30_000,
          window_from: clock.now(),
          updated_at: clock.now(),
        })
        .execute()
    })
    assert.deepEqual(await readThrottled(services, undefined, clock.now()), [id])
    clock.advance(30_000)
    assert.deepEqual(await readThrottled(services, undefined, clock.now()), [])
  },
)

eachEngine('a beginning that thousands of words share finds the same people as a rare one', async open => {
  const opened = await open()
  const rare = await addPerson(opened, { username: 'rare', firstName: 'Zoe', lastName: 'Common' })
  const template = await opened.store.read
    .selectFrom('account')
    .selectAll()
    .where('id', '=', rare)
    .executeTakeFirstOrThrow()
  await opened.store.write(async tx => {
    for (let batch = 0; batch < 10; batch++) {
      const rows = Array.from({ length: 510 }, (_, index) => {
        const username = `c${batch * 510 + index}`
        return {
          ...template,
          id: newId(opened.clock.now()),
          username,
          username_key: username,
          first_name: 'Al',
        }
      })
      await tx.db.insertInto('account').values(rows).execute()
      await tx.db
        .insertInto('account_word')
        .values(rows.map(({ id }) => ({ word: 'common', account_id: id })))
        .execute()
    }
  })
  assert.deepEqual(
    (await measure(opened.store, ['comm', 'zo', 'nobody'], undefined)).map(({ words }) => words),
    [2_000, 1, 0],
  )
  assert.equal((await names(opened, { q: 'comm' })).length, 25)
  assert.deepEqual(await names(opened, { q: 'comm zo' }), ['rare'])
  assert.deepEqual(await names(opened, { q: 'comm nobody' }), [])
})

eachEngine('filters by place, role and last sign-in can be combined, and the count agrees', async open => {
  const opened = await open()
  const now = opened.clock.now()
  const [lake, harbor] = [await addOrganization(opened, 'Lake'), await addOrganization(opened, 'Harbor')]
  const desk = await opened.store.write(tx => createWorkgroup(tx, { name: 'Desk', allows: '' }, now))
  const days = (count: number) => now - count * 24 * 3_600_000
  const add = async (username: string, organizationIds: string[], lastSignIn: number | null) => {
    const role = username.startsWith('h') ? ('helpdesk' as const) : ('user' as const)
    const workgroupIds = username === 'b' ? [desk] : []
    const id = await addPerson(opened, { username, organizationIds, workgroupIds, role })
    await opened.store.writeOne(db =>
      db.updateTable('account').set({ last_sign_in_at: lastSignIn }).where('id', '=', id).execute(),
    )
  }
  await add('a', [lake], null)
  await add('b', [lake, harbor], days(31))
  await add('c', [harbor], days(100))
  await add('d', [], days(1))
  await add('h', [lake], days(61))
  const cases: readonly (readonly [query: Readonly<Record<string, string>>, found: string[]])[] = [
    [{ organization: lake }, ['a', 'b', 'h']],
    [{ organization: 'none' }, ['d']],
    [{ organization: 'None; drop' }, ['a', 'b', 'c', 'd', 'h']],
    [{ workgroup: desk }, ['b']],
    [{ last: 'never' }, ['a']],
    [{ last: 'quiet-30' }, ['b', 'c', 'h']],
    [{ last: 'quiet-60' }, ['c', 'h']],
    [{ last: 'quiet-90' }, ['c']],
    [{ organization: lake, last: 'quiet-30' }, ['b', 'h']],
    [{ organization: lake, last: 'quiet-30', role: 'helpdesk', state: 'active' }, ['h']],
    [{ organization: harbor, last: 'never' }, []],
  ]
  for (const [query, found] of cases) {
    assert.deepEqual([...(await names(opened, query))].sort(), found, JSON.stringify(query))
    assert.equal(await countPeople(opened.store, asked(query), undefined, [], now), found.length)
  }
  const limited = await findPeople(opened.store, asked({ last: 'quiet-30' }), [harbor], [], now)
  assert.deepEqual(limited.rows.map(({ username }) => username).sort(), ['b', 'c'])
  assert.equal(await countPeople(opened.store, asked({ last: 'quiet-30' }), [harbor], [], now), 2)
})

test('the address of a search asks for the same search again', () => {
  const query = {
    q: 'ä &=',
    state: 'inactive',
    role: 'user',
    organization: 'none',
    last: 'never',
    after: newId(0),
  }
  const address = new URL(addressOf(asked(query)), 'http://lintel.test')
  assert.deepEqual(Object.fromEntries(address.searchParams), query)
  assert.equal(addressOf({}), '/helpdesk/people')
})

eachEngine(
  'of very many that fit some are shown and said to be some; a limit finds whoever fits it',
  async open => {
    const opened = await open()
    const crowd = Array.from({ length: 5_001 }, (_, n) => ({
      username: `crowd${n}`,
      firstName: 'Ann',
      lastName: `Lee${n % 7}`,
      email: `crowd${n}@example.org`,
      organizationIds: [],
      workgroupIds: [],
    }))
    await opened.store.write(tx => createUsers(tx, crowd, opened.clock.now()))
    await addPerson(opened, {
      username: 'chief',
      firstName: 'Ann',
      lastName: 'Zander',
      role: 'administrator',
    })
    const find = (query: Readonly<Record<string, string>>) =>
      findPeople(opened.store, asked(query), undefined, [], opened.clock.now())
    for (const q of ['ann', 'ann lee', 'lee crowd']) {
      const { rows: people, isPart, hasNext } = await find({ q })
      assert.deepEqual([people.length, isPart, hasNext], [25, true, true], q)
      assert.equal(new Set(people.map(({ id }) => id)).size, 25, q)
    }
    const after = (await find({ q: 'ann' })).rows.at(-1)?.id ?? ''
    assert.equal(
      (await find({ q: 'ann', after })).rows.some(({ id }) => id === after),
      false,
    )
    const chief = await find({ q: 'ann', role: 'administrator' })
    assert.deepEqual(
      chief.rows.map(({ username }) => username),
      ['chief'],
    )
    assert.equal(chief.isPart, false)
    assert.deepEqual(
      (await find({ q: 'ann zan' })).rows.map(({ username }) => username),
      ['chief'],
    )
  },
)
