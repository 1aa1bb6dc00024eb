/** What a stolen console could do very often, or at the same moment. */
import assert from 'node:assert/strict'
import { agentLookupShare, agentSheetsShare, refusalShare } from '../../src/throttle/rules.ts'
import { takeOverCourses } from '../../src/training/courses.ts'
import { eachEngine, type Opened, settingsFor } from '../support/database/store.ts'
import { finishedAt, type MoodleStandIn, openMoodle } from '../support/outside/moodle.ts'
import { type Desk, openDesk } from '../support/people/desk.ts'
import type { Scope } from '../support/process/process.ts'

const said = { reason: 'Called and asked.', identified: 'call-back' }

const sheetFor = (desk: Desk, id: string, version: number, how = 'print') =>
  desk.callers.helpdesk.post('/helpdesk/sheets', { ...said, how, person: `${id}:${version}` })

/** Temporary passwords on a page; parts of ids are none. */
const passwordsIn = (page: string): readonly string[] =>
  page.match(/(?<![\w-])[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}(?![\w-])/g) ?? []

async function versionOf({ store }: Desk, id: string): Promise<number> {
  const row = await store.read
    .selectFrom('account')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.version
}

const incidentsIn = async ({ store }: Desk): Promise<readonly string[]> =>
  (await store.read.selectFrom('incident').select('kind').execute()).map(({ kind }) => kind)

const statusesOf = async (answers: readonly Promise<Response>[]): Promise<Readonly<Record<number, number>>> =>
  Object.fromEntries(
    [...Map.groupBy(await Promise.all(answers), ({ status }) => status)].map(([status, list]) => [
      status,
      list.length,
    ]),
  )

async function deskWithMoodle(opened: Opened, t: Scope): Promise<{ desk: Desk; moodle: MoodleStandIn }> {
  const moodle = await openMoodle(t)
  const settings = settingsFor(opened.folder, {
    MOODLE_URL: moodle.url,
    MOODLE_TOKEN: moodle.token,
    MOODLE_COURSES: '7',
  })
  const services = { ...opened.services, settings }
  await takeOverCourses(services)
  return { desk: await openDesk({ ...opened, services }), moodle }
}

eachEngine('after ten sheets or batches of links in ten minutes an agent gets no more', async open => {
  const desk = await openDesk(await open())
  for (let n = 1; n <= agentSheetsShare.most; n++)
    assert.equal(
      (await sheetFor(desk, desk.inside, n, n % 2 === 0 ? 'mail' : 'print')).status,
      200,
      String(n),
    )
  const before = await versionOf(desk, desk.inside)
  const refused = await sheetFor(desk, desk.inside, before)
  assert.equal(refused.status, 429)
  assert.equal(refused.headers.get('retry-after'), String(agentSheetsShare.window / 1_000))
  assert.match(await refused.text(), /Nothing was done\. You did this 10 times/)
  assert.equal(await versionOf(desk, desk.inside), before)
  assert.deepEqual(await incidentsIn(desk), ['agent-limit'])
})

eachEngine('of 20 sheets asked for at once for one person, one shows a password', async open => {
  const desk = await openDesk(await open())
  const answers = await Promise.all(Array.from({ length: 20 }, () => sheetFor(desk, desk.inside, 1)))
  const texts = await Promise.all(answers.map(answer => answer.text()))
  const shown = texts.flatMap(passwordsIn)
  assert.equal(new Set(shown).size, 1)
  assert.equal(await versionOf(desk, desk.inside), 2)
  assert.ok(answers.filter(({ status }) => status === 200).length <= agentSheetsShare.most)
})

eachEngine('a sheet asked for a second time shows no password', async open => {
  const desk = await openDesk(await open())
  const first = await (await sheetFor(desk, desk.inside, 1)).text()
  const [password = ''] = passwordsIn(first)
  assert.notEqual(password, '')
  const again = await (await sheetFor(desk, desk.inside, 1)).text()
  assert.match(again, /Nothing was done for 1 person/)
  for (const text of [again, await (await desk.callers.helpdesk.get('/helpdesk/sheets')).text()])
    assert.ok(!text.includes(password))
})

eachEngine('of 50 temporary passwords asked for at once, one takes effect', async open => {
  const desk = await openDesk(await open())
  const address = `/helpdesk/people/${desk.inside}/temporary-password`
  const statuses = await statusesOf(
    Array.from({ length: 50 }, () => desk.callers.helpdesk.post(address, { ...said, version: '1' })),
  )
  assert.equal(statuses[200], 1, JSON.stringify(statuses))
  assert.ok(Object.keys(statuses).every(status => ['200', '409', '422', '429', '503'].includes(status)))
  const issued = (await desk.events()).filter(
    ({ event, subject }) => event === 'authn_password_change' && subject === desk.inside,
  )
  assert.equal(issued.length, 1)
})

eachEngine('an agent who looks up one email address after another in Moodle has to wait', async (open, t) => {
  const { desk, moodle } = await deskWithMoodle(await open(), t)
  moodle.add(
    { id: 1, firstname: 'A', lastname: 'B', email: 'a@example.org' },
    7,
    finishedAt(desk.clock.now()),
  )
  const { helpdesk } = desk.callers
  const check = () => helpdesk.post('/helpdesk/training/check', { email: 'a@example.org' })
  assert.match(await (await check()).text(), /finished/i)
  const { length } = moodle.calls
  for (let n = 1; n < agentLookupShare.most; n++) await helpdesk.get(`/helpdesk/people/${desk.inside}`)
  const refused = await check()
  assert.equal(refused.status, 429)
  assert.ok(refused.headers.has('retry-after'))
  assert.equal(moodle.calls.length, length, 'Moodle is not asked')
  assert.deepEqual(await incidentsIn(desk), ['agent-limit'])
})

eachEngine(
  'an email address cannot add anything to a request to Moodle, and no page shows the token',
  async (open, t) => {
    const { desk, moodle } = await deskWithMoodle(await open(), t)
    const email = 'a&wsfunction=core_user_delete_users&wstoken=x@example.org'
    const moods = ['well', 'redirect', 'html', 'error-500', 'half', 'maintenance', 'flood'] as const
    for (const mood of moods) {
      moodle.mood = mood
      desk.clock.advance(60_000)
      const answer = await desk.callers.helpdesk.post('/helpdesk/training/check', { email })
      assert.equal(answer.status, 200, mood)
      const page = await answer.text()
      assert.ok(!page.includes(moodle.token) && !page.includes(moodle.url), mood)
    }
    assert.ok(moodle.calls.length > 0)
    for (const { name, fields } of moodle.calls) {
      assert.equal(name, 'core_user_get_users_by_field')
      assert.deepEqual(fields, { field: 'email', 'values[0]': email })
    }
  },
)

eachEngine('an agent who copies the list of people page by page has to wait', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  const places = [
    `/helpdesk/organizations/${desk.ownOrganization}`,
    '/helpdesk/sheets',
    '/helpdesk/people?q=i',
  ]
  for (let n = 0; n < agentLookupShare.most; n++)
    assert.equal((await helpdesk.get(places[n % places.length] ?? '')).status, 200)
  for (const place of [...places, '/helpdesk/training'])
    assert.equal((await helpdesk.get(place)).status, 429, place)
  const asked = { firstName: 'Ines', lastName: 'Lee', email: 'ines@example.org' }
  for (const form of ['/helpdesk/people/new', '/helpdesk/people/new/create'])
    assert.equal((await helpdesk.post(form, asked)).status, 429, form)
  assert.equal((await helpdesk.get('/helpdesk/audit')).status, 429, 'each page of the log leaves a record')
  assert.equal((await helpdesk.get('/helpdesk')).status, 200)
  assert.deepEqual(await incidentsIn(desk), ['agent-limit'])
})

eachEngine('nobody can flood the log by asking for people they may not see', async open => {
  const desk = await openDesk(await open())
  const { user, pending } = desk.callers
  const count = async (what: string) => (await desk.events()).filter(({ event }) => event === what).length
  for (let n = 0; n < refusalShare.most + 20; n++) {
    assert.equal((await user.get('/helpdesk/audit')).status, 403)
    assert.equal((await pending.post('/preferences', { theme: 'dark' })).status, 303)
  }
  assert.equal(await count('authz_fail'), refusalShare.most)
  assert.equal(await count('sequence_fail'), refusalShare.most)
  assert.equal(await count('excess_rate_limit_exceeded'), 2)
})

eachEngine(
  'nobody can flood the log by asking for pages that do not exist or for other agents’ exports',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk } = desk.callers
    const count = async (what: string) => (await desk.events()).filter(({ event }) => event === what).length
    for (let n = 0; n < refusalShare.most + 20; n++) {
      assert.equal((await helpdesk.get(`/helpdesk/organizations/${n}`)).status, 404)
      assert.equal((await helpdesk.get('/helpdesk/reports/audit?agent=chief')).status, 403)
    }
    assert.equal(await count('malicious_direct_reference'), refusalShare.most)
    assert.equal(await count('authz_fail'), refusalShare.most)
  },
)
