/** Changes while a request is under way: a long body still comes, a hash still waits, a file is still being read. */
import assert from 'node:assert/strict'
import { createUsers } from '../../src/account/store.ts'
import type { Store } from '../../src/store/store.ts'
import { eachEngine } from '../support/database/store.ts'
import { type Caller, type Desk, openDesk } from '../support/people/desk.ts'

const said = { reason: 'Called and asked.', identified: 'call-back' }
const importAddress = '/helpdesk/import'
const people = 'First name,Last name,Email,Username\nAnn,Lee,ann@example.org,annlee\n'

const filesIn = async ({ store: { read } }: Desk): Promise<number> =>
  (await read.selectFrom('people_import').select('id').execute()).length

eachEngine('a file still on its way when its sender is deactivated is not taken', async open => {
  const desk = await openDesk(await open())
  const { administrator, helpdesk } = desk.callers
  const deactivated = () =>
    administrator.post(`/helpdesk/people/${helpdesk.id}/deactivate`, { ...said, version: '1' })
  const answer = await helpdesk.uploadSlowly(importAddress, 'people.csv', people, deactivated)
  assert.match(answer.headers.get('location') ?? '', /^\/sign-in/)
  assert.equal(await filesIn(desk), 0)
})

eachEngine('a file still on its way when its sender loses the role is not taken', async open => {
  const desk = await openDesk(await open())
  const { administrator, helpdesk } = desk.callers
  const changed = () =>
    administrator.post(`/helpdesk/people/${helpdesk.id}/role`, { ...said, version: '1', role: 'user' })
  const answer = await helpdesk.uploadSlowly(importAddress, 'people.csv', people, changed)
  assert.match(answer.headers.get('location') ?? '', /^\/sign-in/, 'a new role ends what is signed in')
  assert.equal(await filesIn(desk), 0)
})

eachEngine(
  'of ten files sent at once by one person two are read, and other people’s are read meanwhile',
  async open => {
    const desk = await openDesk(await open())
    const { administrator, helpdesk } = desk.callers
    const held = Promise.withResolvers<void>()
    const reading = Array.from({ length: 2 }, () => Promise.withResolvers<void>())
    const first = reading.map(({ resolve }) =>
      helpdesk.uploadSlowly(importAddress, 'people.csv', people, () => {
        resolve()
        return held.promise
      }),
    )
    await Promise.all(reading.map(({ promise }) => promise))
    for (let n = 0; n < 8; n++) {
      const refused = await helpdesk.upload(importAddress, 'people.csv', people)
      assert.equal(refused.status, 429)
      assert.ok(refused.headers.has('retry-after'))
    }
    assert.equal((await administrator.upload(importAddress, 'people.csv', people)).status, 303)
    held.resolve()
    for (const answer of first) assert.equal((await answer).status, 303)
    assert.equal((await helpdesk.upload(importAddress, 'people.csv', people)).status, 303)
  },
)

eachEngine('a security question on its way when the account is locked down is not kept', async open => {
  const opened = await open()
  const nothing = async () => {}
  let beforeWrite: () => Promise<unknown> = nothing
  const store: Store = {
    ...opened.store,
    async write(work) {
      await beforeWrite()
      return opened.store.write(work)
    },
  }
  const desk = await openDesk({ ...opened, services: { ...opened.services, store } })
  const { administrator, user } = desk.callers
  beforeWrite = async () => {
    beforeWrite = nothing
    await administrator.post(`/helpdesk/people/${user.id}/lock-down`, { ...said, version: '1' })
  }
  const entry = { question: 'Which meal do I never eat again?', answer: 'cold soup' }
  const answer = await user.post('/recovery/question', entry)
  assert.equal(answer.headers.get('location'), '/sign-in')
  assert.deepEqual(await opened.store.read.selectFrom('recovery_question').selectAll().execute(), [])
})

eachEngine('one person can keep only two costly forms going at once, and others are served', async open => {
  const opened = await open()
  const held = Promise.withResolvers<void>()
  const reached = Array.from({ length: 2 }, () => Promise.withResolvers<void>())
  let toHold: typeof reached = []
  const store: Store = {
    ...opened.store,
    async write(work) {
      const mine = toHold.pop()
      mine?.resolve()
      if (mine !== undefined) await held.promise
      return opened.store.write(work)
    },
  }
  const desk = await openDesk({ ...opened, services: { ...opened.services, store } })
  const { user, helpdesk } = desk.callers
  const set = (who: Caller) =>
    who.post('/recovery/question', { question: 'Which meal do I never eat again?', answer: 'cold soup' })
  toHold = [...reached]
  const first = [set(user), set(user)]
  await Promise.all(reached.map(({ promise }) => promise))
  for (let n = 0; n < 8; n++) {
    const refused = await set(user)
    assert.equal(refused.status, 429)
    assert.ok(refused.headers.has('retry-after'))
  }
  assert.equal((await set(helpdesk)).status, 303)
  held.resolve()
  for (const answer of first) assert.equal((await answer).status, 303)
  assert.equal((await set(user)).status, 303)
})

/** Accounts that come in several pages of an export. */
const manyPeople = 2_600

async function addMany({ store, clock, ownOrganization }: Desk): Promise<void> {
  const given = Array.from({ length: manyPeople }, (_, n) => ({
    username: `p${n}`,
    firstName: 'Pat',
    lastName: `Lee${n}`,
    email: `p${n}@example.org`,
    organizationIds: [ownOrganization],
    workgroupIds: [],
  }))
  await store.write(tx => createUsers(tx, given, clock.now()))
}

/** Begins an export of people and takes its first bytes. @returns what takes the rest, and throws when it is cut off. */
async function begin(who: Caller): Promise<() => Promise<number>> {
  const answer = await who.post('/helpdesk/reports/people', { reason: 'For the board.', form: 'jsonl' })
  assert.equal(answer.status, 200)
  const reader = answer.body?.getReader()
  await reader?.read()
  return async () => {
    for (let count = 0; ; count++) if ((await reader?.read())?.done !== false) return count
  }
}

eachEngine(
  'an export stops when its agent loses the account, the role or the session, or is limited anew',
  async open => {
    const desk = await openDesk(await open())
    await addMany(desk)
    const { administrator, helpdesk, scoped } = desk.callers
    const about = (id: string, verb: string, fields: object) =>
      administrator.post(`/helpdesk/people/${id}/${verb}`, { ...said, ...fields })
    const signedOut = await desk.signIn(await desk.add({ username: 'leaver', role: 'helpdesk' }))
    const cases: readonly (readonly [who: Caller, change: () => Promise<Response>])[] = [
      [helpdesk, () => about(helpdesk.id, 'lock-down', { version: '1' })],
      [
        scoped,
        () => about(scoped.id, 'scope', { version: '1', limited: 'yes', limitTo: desk.otherOrganization }),
      ],
      [signedOut, () => signedOut.post('/sign-out')],
    ]
    for (const [who, change] of cases) {
      const rest = await begin(who)
      assert.equal((await change()).status, 303)
      await assert.rejects(rest)
    }
    const ended = (await desk.events()).filter(({ args }) => args.includes('"whole":false'))
    assert.equal(ended.length, cases.length)
    const whole = await begin(administrator)
    assert.ok((await whole()) >= 4, 'who may go on is sent all of it')
  },
)

eachEngine('an export stops when the session that asked for it ends', async open => {
  const desk = await openDesk(await open())
  await addMany(desk)
  const rest = await begin(desk.callers.administrator)
  desk.clock.advance(31 * 60_000)
  await assert.rejects(rest)
})
