import assert from 'node:assert/strict'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { addOrganization, addPerson } from '../../test/support/people/people.ts'
import { parsePolicy } from '../policy/policy.ts'
import type { Policy } from '../policy/table.ts'
import { foldAnswer } from '../recovery/answer.ts'
import { prepareQuestion } from '../recovery/question.ts'
import { putQuestion, readQuestion, skipQuestion } from '../recovery/store.ts'
import { choosePassword } from './choose.ts'
import { createHashQueue, type Queued } from './hash-queue.ts'
import { createHasher, type StoredHash } from './hashing.ts'
import { readHashes, setOwnPassword, setTemporaryPassword } from './store.ts'

const defaults = parsePolicy('{}')
const hour = 3_600_000

function unqueued<Value>(queued: Queued<Value>): Value {
  return queued.busy ? assert.fail('the queue is full') : queued.value
}

async function fresh(open: () => Promise<Opened>) {
  const opened = await open()
  const { keyring } = opened.services
  const pepper = {
    currentId: keyring.currentId,
    keys: new Map([[keyring.currentId, keyring.key('pepper') ?? Buffer.alloc(0)]]),
  }
  const parameters = { memoryKib: 64, passes: 1, lanes: 1 }
  const hasher = createHasher({ pepper, parameters, queue: createHashQueue() })
  const organization = await addOrganization(opened, 'Lakeview Shelter')
  const id = await addPerson(opened, { organizationIds: [organization] })
  const person = { id, username: 'mlee', firstName: 'Maria', lastName: 'Lee', email: 'maria@example.org' }
  return { ...opened, hasher, person }
}
type Fresh = Awaited<ReturnType<typeof fresh>>

const choose = async (opened: Fresh, password: string, policy: Policy = defaults, confirm = password) =>
  choosePassword(opened, opened.person, { password, confirm }, policy)

const codesOf = async (opened: Fresh, password: string, policy?: Policy) => {
  const outcome = await choose(opened, password, policy)
  return outcome.ok ? [] : outcome.refusals.map(({ code, field }) => `${code} at ${field}`)
}

/** Takes a password as the page does. */
async function change(opened: Fresh, password: string, policy: Policy = defaults): Promise<void> {
  const outcome = await choose(opened, password, policy)
  assert.ok(outcome.ok, password)
  opened.clock.advance(1)
  await opened.store.write(tx =>
    setOwnPassword(tx, opened.person.id, outcome.value, policy, opened.clock.now()),
  )
}
async function giveTemporary(opened: Fresh, password: string): Promise<void> {
  const hash = unqueued(await opened.hasher.hash(password))
  await opened.store.write(tx =>
    setTemporaryPassword(tx, opened.person.id, hash, defaults, opened.clock.now()),
  )
}
const isCurrent = async ({ store, hasher, person }: Fresh, password: string) =>
  unqueued(await hasher.verify(password, (await readHashes(store, person.id, 0)).current))

const credential = ({ store, person }: Fresh) =>
  store.read.selectFrom('credential').selectAll().where('account_id', '=', person.id).executeTakeFirst()

const words = ['Maple', 'Cedar', 'Birch', 'Aspen', 'Alder', 'Hazel', 'Rowan']
const passwordOf = (number: number) => `Tall-${words[number]}-Fence-7!`

eachEngine('a temporary password runs out after 72 hours, and its end comes with the own one', async open => {
  const opened = await fresh(open)
  await giveTemporary(opened, 'k7wd-29xm-fhq4')
  const given = await credential(opened)
  assert.deepEqual([given?.is_temporary, given?.expires_at], [1, opened.clock.now() + 72 * hour])
  await change(opened, passwordOf(0))
  const own = await credential(opened)
  assert.deepEqual([own?.is_temporary, own?.expires_at], [0, null])
  assert.equal(await isCurrent(opened, passwordOf(0)), true)
  assert.equal(await isCurrent(opened, 'k7wd-29xm-fhq4'), false)
})

eachEngine(
  'a new temporary password ends the one before, and neither is ever a former password',
  async open => {
    const opened = await fresh(open)
    await giveTemporary(opened, 'k7wd-29xm-fhq4')
    await giveTemporary(opened, 'abcd-efgh-jkmn')
    assert.equal(await isCurrent(opened, 'k7wd-29xm-fhq4'), false)
    await change(opened, passwordOf(0))
    assert.deepEqual((await readHashes(opened.store, opened.person.id, 24)).former, [])
  },
)

eachEngine('the password in force is not taken again, nor with blanks around it', async open => {
  const opened = await fresh(open)
  await change(opened, passwordOf(0))
  for (const again of [passwordOf(0), ` ${passwordOf(0)}`, `${passwordOf(0)}  `])
    assert.deepEqual(await codesOf(opened, again), ['password.same-as-current at password'])
})

eachEngine('the temporary password is not taken as the own one', async open => {
  const opened = await fresh(open)
  await giveTemporary(opened, passwordOf(0))
  assert.deepEqual(await codesOf(opened, passwordOf(0)), ['password.same-as-current at password'])
})

eachEngine('the last four passwords are not taken again, the fifth is', async open => {
  const opened = await fresh(open)
  for (let number = 0; number <= 5; number++) await change(opened, passwordOf(number))
  for (const number of [1, 2, 3, 4])
    assert.deepEqual(await codesOf(opened, passwordOf(number)), ['password.used-before at password'])
  assert.deepEqual(await codesOf(opened, `${passwordOf(4)} `), ['password.used-before at password'])
  assert.deepEqual(await codesOf(opened, passwordOf(0)), [])
})

eachEngine(
  "no more former passwords are kept than the policy's number, and none when it is none",
  async open => {
    const opened = await fresh(open)
    const kept = async () => (await readHashes(opened.store, opened.person.id, 24)).former.length
    for (let number = 0; number <= 5; number++) await change(opened, passwordOf(number))
    assert.equal(await kept(), 4)
    await change(opened, passwordOf(6), { ...defaults, passwordHistory: 2 })
    assert.equal(await kept(), 2)
    const none = { ...defaults, passwordHistory: 0 }
    await change(opened, passwordOf(0), none)
    assert.equal(await kept(), 0)
    assert.deepEqual(await codesOf(opened, passwordOf(6), none), [])
  },
)

eachEngine('a temporary password between two own ones does not let the older one in again', async open => {
  const opened = await fresh(open)
  await change(opened, passwordOf(0))
  await giveTemporary(opened, 'k7wd-29xm-fhq4')
  assert.deepEqual(await codesOf(opened, passwordOf(0)), ['password.used-before at password'])
})

eachEngine('all that is missing is said at once, and names of the person’s own are not taken', async open => {
  const opened = await fresh(open)
  const entry = { password: 'abc', confirm: 'abd' }
  const outcome = await choosePassword(opened, opened.person, entry, defaults)
  const codes = outcome.ok ? [] : outcome.refusals.map(({ code }) => code)
  for (const code of ['too-short', 'no-capital', 'no-number', 'no-symbol', 'mismatch'] as const)
    assert.ok(codes.includes(`password.${code}`), code)
  assert.deepEqual(await codesOf(opened, 'Lakeview-1'), [
    'password.common at password',
    'password.personal at password',
  ])
})

eachEngine('a new password lifts the block that "this was not me" put on it', async open => {
  const opened = await fresh(open)
  const block = () =>
    opened.store.write(tx => tx.db.updateTable('account').set({ password_blocked_at: 1 }).execute())
  const blocked = async () =>
    (await opened.store.read.selectFrom('account').select('password_blocked_at').executeTakeFirst())
      ?.password_blocked_at
  await block()
  await change(opened, passwordOf(0))
  assert.equal(await blocked(), null)
  await block()
  await giveTemporary(opened, 'k7wd-29xm-fhq4')
  assert.equal(await blocked(), null)
})

eachEngine('a full queue is said, and nothing is hashed', async open => {
  const opened = await fresh(open)
  const busy = { busy: true, retryAfterSeconds: 5 } as const
  const full = { ...opened.hasher, hash: async () => busy, verify: async () => busy }
  const password = passwordOf(0)
  const outcome = await choosePassword(
    { store: opened.store, hasher: full },
    opened.person,
    { password, confirm: password },
    defaults,
  )
  assert.deepEqual(outcome, { ok: false, refusals: [{ code: 'request.busy' }] })
})

const storedAnswer = async ({ store, person }: Fresh): Promise<StoredHash | undefined> => {
  const row = await store.read
    .selectFrom('recovery_question')
    .selectAll()
    .where('account_id', '=', person.id)
    .executeTakeFirst()
  return row && { encoded: row.answer_encoded, pepperId: row.pepper_id }
}
const asked = async ({ store }: Fresh) =>
  (await store.read.selectFrom('account').select('recovery_asked').executeTakeFirst())?.recovery_asked
const ask = ({ store }: Fresh) =>
  store.write(tx => tx.db.updateTable('account').set({ recovery_asked: 1 }).execute())

eachEngine(
  'a security question is kept with the hash of its folded answer, and meets what asked for it',
  async open => {
    const opened = await fresh(open)
    await ask(opened)
    for (const [question, answer] of [
      ['Which street?', 'Maple St.'],
      [' Which other street? ', 'Cedar'],
    ] as const) {
      const prepared = await prepareQuestion(opened, opened.person, { question, answer })
      assert.ok(prepared.ok)
      await opened.store.write(tx =>
        putQuestion(tx, opened.person.id, prepared.value.question, prepared.value.answer, opened.clock.now()),
      )
      assert.equal(await readQuestion(opened.store, opened.person.id), question.trim())
      const stored = await storedAnswer(opened)
      assert.equal(
        unqueued(await opened.hasher.verify(foldAnswer(` ${answer.toUpperCase()}! `), stored)),
        true,
      )
      assert.equal(unqueued(await opened.hasher.verify('birch', stored)), false)
    }
    assert.equal(await asked(opened), 0)
  },
)

eachEngine('skipping meets the step and keeps no question', async open => {
  const opened = await fresh(open)
  await ask(opened)
  await opened.store.write(tx => skipQuestion(tx, opened.person.id))
  assert.deepEqual([await asked(opened), await readQuestion(opened.store, opened.person.id)], [0, undefined])
})

eachEngine('neither question nor answer may give the password in force away', async open => {
  const opened = await fresh(open)
  await change(opened, passwordOf(0))
  const entries = [
    { question: 'Which street?', answer: passwordOf(0) },
    { question: `Is it ${passwordOf(0)}?`, answer: 'maybe so' },
  ]
  for (const entry of entries) {
    assert.deepEqual(await prepareQuestion(opened, opened.person, entry), {
      ok: false,
      refusals: [{ code: 'recovery.gives-password', field: 'answer' }],
    })
  }
})
