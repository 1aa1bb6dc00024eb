import assert from 'node:assert/strict'
import type { Updateable } from 'kysely'
import { addPerson, addPolicy } from '../../test/support/people.ts'
import { eachEngine, type Opened } from '../../test/support/store.ts'
import { moveStanding } from '../account/standing.ts'
import { verifyAudit } from '../audit/verify.ts'
import type { AccountTable } from '../store/schema.ts'
import { runDormancy } from './dormancy.ts'
import { claimJob, type Job } from './jobs.ts'
import { runLifecycle } from './lifecycle.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const never = new AbortController().signal

const set = ({ store }: Opened, id: string, changes: Updateable<AccountTable>) =>
  store.writeOne(db => db.updateTable('account').set(changes).where('id', '=', id).execute())

const read = ({ store }: Opened, id: string) =>
  store.read.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const mails = async ({ store }: Opened) =>
  (await store.read.selectFrom('mail').select('subject').orderBy('id').execute()).map(row => row.subject)

const changes = async ({ store }: Opened, id: string) =>
  (
    await store.read
      .selectFrom('audit_record')
      .select('args')
      .where('subject', '=', id)
      .where('event', '=', 'user_updated')
      .orderBy('id')
      .execute()
  ).map(({ args }) => (JSON.parse(args) as { change: string }).change)

const administrators = async ({ store }: Opened) =>
  (
    await store.read
      .selectFrom('counter')
      .select('value')
      .where('name', '=', 'active administrators')
      .executeTakeFirst()
  )?.value

/** One more process on the same store. */
const beside = async (opened: Opened) => ({ ...opened.services, store: await opened.open() })

const runMinute = ({ services, clock }: Opened) => runLifecycle(services, clock.now())
const runDay = ({ services, clock }: Opened) => runDormancy(services, clock.now(), never)

/** The jobs have followed the clock, as they do in a day. */
const trustClock = ({ store, clock }: Opened) =>
  store.writeOne(db =>
    db
      .updateTable('counter')
      .set({ value: Math.floor(clock.now() / minute) })
      .where('name', '=', 'believed minute')
      .execute(),
  )

/** Days pass as they do: the jobs keep up with the clock, mail goes out, and each has one run for dormancy. */
async function pass(opened: Opened, days: number): Promise<void> {
  for (let n = 0; n < days; n++) {
    opened.clock.advance(day)
    await trustClock(opened)
    await opened.store.writeOne(db => db.updateTable('mail').set({ state: 'sent' }).execute())
    await runDay(opened)
  }
}

async function openHouse(open: () => Promise<Opened>): Promise<Opened> {
  const opened = await open()
  await addPolicy(opened)
  await runMinute(opened)
  return opened
}

async function addSession({ store, clock }: Opened, account_id: string): Promise<void> {
  const now = clock.now()
  const row = {
    id_hash: account_id,
    account_id,
    epoch: 1,
    csrf_secret: 'x',
    created_at: now,
    last_seen_at: now,
    address: '127.0.0.1',
    user_agent: '',
    failures_before: 0,
    return_to: '/',
  }
  await store.writeOne(db => db.insertInto('session').values(row).execute())
}

eachEngine('a planned leaving ends sessions and links at its minute, once over all processes', async open => {
  const opened = await openHouse(open)
  const id = await addPerson(opened)
  await addSession(opened, id)
  await set(opened, id, { leaving_at: opened.clock.now() + 2 * minute })
  opened.clock.advance(minute)
  await runMinute(opened)
  assert.equal((await read(opened, id)).left_at, null)
  opened.clock.advance(minute)
  const others = await Promise.all(Array.from({ length: 3 }, () => beside(opened)))
  await Promise.all([opened.services, ...others].map(services => runLifecycle(services, opened.clock.now())))
  const account = await read(opened, id)
  assert.equal(account.left_at, opened.clock.now())
  assert.equal(account.epoch, 2)
  const session = await opened.store.read.selectFrom('session').select('ended_at').executeTakeFirstOrThrow()
  assert.equal(session.ended_at, opened.clock.now())
  assert.deepEqual(await changes(opened, id), ['left'])
  assert.ok((await verifyAudit(opened.store, opened.services.keyring)).whole)
})

eachEngine(
  'a suspension that ends is told, and gives an administrator back to the count, once',
  async open => {
    const opened = await openHouse(open)
    await addPerson(opened, { username: 'first', role: 'administrator' })
    const id = await addPerson(opened, { username: 'second', role: 'administrator' })
    const state = {
      deactivatedAt: null,
      suspendedUntil: null,
      leavingAt: null,
      dormantSince: null,
      trainingLapsed: false,
    }
    const until = opened.clock.now() + hour
    await opened.store.write(tx =>
      moveStanding(
        tx,
        { role: 'administrator', state },
        { role: 'administrator', state: { ...state, suspendedUntil: until } },
      ),
    )
    await set(opened, id, { suspended_until: until, suspended_reason: 'why' })
    assert.equal(await administrators(opened), 1)
    opened.clock.advance(hour)
    const other = await beside(opened)
    await Promise.all([opened.services, other].map(services => runLifecycle(services, opened.clock.now())))
    const account = await read(opened, id)
    assert.deepEqual([account.suspended_until, account.suspended_reason], [null, null])
    assert.equal(account.active_since, opened.clock.now())
    assert.equal(await administrators(opened), 2)
    assert.deepEqual(await changes(opened, id), ['suspension-ended'])
    assert.deepEqual(await mails(opened), ['You can sign in again'])
  },
)

eachEngine('a suspension that ends for somebody who is deactivated tells them nothing', async open => {
  const opened = await openHouse(open)
  const id = await addPerson(opened)
  await set(opened, id, { suspended_until: opened.clock.now(), deactivated_at: 1 })
  await runMinute(opened)
  assert.equal((await read(opened, id)).suspended_until, null)
  assert.deepEqual(await mails(opened), [])
})

eachEngine('a leaving that a wrong clock carried out comes again when it is time', async open => {
  const opened = await openHouse(open)
  const id = await addPerson(opened)
  const leaving = opened.clock.now() + 2 * hour
  await set(opened, id, { leaving_at: leaving })
  opened.clock.advance(365 * day)
  for (let run = 0; run < 3; run++) await runMinute(opened)
  assert.notEqual((await read(opened, id)).left_at, null)
  opened.clock.advance(-365 * day)
  await runMinute(opened)
  assert.equal((await read(opened, id)).left_at, null)
  opened.clock.advance(2 * hour)
  await runMinute(opened)
  await runMinute(opened)
  assert.equal((await read(opened, id)).left_at, leaving)
})

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

eachEngine('a next time that a wrong clock wrote is not waited for', async open => {
  const { services, clock } = await open()
  const job: Job = { name: 'test', every: hour, run: async () => '' }
  clock.advance(365 * day)
  assert.equal(await claimJob(services, job, clock.now()), true)
  clock.advance(-365 * day)
  assert.equal(await claimJob(services, job, clock.now()), true)
  assert.equal(await claimJob(services, job, clock.now()), false)
})
