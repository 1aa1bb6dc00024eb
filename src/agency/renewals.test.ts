import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { TestContext } from 'node:test'
import { eachEngine, type Opened, settingsFor } from '../../test/support/database/store.ts'
import { finishedAt, openMoodle, unfinished } from '../../test/support/outside/moodle.ts'
import { addContact } from '../../test/support/people/agency.ts'
import { addCourse } from '../../test/support/people/courses.ts'
import { openDesk } from '../../test/support/people/desk.ts'
import { runAgency } from '../jobs/agency.ts'
import { pollTraining } from '../jobs/training.ts'
import { publishTerms, recordAcceptance } from '../terms/store.ts'
import { renewalAsCsv } from './renewal-facts.ts'
import { type NewRenewal, readRenewal, readRenewalResult, startRenewal } from './renewals.ts'

const hour = 3_600_000
const day = 24 * hour

async function openMonth(opened: Opened, t: TestContext) {
  const moodle = await openMoodle(t)
  const settings = settingsFor(opened.folder, {
    ...{ MOODLE_URL: moodle.url, MOODLE_TOKEN: moodle.token },
    DATABASE_URL: opened.options.databaseUrl,
  })
  const services = { ...opened.services, settings }
  const desk = await openDesk({ ...opened, services })
  const { store, clock } = desk
  const act = { agent: { actor: desk.callers.administrator.id, role: 'administrator' as const }, now: 0 }
  const others = [
    services,
    { ...services, store: await opened.open() },
    { ...services, store: await opened.open() },
  ]
  return {
    ...{ moodle, services, desk },
    /** Three processes at the same moment. */
    run: () => Promise.all(others.map(one => runAgency(one, clock.now()))),
    poll: () => pollTraining(services, clock.now(), new AbortController().signal),
    async start(given: Partial<NewRenewal>): Promise<string> {
      const now = clock.now()
      const renewal: NewRenewal = {
        ...{ name: 'Renewal 2026', startsAt: now, endsAt: now + 30 * day, courses: [], terms: false },
        audience: { joinedBefore: null, organizations: [desk.ownOrganization], workgroups: [] },
        ...{ reminders: [14, 1], keepsOut: true, ...given },
      }
      const started = await store.write(tx => startRenewal(services, tx, { ...act, now }, renewal))
      assert.ok(started.ok)
      return started.value
    },
    async person(username: string, moodleId: number): Promise<string> {
      const email = `${username}@example.org`
      const id = await desk.add({ username, email, organizationIds: [desk.ownOrganization] })
      for (const course of [7, 9])
        moodle.add({ id: moodleId, firstname: username, lastname: 'X', email }, course, unfinished)
      return id
    },
    finish: (moodleId: number, username: string, course: number) =>
      moodle.add(
        { id: moodleId, firstname: username, lastname: 'X', email: `${username}@example.org` },
        course,
        finishedAt(clock.now()),
      ),
    async letters(kind: string): Promise<readonly string[]> {
      const rows = await store.read.selectFrom('mail').select('recipient').where('kind', '=', kind).execute()
      return rows.map(({ recipient }) => recipient).toSorted()
    },
    async stateOf(id: string): Promise<string> {
      const row = await store.read
        .selectFrom('account')
        .select('training_state')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return row.training_state
    },
  }
}

const mine = (letters: readonly string[]) => letters.filter(one => /^(amina|bao|chue)@/.test(one))

eachEngine(
  'a renewal month: told, reminded once, a course that changes in the middle, the rest kept out, and let in again',
  async (open, t) => {
    const opened = await open()
    const month = await openMonth(opened, t)
    const { desk, run, poll } = month
    const { store, clock } = desk
    const [first, second] = [await addCourse(store, 7, clock.now()), await addCourse(store, 9, clock.now())]
    const amina = await month.person('amina', 41)
    const bao = await month.person('bao', 42)
    const chue = await month.person('chue', 43)
    month.finish(41, 'amina', 7)
    await poll()
    clock.advance(day)
    const id = await month.start({ courses: [first, second] })
    await run()
    assert.deepEqual(mine(await month.letters('renewal-person')), [
      ...['amina@example.org', 'bao@example.org', 'chue@example.org'],
    ])
    await run()
    assert.equal(mine(await month.letters('renewal-person')).length, 3, 'once, of three processes')
    const clara = await addContact(desk, 'clara', desk.ownOrganization)
    const contactSees = async () =>
      (
        await (await (await desk.signIn(clara.id)).get(`/agency/${desk.ownOrganization}/renewals`)).text()
      ).replace(/<nav.*?<\/nav>/gs, '')
    assert.match(await contactSees(), /Renewal 2026/)
    clock.advance(5 * day)
    for (const course of [7, 9]) month.finish(41, 'amina', course)
    month.finish(42, 'bao', 9)
    await poll()
    await run()
    clock.advance(12 * day)
    await store.writeOne(db =>
      db.updateTable('course').set({ retired_at: clock.now() }).where('id', '=', first).execute(),
    )
    await poll()
    await run()
    assert.deepEqual(mine(await month.letters('renewal-person')).toSorted(), [
      ...['amina@example.org', 'bao@example.org', 'chue@example.org', 'chue@example.org'],
    ])
    clock.advance(14 * day)
    await Promise.all([run(), run()])
    const result = await readRenewalResult(store.read, id)
    const outcomes = new Map(
      result.map(line => [line.account_id, line.outcome ?? (line.done_at ? 'renewed' : '')]),
    )
    assert.deepEqual(
      [amina, bao, chue].map(one => outcomes.get(one)),
      ['renewed', 'renewed', 'kept-out'],
    )
    assert.deepEqual(await Promise.all([amina, bao, chue].map(month.stateOf)), [
      'finished',
      'finished',
      'lapsed',
    ])
    const renewal = await readRenewal(store.read, id)
    assert.equal(renewal?.sha256, createHash('sha256').update(renewalAsCsv(result)).digest('hex'))
    assert.doesNotMatch(await contactSees(), /Renewal 2026/, 'it has closed itself')
    assert.deepEqual(mine(await month.letters('renewal-over')), ['chue@example.org'])
    month.finish(43, 'chue', 7)
    month.finish(43, 'chue', 9)
    clock.advance(hour)
    await poll()
    assert.equal(await month.stateOf(chue), 'finished')
    const sealed = await store.read
      .selectFrom('audit_record')
      .select('args')
      .where('args', 'like', '%"state":"closed"%')
      .execute()
    assert.equal(sealed.length, 1)
  },
)

eachEngine(
  'terms that are accepted anew are asked for from the first day, and that renews',
  async (open, t) => {
    const month = await openMonth(await open(), t)
    const { desk, run } = month
    const { store, clock } = desk
    const bao = await desk.add({ username: 'bao', organizationIds: [desk.ownOrganization] })
    const terms = { text: 'Keep it safe.', effectiveAt: clock.now(), by: 'system', now: clock.now() }
    const version = await store.write(tx => publishTerms(tx, terms))
    await store.write(tx => recordAcceptance(tx, bao, version, clock.now(), '192.0.2.1'))
    const who = await desk.signIn(bao)
    assert.equal((await who.get('/')).status, 200)
    const id = await month.start({ terms: true, startsAt: clock.now() + day, endsAt: clock.now() + 20 * day })
    await run()
    assert.equal((await readRenewal(store.read, id))?.opened_at, null, 'not before its day')
    assert.equal((await who.get('/')).status, 200)
    clock.advance(day)
    await run()
    const again = await desk.signIn(bao)
    const led = await again.get('/')
    assert.deepEqual([led.status, led.headers.get('location')], [303, '/terms'])
    await store.write(tx => recordAcceptance(tx, bao, version, clock.now(), '192.0.2.1'))
    await run()
    const line = (await readRenewalResult(store.read, id)).find(({ account_id }) => account_id === bao)
    assert.notEqual(line?.done_at, null)
    assert.equal((await again.get('/')).status, 200)
  },
)

eachEngine('the end of a renewal never takes the last active administrator', async (open, t) => {
  const month = await openMonth(await open(), t)
  const { desk, run } = month
  const { store, clock } = desk
  const course = await addCourse(store, 7, clock.now())
  const id = await month.start({
    courses: [course],
    audience: { joinedBefore: null, organizations: [], workgroups: [] },
  })
  clock.advance(31 * day)
  await run()
  const administrators = await store.read
    .selectFrom('account')
    .select('training_state')
    .where('role', '=', 'administrator')
    .where('deactivated_at', 'is', null)
    .execute()
  assert.equal(administrators.filter(({ training_state }) => training_state !== 'lapsed').length, 1)
  const kept = (await readRenewalResult(store.read, id)).filter(
    ({ outcome }) => outcome === 'last-administrator',
  )
  assert.equal(kept.length, 1)
})

eachEngine(
  'an administrator plans a renewal with a count before, and a reader of all sees how far it is',
  async (open, t) => {
    const month = await openMonth(await open(), t)
    const { desk } = month
    const { administrator, helpdesk, scoped } = desk.callers
    const base = '/helpdesk/renewals'
    const course = await addCourse(desk.store, 7, desk.clock.now())
    const form = [
      ...([
        ['name', 'Renewal 2026'],
        ['from', '2026-01-15'],
        ['to', '2026-02-14'],
        ['course', course],
      ] as const),
      ...([
        ['organization', desk.ownOrganization],
        ['reminders', '7'],
        ['after', 'nothing'],
      ] as const),
    ] as const
    const wrong = await administrator.post(`${base}/new`, {
      name: '',
      from: 'x',
      to: '2020-01-01',
      reminders: 'soon',
    })
    assert.equal(wrong.status, 422)
    const check = await (await administrator.postAll(`${base}/new`, form)).text()
    assert.match(check, /\d+ (person is|people are) asked to renew/)
    const started = await administrator.postAll(`${base}/new`, [...form, ['do', 'start']])
    assert.equal(started.status, 303)
    const path = (started.headers.get('location') ?? '').split('?')[0] ?? ''
    assert.match(await (await helpdesk.get(path)).text(), /Lakeside Night Shelter/)
    assert.match(await (await helpdesk.get(`${path}/export`)).text(), /^.?username,/)
    assert.equal((await scoped.get(path)).status, 403)
    assert.equal((await helpdesk.post(`${path}/close`, {})).status, 403)
    assert.equal((await administrator.post(`${path}/close`, {})).status, 303)
    assert.match(await (await helpdesk.get(path)).text(), /SHA-256/)
  },
)
