import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { eachEngine, type Opened, settingsFor } from '../../test/support/database/store.ts'
import { finishedAt, openMoodle, unfinished } from '../../test/support/outside/moodle.ts'
import { addPerson, addPolicy } from '../../test/support/people/people.ts'
import { takeOverCourses } from '../training/courses.ts'
import { keepFinding } from '../training/store.ts'
import { runDueJobs } from './jobs.ts'
import { pollTraining, trainingEvery, trainingJob } from './training.ts'

const hour = 3_600_000
const day = 24 * hour

const training = { name: trainingJob, every: trainingEvery, run: pollTraining }

async function withMoodle(opened: Opened, t: TestContext, policy: object = {}) {
  const moodle = await openMoodle(t)
  moodle.courses.set(7, new Map())
  await addPolicy(opened, policy)
  const settings = settingsFor(opened.folder, {
    MOODLE_URL: moodle.url,
    MOODLE_TOKEN: moodle.token,
    MOODLE_COURSES: '7',
  })
  const services = { ...opened.services, settings }
  await takeOverCourses(services)
  const poll = () => runDueJobs(services, [training])
  const account = (id: string) =>
    opened.store.read.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const candidates = () =>
    opened.store.read.selectFrom('training_candidate').selectAll().orderBy('moodle_user_id').execute()
  const changes = async () =>
    (
      await opened.store.read
        .selectFrom('audit_record')
        .select(['args', 'subject', 'actor'])
        .where('event', '=', 'user_updated')
        .orderBy('position')
        .execute()
    ).map(row => ({ ...row, args: JSON.parse(row.args) as Record<string, unknown> }))
  return { moodle, services, poll, account, candidates, changes }
}

const noor = { id: 41, firstname: 'Noor', lastname: 'Haddad', email: 'noor@example.org' }

eachEngine(
  'a poll finds who finished, keeps their id in Moodle and records it; one more changes nothing',
  async (open, t) => {
    const opened = await open()
    const { moodle, poll, account, changes } = await withMoodle(opened, t)
    const id = await addPerson(opened, { email: 'Noor@example.org' })
    const doneAt = opened.clock.now() - 3 * day
    moodle.add(noor, 7, finishedAt(doneAt))
    await poll()
    const row = await account(id)
    assert.deepEqual(
      [row.training_state, row.training_finished_at, row.moodle_user_id, row.version],
      ['finished', doneAt, 41, 2],
    )
    opened.clock.advance(2 * day)
    await poll()
    assert.equal((await account(id)).version, 2)
    const found = await changes()
    assert.equal(found.length, 1)
    assert.equal(found[0]?.actor, 'system')
    assert.deepEqual(found[0]?.args, {
      change: 'training',
      before: 'unknown',
      after: 'finished',
      finishedAt: doneAt,
    })
  },
)

eachEngine('of several processes one asks Moodle', async (open, t) => {
  const opened = await open()
  const { moodle, services, poll } = await withMoodle(opened, t)
  await addPerson(opened, { email: noor.email })
  moodle.add(noor, 7, unfinished)
  const other = { ...services, store: await opened.open() }
  await Promise.all([poll(), poll(), runDueJobs(other, [training]), runDueJobs(other, [training])])
  assert.equal(moodle.calls.filter(({ name }) => name === 'core_enrol_get_enrolled_users').length, 1)
})

eachEngine('training lapses after its months, and comes back when it is done again', async (open, t) => {
  const opened = await open()
  const { moodle, poll, account, changes } = await withMoodle(opened, t, { trainingMonths: 12 })
  const id = await addPerson(opened, { email: noor.email })
  moodle.add(noor, 7, finishedAt(opened.clock.now() - 300 * day))
  await poll()
  assert.equal((await account(id)).training_state, 'finished')
  opened.clock.advance(80 * day)
  await poll()
  assert.equal((await account(id)).training_state, 'lapsed')
  moodle.add(noor, 7, finishedAt(opened.clock.now()))
  opened.clock.advance(hour)
  await poll()
  assert.equal((await account(id)).training_state, 'finished')
  assert.deepEqual(
    (await changes()).map(({ args }) => `${args['before']} ${args['after']}`),
    ['unknown finished', 'finished lapsed', 'lapsed finished'],
  )
})

eachEngine(
  'a Moodle that does not answer changes nothing, and is asked less and less often',
  async (open, t) => {
    const opened = await open()
    const { moodle, poll, account, changes } = await withMoodle(opened, t, { trainingMonths: 12 })
    const id = await addPerson(opened, { email: noor.email })
    moodle.add(noor, 7, finishedAt(opened.clock.now() - 300 * day))
    await poll()
    opened.clock.advance(90 * day)
    moodle.mood = 'error-500'
    const next = async () =>
      (
        await opened.store.read
          .selectFrom('job')
          .select('next_run_at')
          .where('name', '=', trainingJob)
          .executeTakeFirstOrThrow()
      ).next_run_at - opened.clock.now()
    const waits: number[] = []
    for (let run = 0; run < 6; run++) {
      await poll()
      waits.push(await next())
      opened.clock.advance(waits.at(-1) ?? 0)
    }
    assert.equal((await account(id)).training_state, 'finished')
    assert.equal((await changes()).length, 1)
    for (const [index, wait] of waits.slice(1, 5).entries())
      assert.ok(wait > (waits[index] ?? 0), waits.join())
    moodle.mood = 'well'
    opened.clock.advance(day)
    await poll()
    assert.equal((await account(id)).training_state, 'lapsed')
    assert.equal(await next(), trainingEvery)
  },
)

eachEngine('whose training cannot be read does not keep the others waiting', async (open, t) => {
  const opened = await open()
  const { moodle, poll, account } = await withMoodle(opened, t)
  await addPerson(opened, { username: 'first', email: 'nobody@example.org' })
  const twin = await addPerson(opened, { username: 'twin', email: 'twin@example.org' })
  const id = await addPerson(opened, { username: 'noor', email: noor.email })
  for (const twinId of [51, 52])
    moodle.add({ ...noor, id: twinId, email: 'twin@example.org' }, 7, finishedAt(opened.clock.now()))
  moodle.add(noor, 7, finishedAt(opened.clock.now()))
  await poll()
  assert.equal((await account(id)).training_state, 'finished')
  assert.deepEqual(
    [(await account(twin)).training_state, (await account(twin)).moodle_user_id],
    ['unknown', null],
  )
})

eachEngine('one person in Moodle never stands for two accounts', async (open, t) => {
  const opened = await open()
  const { moodle, poll, account } = await withMoodle(opened, t)
  const one = await addPerson(opened, { username: 'one', email: noor.email })
  const two = await addPerson(opened, { username: 'two', email: noor.email })
  moodle.add(noor, 7, finishedAt(opened.clock.now()))
  await poll()
  const rows = [await account(one), await account(two)]
  assert.deepEqual(rows.map(row => `${row.training_state} ${row.moodle_user_id}`).toSorted(), [
    'finished 41',
    'unknown null',
  ])
})

eachEngine('of 20 accounts that claim one person in Moodle at the same moment one has them', async open => {
  const opened = await open()
  const ids: string[] = []
  for (let n = 0; n < 20; n++) ids.push(await addPerson(opened, { username: `p${n}`, email: noor.email }))
  const finding = {
    known: { kind: 'finished', at: opened.clock.now() },
    moodleUserId: 41,
    fault: undefined,
  } as const
  const asked = { actor: 'system', months: 0, now: opened.clock.now(), jitter: 0 } as const
  await Promise.all(ids.map(id => keepFinding(opened.services, id, finding, asked)))
  const { read } = opened.store
  const rows = await read.selectFrom('account').select('id').where('moodle_user_id', '=', 41).execute()
  const finished = await read
    .selectFrom('account')
    .select('id')
    .where('training_state', '=', 'finished')
    .execute()
  assert.deepEqual([rows.length, finished.length], [1, 1])
})

eachEngine('lapsing never takes the last active administrator', async (open, t) => {
  const opened = await open()
  const { moodle, poll, account } = await withMoodle(opened, t, { trainingMonths: 12 })
  const ids: string[] = []
  for (const userId of [61, 62]) {
    const email = `chief${userId}@example.org`
    ids.push(await addPerson(opened, { username: `chief${userId}`, email, role: 'administrator' }))
    moodle.add({ ...noor, id: userId, email }, 7, finishedAt(opened.clock.now() - 400 * day))
  }
  await poll()
  opened.clock.advance(2 * day)
  await poll()
  const states = await Promise.all(ids.map(async id => (await account(id)).training_state))
  assert.equal(states.filter(state => state === 'lapsed').length, 1, states.join())
})

eachEngine('who is enrolled without an account is a candidate until they have one', async (open, t) => {
  const opened = await open()
  const { moodle, poll, candidates } = await withMoodle(opened, t)
  await addPerson(opened, { email: 'known@example.org' })
  const doneAt = opened.clock.now() - day
  moodle.add({ ...noor, id: 40, email: 'known@example.org' }, 7, finishedAt(doneAt))
  moodle.add(noor, 7, finishedAt(doneAt))
  moodle.add({ ...noor, id: 42, email: 'ed@example.org' }, 7, unfinished)
  await poll()
  assert.deepEqual(
    (await candidates()).map(row => [row.moodle_user_id, row.state, row.finished_at]),
    [
      [41, 'finished', doneAt],
      [42, 'not-finished', null],
    ],
  )
  await addPerson(opened, { username: 'noor', email: noor.email })
  moodle.courses.get(7)?.delete(42)
  opened.clock.advance(hour)
  await poll()
  assert.deepEqual(await candidates(), [])
})

eachEngine('training that need not be repeated any more lets everyone in who was out', async (open, t) => {
  const opened = await open()
  const { account, services } = await withMoodle(opened, t, { trainingMonths: 0 })
  const id = await addPerson(opened)
  await opened.store.writeOne(db =>
    db.updateTable('account').set({ training_state: 'lapsed', training_finished_at: 1 }).execute(),
  )
  const withoutMoodle = { ...services, settings: settingsFor(opened.folder) }
  await runDueJobs(withoutMoodle, [training])
  assert.equal((await account(id)).training_state, 'finished')
})

eachEngine('a clock that was years ahead keeps nobody out once it is right again', async (open, t) => {
  const opened = await open()
  const { moodle, services, poll, account } = await withMoodle(opened, t, { trainingMonths: 12 })
  const id = await addPerson(opened, { email: noor.email })
  moodle.add(noor, 7, finishedAt(opened.clock.now() - day))
  await poll()
  const ahead = 3 * 365 * day
  await pollTraining(services, opened.clock.now() + ahead, new AbortController().signal)
  assert.equal((await account(id)).training_state, 'lapsed')
  opened.clock.advance(hour)
  await poll()
  assert.equal((await account(id)).training_state, 'finished')
})

eachEngine('the end of training is told by mail in the month before, once', async (open, t) => {
  const opened = await open()
  const { moodle, services, poll } = await withMoodle(opened, t, { trainingMonths: 12 })
  await addPerson(opened, { email: noor.email })
  moodle.add(noor, 7, finishedAt(opened.clock.now() - 300 * day))
  const mails = async () =>
    (await opened.store.read.selectFrom('mail').select(['subject', 'recipient']).execute()).map(
      ({ subject, recipient }) => `${subject}, ${recipient}`,
    )
  await poll()
  assert.deepEqual(await mails(), [])
  opened.clock.advance(40 * day)
  const other = { ...services, store: await opened.open() }
  await Promise.all([poll(), runDueJobs(other, [training])])
  opened.clock.advance(day)
  await poll()
  assert.deepEqual(await mails(), ['Do your training again, noor@example.org'])
})

eachEngine('a stop ends a run between two people', async (open, t) => {
  const opened = await open()
  const { moodle, services } = await withMoodle(opened, t)
  await addPerson(opened, { email: noor.email })
  moodle.add(noor, 7, finishedAt(opened.clock.now()))
  await pollTraining(services, opened.clock.now(), AbortSignal.abort())
  assert.equal(moodle.calls.length, 0)
})
