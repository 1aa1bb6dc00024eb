import assert from 'node:assert/strict'
import { eachEngine, settingsFor } from '../../../test/support/database/store.ts'
import { finishedAt, openMoodle, unfinished } from '../../../test/support/outside/moodle.ts'
import { openDesk } from '../../../test/support/people/desk.ts'
import { pollTraining } from '../../jobs/training.ts'
import { takeOverCourses } from '../../training/courses.ts'
import { createWorkgroup } from '../../workspace/store.ts'
import { readAllCourses } from './change.ts'

const base = '/helpdesk/courses'
const day = 24 * 3_600_000
const privacy = [
  ['name', 'Privacy'],
  ['number', '7'],
] as const

eachEngine(
  'the courses of the setting are taken over once, and what the console says counts then',
  async (open, t) => {
    const opened = await open()
    const settings = settingsFor(opened.folder, { MOODLE_COURSES: '7,9' })
    const start = async () => takeOverCourses({ ...opened.services, store: await opened.open(), settings })
    await Promise.all([start(), start(), start()])
    const desk = await openDesk(opened)
    const [first] = await readAllCourses(opened.store)
    assert.ok(first !== undefined)
    const { administrator } = desk.callers
    const retired = await administrator.post(`${base}/${first.id}`, { version: '1', do: 'retire' })
    assert.equal(retired.status, 303)
    await start()
    const after = await readAllCourses(opened.store)
    assert.deepEqual(
      after.map(course => [course.name, course.moodle_id, course.retired_at !== null]),
      [
        ['Course 7', 7, true],
        ['Course 9', 9, false],
      ],
    )
    assert.match(await (await administrator.get(base)).text(), /Course 7[\s\S]*Retired[\s\S]*Course 9/)
    t.diagnostic(`${after.length} courses`)
  },
)

eachEngine('a number stands for one course, of ten who add it at once too', async open => {
  const desk = await openDesk(await open())
  const { administrator } = desk.callers
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => administrator.postAll(`${base}/new`, privacy)),
  )
  assert.deepEqual(
    answers
      .map(({ status }) => status)
      .toSorted()
      .slice(0, 2),
    [303, 422],
  )
  const [course, ...others] = await readAllCourses(desk.store)
  assert.equal(others.length, 0)
  const wrong = await administrator.post(`${base}/new`, { name: '', number: 'seven' })
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /Enter a name[\s\S]*Enter the number/)
  const edit = (name: string) =>
    administrator.post(`${base}/${course?.id}`, { name, number: '8', version: '1' })
  assert.deepEqual([(await edit('Privacy 2027')).status, (await edit('Late')).status], [303, 422])
  assert.equal((await readAllCourses(desk.store))[0]?.name, 'Privacy 2027')
})

eachEngine(
  'a course for a workgroup is asked of its people alone, and counts for an account only there',
  async (open, t) => {
    const opened = await open()
    const moodle = await openMoodle(t)
    const settings = settingsFor(opened.folder, { MOODLE_URL: moodle.url, MOODLE_TOKEN: moodle.token })
    const services = { ...opened.services, settings }
    const desk = await openDesk({ ...opened, services })
    const { administrator } = desk.callers
    const group = await desk.store.write(tx =>
      createWorkgroup(tx, { name: 'Assessors', allows: '' }, desk.clock.now()),
    )
    const people = await Promise.all(
      ['amina', 'bao'].map(username => desk.add({ username, email: `${username}@example.org` })),
    )
    const [amina = '', bao = ''] = people
    await desk.store.writeOne(db =>
      db.insertInto('account_workgroup').values({ account_id: bao, workgroup_id: group }).execute(),
    )
    await administrator.postAll(`${base}/new`, privacy)
    const assessors = [
      ['name', 'Coordinated entry'],
      ['number', '9'],
      ['workgroup', group],
    ] as const
    assert.equal((await administrator.postAll(`${base}/new`, assessors)).status, 303)
    const done = finishedAt(desk.clock.now() - day)
    for (const [id, username] of [
      [41, 'amina'],
      [42, 'bao'],
    ] as const)
      for (const course of [7, 9])
        moodle.add(
          { id, firstname: username, lastname: 'X', email: `${username}@example.org` },
          course,
          course === 7 ? done : unfinished,
        )
    await pollTraining(services, desk.clock.now(), new AbortController().signal)
    const stateOf = async (id: string) =>
      (
        await desk.store.read
          .selectFrom('account')
          .select('training_state')
          .where('id', '=', id)
          .executeTakeFirst()
      )?.training_state
    assert.deepEqual([await stateOf(amina), await stateOf(bao)], ['finished', 'not-finished'])
    const finishes = await desk.store.read.selectFrom('course_finish').select('account_id').execute()
    assert.deepEqual(finishes.map(({ account_id }) => account_id).toSorted(), people.toSorted())
  },
)
