import assert from 'node:assert/strict'
import { eachEngine, settingsFor } from '../../test/support/database/store.ts'
import { finishedAt, openMoodle } from '../../test/support/outside/moodle.ts'
import { addCourse } from '../../test/support/people/courses.ts'
import { addPerson, addPolicy } from '../../test/support/people/people.ts'
import { pollTraining } from '../jobs/training.ts'
import { reactivate } from './state.ts'

const day = 24 * 3_600_000
const noor = { id: 41, firstname: 'Noor', lastname: 'Haddad', email: 'noor@example.org' }

eachEngine(
  'who comes back after the months of the policy has every course to finish first, who was away for less has not',
  async (open, t) => {
    const opened = await open()
    const { store, clock } = opened
    const moodle = await openMoodle(t)
    await addPolicy(opened, { retrainMonths: 6 })
    const settings = settingsFor(opened.folder, { MOODLE_URL: moodle.url, MOODLE_TOKEN: moodle.token })
    const services = { ...opened.services, settings }
    for (const course of [7, 9]) {
      await addCourse(store, course, clock.now())
      moodle.add(noor, course, finishedAt(clock.now() - 30 * day))
    }
    const poll = () => pollTraining(services, clock.now(), new AbortController().signal)
    const account = async (id: string) => {
      const { training_state, training_since } = await store.read
        .selectFrom('account')
        .select(['training_state', 'training_since'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return [training_state, training_since]
    }
    const id = await addPerson(opened, { email: noor.email })
    await poll()
    const lastUsed = clock.now()
    await store.writeOne(db =>
      db.updateTable('account').set({ active_since: lastUsed }).where('id', '=', id).execute(),
    )
    const comeBack = async () => {
      await store.writeOne(db =>
        db.updateTable('account').set({ dormant_since: clock.now() }).where('id', '=', id).execute(),
      )
      const agent = { actor: 'operator:test', role: 'administrator' } as const
      const act = { agent, subjectId: id, reason: 'Back from leave.', now: clock.now() }
      const outcome = await store.write(tx => reactivate(services, tx, act))
      return outcome.ok && outcome.value.needsTraining
    }
    clock.advance(170 * day)
    assert.equal(await comeBack(), false)
    assert.deepEqual(await account(id), ['finished', null])
    const back = clock.now()
    clock.advance(190 * day)
    assert.equal(await comeBack(), true)
    await poll()
    assert.deepEqual(await account(id), ['lapsed', back], 'what was finished before does not count')
    clock.advance(day)
    moodle.add(noor, 7, finishedAt(clock.now()))
    await poll()
    assert.deepEqual(await account(id), ['lapsed', back], 'nor does one of two courses')
    clock.advance(day)
    moodle.mood = 'error-500'
    await poll()
    assert.deepEqual(await account(id), ['lapsed', back], 'a Moodle that does not answer lets nobody in')
    moodle.mood = 'well'
    moodle.add(noor, 9, finishedAt(clock.now()))
    clock.advance(day)
    await poll()
    assert.deepEqual(await account(id), ['finished', null])
    const log = await store.read
      .selectFrom('audit_record')
      .select('args')
      .where('event', '=', 'user_updated')
      .orderBy('at')
      .execute()
    assert.deepEqual(
      log
        .map(({ args }) => JSON.parse(args))
        .flatMap(({ change, after }) => (change === 'training' ? [after] : [])),
      ['finished', 'lapsed', 'finished'],
    )
  },
)

eachEngine('the last active administrator comes back as they are', async open => {
  const opened = await open()
  const { store, clock, services } = opened
  await addPolicy(opened, { retrainMonths: 1 })
  const id = await addPerson(opened, { role: 'administrator' })
  await store.writeOne(db =>
    db
      .updateTable('account')
      .set({ suspended_until: clock.now() + 90 * day })
      .execute(),
  )
  await store.writeOne(db =>
    db.updateTable('counter').set({ value: 0 }).where('name', '=', 'active administrators').execute(),
  )
  clock.advance(60 * day)
  const agent = { actor: 'operator:test', role: 'administrator' } as const
  const outcome = await store.write(tx =>
    reactivate(services, tx, { agent, subjectId: id, reason: 'Needed.', now: clock.now() }),
  )
  assert.ok(outcome.ok)
  assert.equal(outcome.value.needsTraining, false)
})
