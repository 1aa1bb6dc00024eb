import assert from 'node:assert/strict'
import { test } from 'node:test'
import { finishedAt, type Mood, openMoodle, unfinished } from '../../test/support/outside/moodle.ts'
import { lookUp } from './look-up.ts'
import { createMoodle, neededFunctions } from './moodle.ts'
import type { Doubt } from './rules.ts'

const noor = { id: 41, firstname: 'Noor', lastname: 'Haddad', email: 'noor@example.org' }
const doneAt = Date.UTC(2026, 0, 5, 9)
const byEmail = { moodleUserId: null, email: noor.email, workgroupIds: [] }
const course = { id: 'privacy', moodleId: 7, name: 'Privacy', workgroups: [] }
const courses = [course]

/** Long enough for any machine; the one call that hangs has a limit of its own. */
const ample = 120_000

async function withNoor(t: { after(work: () => Promise<unknown>): void }, given: { patience?: number } = {}) {
  const server = await openMoodle(t)
  server.add(noor, 7, finishedAt(doneAt))
  const options = { url: server.url, token: server.token, patience: ample, ...given }
  return { server, options, moodle: createMoodle(options) }
}

test('somebody found by e-mail, whatever its capitals, has finished, and their id comes with it', async t => {
  const { moodle } = await withNoor(t)
  const finding = await lookUp(moodle, courses, { ...byEmail, email: 'Noor@Example.org' })
  assert.deepEqual(finding.known, { kind: 'finished', at: doneAt })
  assert.equal(finding.moodleUserId, 41)
})

test('the token is in the body and in no address', async t => {
  const { server, moodle } = await withNoor(t)
  await lookUp(moodle, courses, byEmail)
  assert.equal(server.calls.length, 2)
  assert.deepEqual(
    new Set(server.addresses),
    new Set(['/webservice/rest/server.php?moodlewsrestformat=json']),
  )
})

test('the stored id is asked for, not the address', async t => {
  const { server, moodle } = await withNoor(t)
  const finding = await lookUp(moodle, courses, { ...byEmail, moodleUserId: 41, email: 'old@example.org' })
  assert.equal(finding.known.kind, 'finished')
  assert.deepEqual(
    server.calls.map(({ name }) => name),
    ['core_completion_get_course_completion_status'],
  )
})

test('each course must be finished', async t => {
  const { server, options } = await withNoor(t)
  server.add(noor, 9, unfinished)
  assert.deepEqual(
    (await lookUp(createMoodle(options), [course, { ...course, id: 'other', moodleId: 9 }], byEmail)).known,
    {
      kind: 'not-finished',
    },
  )
})

test('a list is read page by page, in the order of ids, with names and addresses', async t => {
  const { server, moodle } = await withNoor(t)
  for (let id = 100; id < 350; id++)
    server.add({ id, firstname: 'Ada', lastname: `N${id}`, email: `n${id}@example.org` }, 7, unfinished)
  const pages = [await moodle.enrolled(7, 0), await moodle.enrolled(7, 200)]
  const users = pages.flatMap(page => (page.ok ? page.value : []))
  assert.equal(users.length, 251)
  assert.deepEqual(users[0], { id: 41, firstName: 'Noor', lastName: 'Haddad', email: 'noor@example.org' })
})

const people: readonly (readonly [claim: string, doubt: Doubt, change: (server: Server) => void])[] = [
  ['nobody has the address', 'nobody', server => server.people.splice(0)],
  [
    'two people have the address',
    'several',
    server => server.add({ ...noor, id: 42 }, 7, finishedAt(doneAt)),
  ],
  ['they are not enrolled', 'not-enrolled', server => server.courses.get(7)?.clear()],
  [
    'the course has no criteria',
    'no-criteria',
    server => server.add(noor, 7, { completed: false, criteria: [] }),
  ],
  [
    'Moodle has not worked it out yet',
    'not-worked-out',
    server => server.add(noor, 7, { ...finishedAt(doneAt), completed: false }),
  ],
  ['the course is gone', 'not-allowed', server => server.courses.clear()],
  [
    'the token may not ask for completion',
    'not-allowed',
    server => server.functions.delete('core_completion_get_course_completion_status'),
  ],
]
type Server = Awaited<ReturnType<typeof openMoodle>>

for (const [claim, doubt, change] of people) {
  test(`nothing can be told when ${claim}`, async t => {
    const { server, moodle } = await withNoor(t)
    change(server)
    assert.deepEqual((await lookUp(moodle, courses, byEmail)).known, { kind: 'cannot-tell', why: doubt })
  })
}

test('nothing can be told with a wrong token, and the code says so without the token', async t => {
  const { options } = await withNoor(t)
  const finding = await lookUp(createMoodle({ ...options, token: 'wrong-token' }), courses, byEmail)
  assert.deepEqual(finding.fault, { why: 'not-allowed', code: 'invalidtoken' })
})

const moods: readonly (readonly [Mood, Doubt])[] = [
  ['error-500', 'unreadable'],
  ['html', 'unreadable'],
  ['half', 'unreadable'],
  ['null', 'unreadable'],
  ['other-shape', 'unreadable'],
  ['flood', 'unreadable'],
  ['redirect', 'unreadable'],
  ['cut', 'unreachable'],
  ['maintenance', 'maintenance'],
  ['maintenance-503', 'maintenance'],
]

for (const [mood, doubt] of moods) {
  test(`nothing can be told when Moodle answers with "${mood}"`, async t => {
    const { server, moodle } = await withNoor(t)
    server.mood = mood
    assert.deepEqual((await lookUp(moodle, courses, byEmail)).known, { kind: 'cannot-tell', why: doubt })
    assert.equal(server.calls.length, 1)
  })
}

test('a call that hangs ends, and then no other is made for a while', async t => {
  let now = 0
  const { server, options } = await withNoor(t, { patience: 50 })
  const moodle = createMoodle(options, () => now)
  server.mood = 'hang'
  const hung = await lookUp(moodle, courses, byEmail)
  assert.deepEqual(hung.known, { kind: 'cannot-tell', why: 'unreachable' })
  const calls = server.calls.length
  server.mood = 'well'
  assert.equal((await lookUp(moodle, courses, byEmail)).fault?.code, 'resting')
  assert.equal(server.calls.length, calls)
  now += 20_000
  assert.equal(
    (await lookUp(createMoodle({ ...options, patience: ample }), courses, byEmail)).known.kind,
    'finished',
  )
})

test('what was given up does not make Moodle rest', async t => {
  const { server, moodle } = await withNoor(t)
  assert.equal((await lookUp(moodle, courses, byEmail, AbortSignal.abort())).known.kind, 'cannot-tell')
  assert.equal((await lookUp(moodle, courses, byEmail)).known.kind, 'finished')
  assert.equal(server.calls.length, 2)
})

test('who is in no workgroup that a course is for has nothing to finish, and nobody is asked', async t => {
  const { server, moodle } = await withNoor(t)
  const some = [{ ...course, workgroups: ['assessors'] }]
  const why = async (workgroupIds: readonly string[]) =>
    (await lookUp(moodle, some, { ...byEmail, workgroupIds })).known
  assert.deepEqual(await why(['night desk']), { kind: 'cannot-tell', why: 'none-asked' })
  assert.equal(server.calls.length, 0)
  assert.deepEqual(await why(['night desk', 'assessors']), { kind: 'finished', at: doneAt })
  assert.deepEqual((await lookUp(moodle, [], byEmail)).known, { kind: 'cannot-tell', why: 'no-moodle' })
})

test('nobody listens: nothing can be told', async () => {
  const moodle = createMoodle({ url: 'http://127.0.0.1:1', token: 'abc' })
  assert.deepEqual((await lookUp(moodle, courses, byEmail)).known, {
    kind: 'cannot-tell',
    why: 'unreachable',
  })
})

test('no Moodle is set: nothing can be told', async () => {
  assert.deepEqual((await lookUp(undefined, courses, byEmail)).known, {
    kind: 'cannot-tell',
    why: 'no-moodle',
  })
})

test('the functions of a token are known, for the doctor', async t => {
  const { moodle } = await withNoor(t)
  const reply = await moodle.functions()
  assert.ok(reply.ok && neededFunctions.every(name => reply.value.includes(name)))
})
