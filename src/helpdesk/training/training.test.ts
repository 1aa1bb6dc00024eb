import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { eachEngine, type Opened, settingsFor } from '../../../test/support/database/store.ts'
import {
  finishedAt,
  type MoodleStandIn,
  openMoodle,
  unfinished,
} from '../../../test/support/outside/moodle.ts'
import { type Desk, openDesk } from '../../../test/support/people/desk.ts'
import { pollTraining } from '../../jobs/training.ts'
import { takeOverCourses } from '../../training/courses.ts'

const day = 24 * 3_600_000
const noor = { id: 41, firstname: 'Noor', lastname: 'Haddad', email: 'noor@example.org' }
const entry = {
  firstName: 'Noor',
  lastName: 'Haddad',
  email: 'noor@example.org',
  username: 'nhaddad',
  organization: '',
  workgroup: '',
}

interface Set extends Desk {
  readonly moodle: MoodleStandIn
  poll(): Promise<string>
  policy(overrides: object): Promise<unknown>
  account(username: string): Promise<{
    readonly id: string
    readonly training_state: string
    readonly training_finished_at: number | null
    readonly moodle_user_id: number | null
  }>
}

async function openSet(opened: Opened, t: TestContext): Promise<Set> {
  const moodle = await openMoodle(t)
  moodle.courses.set(7, new Map())
  const settings = settingsFor(opened.folder, {
    MOODLE_URL: moodle.url,
    MOODLE_TOKEN: moodle.token,
    MOODLE_COURSES: '7',
  })
  const services = { ...opened.services, settings }
  await takeOverCourses(services)
  const desk = await openDesk({ ...opened, services })
  return {
    ...desk,
    moodle,
    poll: () => pollTraining(services, opened.clock.now(), new AbortController().signal),
    policy: overrides =>
      desk.store.writeOne(db =>
        db
          .updateTable('policy')
          .set({ overrides: JSON.stringify(overrides) })
          .execute(),
      ),
    account: username =>
      desk.store.read
        .selectFrom('account')
        .select(['id', 'training_state', 'training_finished_at', 'moodle_user_id'])
        .where('username', '=', username)
        .executeTakeFirstOrThrow(),
  }
}

const pageOf = async (answer: Promise<Response>): Promise<string> => (await answer).text()

eachEngine(
  'who is trained and has no account is a row with one click, and no longer once they have one',
  async (open, t) => {
    const set = await openSet(await open(), t)
    const { helpdesk } = set.callers
    const doneAt = set.clock.now() - day
    set.moodle.add(noor, 7, finishedAt(doneAt))
    set.moodle.add({ ...noor, id: 42, firstname: 'Ed', email: 'ed@example.org' }, 7, unfinished)
    await set.poll()
    const list = await pageOf(helpdesk.get('/helpdesk/training'))
    assert.match(list, /Noor Haddad/)
    assert.doesNotMatch(list, /Ed Haddad/)
    assert.match(
      await pageOf(helpdesk.get('/helpdesk')),
      /queue-count">1<\/span><div><a [^>]*>Trained, no account yet</,
    )
    const form = await pageOf(
      helpdesk.post('/helpdesk/people/new', { ...entry, username: '', moodle: '41', change: 'yes' }),
    )
    assert.match(form, /value="noor@example\.org"/)
    assert.match(form, /name="moodle" value="41"/)
    const moved = { ...entry, email: 'noor@agency.example', moodle: '41' }
    assert.match(
      await pageOf(helpdesk.post('/helpdesk/people/new', moved)),
      /Moodle shows training finished on/,
    )
    assert.equal((await helpdesk.post('/helpdesk/people/new/create', moved)).status, 200)
    const made = await set.account('nhaddad')
    assert.deepEqual(
      [made.training_state, made.training_finished_at, made.moodle_user_id],
      ['finished', doneAt, 41],
    )
    assert.match(await pageOf(helpdesk.get('/helpdesk/training')), /Nobody\. Everyone who finished/)
  },
)

eachEngine(
  'where training is required an account is refused without it, and made with a reason that is audited',
  async (open, t) => {
    const set = await openSet(await open(), t)
    const { helpdesk } = set.callers
    await set.policy({ trainingGate: 'required' })
    set.moodle.add(noor, 7, unfinished)
    assert.match(
      await pageOf(helpdesk.post('/helpdesk/people/new', entry)),
      /Reason for creating it before training is finished/,
    )
    for (const trainingReason of ['', '   ', 'x'.repeat(501)]) {
      const refused = await helpdesk.post('/helpdesk/people/new/create', { ...entry, trainingReason })
      assert.equal(refused.status, 422)
      assert.match(await refused.text(), /There is a problem/)
    }
    const fields = { ...entry, trainingReason: 'Certificate on paper seen.' }
    assert.equal((await helpdesk.post('/helpdesk/people/new/create', fields)).status, 200)
    const made = await set.account('nhaddad')
    assert.equal(made.training_state, 'not-finished')
    const noted = (await set.events()).filter(({ args }) => args.includes('training-override'))
    assert.deepEqual(
      noted.map(({ subject, args }) => [subject, JSON.parse(args)]),
      [
        [
          made.id,
          { change: 'training-override', known: 'not-finished', reason: 'Certificate on paper seen.' },
        ],
      ],
    )
  },
)

eachEngine(
  'a Moodle that cannot tell bars nobody in silence: the page says why, and a reason opens the gate',
  async (open, t) => {
    const set = await openSet(await open(), t)
    const { helpdesk } = set.callers
    await set.policy({ trainingGate: 'required' })
    set.moodle.mood = 'maintenance'
    const refused = await helpdesk.post('/helpdesk/people/new/create', entry)
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), /Moodle is down for maintenance/)
    const fields = { ...entry, trainingReason: 'Moodle is down, the trainer confirmed it.' }
    assert.equal((await helpdesk.post('/helpdesk/people/new/create', fields)).status, 200)
    assert.equal((await set.account('nhaddad')).training_state, 'unknown')
  },
)

eachEngine('a warning is shown and goes on, and with the gate off nothing is asked', async (open, t) => {
  const set = await openSet(await open(), t)
  const { helpdesk } = set.callers
  set.moodle.add(noor, 7, unfinished)
  assert.match(
    await pageOf(helpdesk.post('/helpdesk/people/new', entry)),
    /Moodle shows training not finished\. You can still create/,
  )
  await set.policy({ trainingGate: 'off' })
  const calls = set.moodle.calls.length
  assert.doesNotMatch(await pageOf(helpdesk.post('/helpdesk/people/new', entry)), /Moodle/)
  assert.equal(set.moodle.calls.length, calls)
})

eachEngine('an id in Moodle that the page did not offer opens no gate', async (open, t) => {
  const set = await openSet(await open(), t)
  await set.policy({ trainingGate: 'required' })
  set.moodle.add({ ...noor, email: 'other@example.org' }, 7, finishedAt(set.clock.now() - day))
  const answer = await set.callers.helpdesk.post('/helpdesk/people/new/create', { ...entry, moodle: '41' })
  assert.equal(answer.status, 422)
  await set.poll()
  const scoped = await set.callers.scoped.post('/helpdesk/people/new/create', {
    ...entry,
    organization: set.ownOrganization,
    moodle: '41',
  })
  assert.equal(scoped.status, 422)
})

eachEngine(
  'training that is too old does not open the gate, and who is let in with a reason stays in',
  async (open, t) => {
    const set = await openSet(await open(), t)
    await set.policy({ trainingGate: 'required', trainingMonths: 12 })
    set.moodle.add(noor, 7, finishedAt(set.clock.now() - 400 * day))
    const { helpdesk } = set.callers
    assert.equal((await helpdesk.post('/helpdesk/people/new/create', entry)).status, 422)
    await helpdesk.post('/helpdesk/people/new/create', { ...entry, trainingReason: 'Course is booked.' })
    set.clock.advance(2 * day)
    await set.poll()
    assert.equal((await set.account('nhaddad')).training_state, 'not-finished')
  },
)

eachEngine(
  'one email address is checked at once, and accounts outside an agent’s organizations are not told',
  async (open, t) => {
    const set = await openSet(await open(), t)
    const { helpdesk, scoped } = set.callers
    set.moodle.add(noor, 7, finishedAt(set.clock.now() - day))
    const outside = await set.add({
      username: 'noor',
      firstName: 'Noor',
      email: noor.email,
      organizationIds: [set.otherOrganization],
    })
    const check = (who: typeof helpdesk, email: string) => who.post('/helpdesk/training/check', { email })
    assert.ok((await pageOf(check(helpdesk, noor.email))).includes(outside))
    const told = await pageOf(check(scoped, noor.email))
    assert.match(told, /Moodle shows training finished/)
    assert.ok(!told.includes(outside))
    assert.match(
      await pageOf(check(helpdesk, 'nobody@example.org')),
      /Nobody in Moodle has this email address/,
    )
    assert.equal((await check(helpdesk, 'no address')).status, 422)
  },
)

eachEngine('an agent with a limit sees nobody of whom no organization is known', async (open, t) => {
  const set = await openSet(await open(), t)
  set.moodle.add(noor, 7, finishedAt(set.clock.now() - day))
  await set.poll()
  const { scoped } = set.callers
  assert.doesNotMatch(await pageOf(scoped.get('/helpdesk/training')), /Haddad/)
  assert.doesNotMatch(await pageOf(scoped.get('/helpdesk')), /Trained, no account yet/)
})

eachEngine('"check now" brings a person back whose training was done again', async (open, t) => {
  const set = await openSet(await open(), t)
  await set.policy({ trainingMonths: 12 })
  const id = await set.add({ username: 'noor', email: noor.email })
  await set.store.writeOne(db =>
    db
      .updateTable('account')
      .set({ training_state: 'lapsed', training_finished_at: set.clock.now() - 400 * day })
      .where('id', '=', id)
      .execute(),
  )
  set.moodle.add(noor, 7, unfinished)
  const path = `/helpdesk/people/${id}/training`
  const { helpdesk } = set.callers
  assert.match(await pageOf(helpdesk.post(path)), /Moodle shows training not finished/)
  assert.equal((await set.account('noor')).training_state, 'lapsed')
  set.moodle.add(noor, 7, finishedAt(set.clock.now()))
  assert.match(await pageOf(helpdesk.post(path)), /Moodle shows training finished on/)
  assert.equal((await set.account('noor')).training_state, 'finished')
})

eachEngine(
  'training that was finished elsewhere is confirmed with a reason, once, and not for one’s equals',
  async (open, t) => {
    const set = await openSet(await open(), t)
    const { helpdesk } = set.callers
    const path = `/helpdesk/people/${set.inside}/training/confirm`
    assert.equal((await helpdesk.post(path, { version: '1', reason: ' ' })).status, 422)
    assert.equal((await helpdesk.post(path, { version: '7', reason: 'Seen.' })).status, 422)
    assert.equal((await set.account('ines')).training_state, 'unknown')
    assert.equal((await helpdesk.post(path, { version: '1', reason: 'Certificate seen.' })).status, 200)
    assert.equal((await set.account('ines')).training_state, 'finished')
    assert.equal((await helpdesk.post(path, { version: '1', reason: 'Again.' })).status, 422)
    const noted = (await set.events()).filter(({ args }) => args.includes('Certificate seen.'))
    assert.equal(noted.length, 1)
    const equal = await helpdesk.post(`/helpdesk/people/${set.callers.scoped.id}/training/confirm`, {
      version: '1',
      reason: 'Mine.',
    })
    assert.equal(equal.status, 403)
  },
)

eachEngine('a queue of more than a page is turned by where it ended', async (open, t) => {
  const set = await openSet(await open(), t)
  for (let id = 100; id < 200; id++)
    set.moodle.add(
      { id, firstname: 'Ada', lastname: `No${id}`, email: `ada${id}@example.org` },
      7,
      finishedAt(set.clock.now() - day),
    )
  await set.poll()
  const { helpdesk } = set.callers
  const first = await pageOf(helpdesk.get('/helpdesk/training'))
  const next = first.match(/rel="next" href="([^"]+)"/)?.[1] ?? ''
  const second = await pageOf(helpdesk.get(next))
  const names = `${first}${second}`.match(/No1\d\d(?=<\/th>)/g) ?? []
  assert.equal(names.length, 100)
  assert.equal(new Set(names).size, 100)
})
