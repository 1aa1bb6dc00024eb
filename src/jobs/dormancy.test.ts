import assert from 'node:assert/strict'
import type { Updateable } from 'kysely'
import { eachEngine } from '../../test/support/database/store.ts'
import {
  administrators,
  beside,
  changes,
  mails,
  openHouse,
  pass,
  read,
  runDay,
  runMinute,
  set,
  trustClock,
} from '../../test/support/people/lifecycle.ts'
import { addPerson } from '../../test/support/people/people.ts'
import type { AccountTable } from '../store/schema.ts'
import { runDormancy } from './dormancy.ts'

const day = 24 * 3_600_000
const never = new AbortController().signal

eachEngine(
  'who does not come is told after 80 days and dormant after 90, and a sign-in stops it',
  async open => {
    const opened = await openHouse(open)
    const [gone, back] = [await addPerson(opened), await addPerson(opened, { username: 'back' })]
    await pass(opened, 79)
    assert.deepEqual(await mails(opened), [])
    await pass(opened, 1)
    assert.deepEqual(await mails(opened), Array(2).fill('Sign in to keep your account'))
    await pass(opened, 5)
    await set(opened, back, { active_since: opened.clock.now(), dormancy_noticed_at: null })
    await pass(opened, 4)
    assert.equal((await read(opened, gone)).dormant_since, null)
    await pass(opened, 1)
    assert.equal((await read(opened, gone)).dormant_since, opened.clock.now())
    await pass(opened, 3)
    assert.equal((await read(opened, back)).dormant_since, null)
    assert.deepEqual(await changes(opened, gone), ['dormancy-noticed', 'dormant'])
    assert.equal((await mails(opened)).length, 2)
  },
)

eachEngine('two processes at once tell everybody once and make nobody dormant twice', async open => {
  const opened = await openHouse(open)
  const ids: string[] = []
  for (let n = 0; n < 30; n++) ids.push(await addPerson(opened, { username: `p${n}` }))
  const now = opened.clock.now()
  await opened.store.writeOne(db =>
    db
      .updateTable('account')
      .set({ active_since: now - 200 * day })
      .execute(),
  )
  const both = [opened.services, await beside(opened)]
  const run = () => Promise.all(both.map(services => runDormancy(services, opened.clock.now(), never)))
  await run()
  assert.equal((await mails(opened)).length, 30)
  await opened.store.writeOne(db =>
    db
      .updateTable('account')
      .set({ dormancy_noticed_at: now - 11 * day, dormancy_noticed_run: -20 })
      .execute(),
  )
  await opened.store.writeOne(db => db.updateTable('mail').set({ state: 'sent' }).execute())
  await run()
  for (const id of ids)
    assert.deepEqual((await changes(opened, id)).toSorted(), ['dormancy-noticed', 'dormant'])
})

eachEngine(
  'a clock that leaps a year ahead and comes back makes nobody dormant and tells nobody',
  async open => {
    const opened = await openHouse(open)
    const id = await addPerson(opened)
    opened.clock.advance(365 * day)
    for (let run = 0; run < 12; run++) await runMinute(opened)
    for (let run = 0; run < 3; run++) await runDay(opened)
    assert.deepEqual(await mails(opened), [])
    opened.clock.advance(-366 * day)
    await runMinute(opened)
    await runDay(opened)
    assert.deepEqual(await changes(opened, id), [])
    assert.deepEqual(await mails(opened), [])
  },
)

eachEngine(
  'a clock that stays a year ahead still gives everybody ten daily runs after the notice',
  async open => {
    const opened = await openHouse(open)
    const id = await addPerson(opened)
    opened.clock.advance(365 * day)
    await trustClock(opened)
    const daily = async () => {
      await runDay(opened)
      await opened.store.writeOne(db => db.updateTable('mail').set({ state: 'sent' }).execute())
    }
    await daily()
    assert.deepEqual(await mails(opened), ['Sign in to keep your account'])
    opened.clock.advance(20 * day)
    await trustClock(opened)
    for (let run = 0; run < 9; run++) await daily()
    assert.equal((await read(opened, id)).dormant_since, null, 'the clock alone is not enough')
    await daily()
    assert.notEqual((await read(opened, id)).dormant_since, null)
  },
)

eachEngine('the last active administrator never becomes dormant; the console is warned once', async open => {
  const opened = await openHouse(open)
  const now = opened.clock.now()
  const quiet = {
    active_since: now - 200 * day,
    dormancy_noticed_at: now - 20 * day,
    dormancy_noticed_run: -20,
  }
  const ids: string[] = []
  for (const username of ['one', 'two']) {
    const id = await addPerson(opened, { username, role: 'administrator' })
    await set(opened, id, quiet)
    ids.push(id)
  }
  const both = [opened.services, await beside(opened)]
  for (let run = 0; run < 3; run++)
    await Promise.all(both.map(services => runDormancy(services, opened.clock.now(), never)))
  const dormant = await Promise.all(ids.map(async id => (await read(opened, id)).dormant_since !== null))
  assert.equal(dormant.filter(Boolean).length, 1)
  assert.equal(await administrators(opened), 1)
  const incidents = await opened.store.read.selectFrom('incident').select(['kind', 'account_id']).execute()
  const kept = ids[dormant.indexOf(false)]
  assert.deepEqual(
    incidents.map(({ kind, account_id }) => [kind, account_id]),
    [['last-administrator', kept]],
  )
})

eachEngine(
  'who is barred already is neither told nor put to sleep, and a waiting notice is waited for',
  async open => {
    const opened = await openHouse(open)
    const now = opened.clock.now()
    const old = { active_since: now - 200 * day }
    const told = { ...old, dormancy_noticed_at: now - 20 * day, dormancy_noticed_run: -20 }
    const states: readonly Updateable<AccountTable>[] = [
      { ...old, deactivated_at: 1 },
      { ...old, suspended_until: now + day },
      { ...old, leaving_at: now },
      told,
    ]
    const ids: string[] = []
    for (const [n, state] of states.entries()) {
      const id = await addPerson(opened, { username: `p${n}` })
      await set(opened, id, state)
      ids.push(id)
    }
    const waiting = ids[3] ?? ''
    await opened.store.writeOne(db =>
      db
        .insertInto('mail')
        .values({
          id: 'notice',
          account_id: waiting,
          kind: 'dormancy-notice',
          recipient: 'maria@example.org',
          subject: 'Sign in to keep your account',
          state: 'waiting',
          tries: 0,
          next_try_at: now,
          created_at: now,
        })
        .execute(),
    )
    await runDay(opened)
    assert.equal((await mails(opened)).length, 1)
    for (const id of ids) assert.equal((await read(opened, id)).dormant_since, null)
    await opened.store.writeOne(db => db.updateTable('mail').set({ state: 'refused' }).execute())
    await runDay(opened)
    assert.notEqual((await read(opened, waiting)).dormant_since, null)
  },
)
