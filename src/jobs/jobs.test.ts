import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { addPerson, addPolicy } from '../../test/support/people/people.ts'
import { cleanUp } from './clean-up.ts'
import { claimJob, type Job, runDueJobs } from './jobs.ts'

const hour = 3_600_000
const day = 24 * hour

const job = (run: Job['run']): Job => ({ name: 'test', every: hour, run })

eachEngine('a job whose time has come is taken by one of many', async open => {
  const opened = await open()
  const other = { ...opened.services, store: await opened.open() }
  const idle = job(async () => '')
  for (const expected of [1, 1]) {
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        claimJob(index % 2 === 0 ? opened.services : other, idle, opened.clock.now()),
      ),
    )
    assert.equal(claims.filter(Boolean).length, expected)
    assert.equal(await claimJob(other, idle, opened.clock.now() + hour - 1), false)
    opened.clock.advance(hour)
  }
})

eachEngine('a clock that goes back runs nothing twice', async open => {
  const { services, clock } = await open()
  let runs = 0
  const counted = job(async () => String(++runs))
  await runDueJobs(services, [counted])
  clock.advance(-2 * hour)
  await runDueJobs(services, [counted])
  assert.equal(runs, 1)
})

eachEngine('a job that fails comes again at its next time, and the others run', async open => {
  const { services, clock } = await open()
  let runs = 0
  const failing = job(() => {
    runs += 1
    return Promise.reject(new Error('planted'))
  })
  const other = { ...job(async () => 'done'), name: 'other' }
  await runDueJobs(services, [failing, other])
  clock.advance(hour)
  await runDueJobs(services, [failing, other])
  assert.equal(runs, 2)
  const row = await services.store.read
    .selectFrom('job')
    .select('last_result')
    .where('name', '=', 'other')
    .executeTakeFirst()
  assert.equal(row?.last_result, 'done')
})

eachEngine('clean-up takes what is quiet and leaves what still counts', async open => {
  const opened = await open()
  await addPolicy(opened)
  await addPerson(opened)
  const now = opened.clock.now()
  await opened.store.write(({ db }) =>
    db
      .insertInto('throttle')
      .values([
        {
          name: 'quiet',
          failures: 3,
          blocked_until: 0,
          window_from: now - 2 * day,
          updated_at: now - 2 * day,
        },
        { name: 'fresh', failures: 3, blocked_until: 0, window_from: now, updated_at: now },
      ])
      .execute(),
  )
  await cleanUp(opened.services, now)
  const left = await opened.store.read.selectFrom('throttle').select('name').execute()
  assert.deepEqual(
    left.map(({ name }) => name),
    ['fresh'],
  )
})

eachEngine('mail that was sent or refused is kept for 90 days, and what waits for ever', async open => {
  const { services, store, clock } = await open()
  const now = clock.now()
  const mail = (id: string, state: 'waiting' | 'sent' | 'refused', age: number) => ({
    id,
    account_id: null,
    kind: 'notice',
    recipient: 'maria@example.org',
    subject: 'Hello',
    body_sealed: null,
    state,
    tries: 1,
    next_try_at: now - age,
    created_at: now - age,
  })
  const old = 90 * day + 1
  const rows = [
    mail('old-sent', 'sent', old),
    mail('old-refused', 'refused', old),
    mail('old-waiting', 'waiting', old),
    mail('sent', 'sent', 90 * day),
    mail('refused', 'refused', 90 * day),
  ]
  await store.write(({ db }) => db.insertInto('mail').values(rows).execute())
  assert.equal(JSON.parse(await cleanUp(services, now)).mails, 2)
  const left = await store.read.selectFrom('mail').select('id').orderBy('id').execute()
  assert.deepEqual(
    left.map(({ id }) => id),
    ['old-waiting', 'refused', 'sent'],
  )
})

eachEngine('a next time that a wrong clock wrote is not waited for', async open => {
  const { services, clock } = await open()
  const job: Job = { name: 'test', every: hour, run: async () => '' }
  clock.advance(365 * day)
  assert.equal(await claimJob(services, job, clock.now()), true)
  clock.advance(-365 * day)
  assert.equal(await claimJob(services, job, clock.now()), true)
  assert.equal(await claimJob(services, job, clock.now()), false)
})
