import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { takeoverKind } from '../account/incidents.ts'
import { createAccount } from '../account/store.ts'
import { type Act, takeSubject, type VerbOutcome } from '../administration/act.ts'
import { createPerson } from '../administration/create.ts'
import {
  issueTemporaryPassword,
  lockDown,
  resetQuestion,
  resetTwoStep,
  unlock,
} from '../administration/credential.ts'
import { checkEntry, tidyEntry } from '../administration/entry.ts'
import { changeRole } from '../administration/role.ts'
import { endSessions } from '../administration/sessions.ts'
import { deactivate, reactivate, scheduleLeaving, suspend } from '../administration/state.ts'
import { verifyAudit } from '../audit/verify.ts'
import { readPolicy } from '../policy/policy.ts'
import type { Role } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { claimTry, counterName } from '../throttle/store.ts'

const hour = 3_600_000
const hash = { encoded: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', pepperId: 'testkey1' }

const add = ({ store, clock }: Opened, username: string, role: Role = 'user') =>
  store.write(tx =>
    createAccount(
      tx,
      {
        username,
        firstName: 'Amina',
        lastName: 'Warsame',
        email: `${username}@example.org`,
        role,
        organizationIds: [],
        workgroupIds: [],
      },
      clock.now(),
    ),
  )

const actOn = (opened: Opened, subjectId: string, changes: Partial<Act> = {}): Act => ({
  agent: { actor: 'operator:test', role: 'administrator' },
  subjectId,
  reason: 'asked by telephone',
  now: opened.clock.now(),
  ...changes,
})

const codesOf = (outcome: VerbOutcome<unknown>) =>
  outcome.ok ? [] : outcome.refusals.map(({ code }) => code)

const read = ({ store }: Opened, id: string) =>
  store.read.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const administrators = async ({ store }: Opened) =>
  (await store.read.selectFrom('counter').select('value').executeTakeFirst())?.value ?? 0

eachEngine('of 50 administrators who are taken at once by different verbs one stays', async open => {
  const opened = await open()
  const ids: string[] = []
  for (let n = 0; n < 50; n++) ids.push(await add(opened, `admin${n}`, 'administrator'))
  const later = opened.clock.now() + hour
  const { services } = opened
  const verbs: readonly ((tx: Tx, act: Act) => Promise<VerbOutcome<unknown>>)[] = [
    (tx, act) => deactivate(services, tx, act),
    (tx, act) => suspend(services, tx, act, later),
    (tx, act) => scheduleLeaving(services, tx, act, later),
    (tx, act) => changeRole(services, tx, act, { role: 'user' }),
  ]
  const outcomes = await Promise.all(
    ids.map((id, n) => {
      const verb = verbs[n % verbs.length]
      assert.ok(verb)
      return opened.store.write(tx => verb(tx, actOn(opened, id)))
    }),
  )
  assert.equal(outcomes.filter(({ ok }) => ok).length, 49)
  assert.deepEqual(outcomes.flatMap(codesOf), ['account.last-administrator'])
  assert.equal(await administrators(opened), 1)
})

eachEngine('the count of active administrators follows every way out and back in', async open => {
  const opened = await open()
  const { services, store, clock } = opened
  await add(opened, 'first', 'administrator')
  const id = await add(opened, 'second', 'administrator')
  const later = clock.now() + hour
  const steps: readonly [(tx: Tx, act: Act) => Promise<VerbOutcome<unknown>>, number][] = [
    [(tx, act) => suspend(services, tx, act, later), 1],
    [(tx, act) => suspend(services, tx, act, later + hour), 1],
    [(tx, act) => scheduleLeaving(services, tx, act, later), 1],
    [(tx, act) => scheduleLeaving(services, tx, act, null), 1],
    [(tx, act) => deactivate(services, tx, act), 1],
    [(tx, act) => reactivate(services, tx, act), 2],
    [(tx, act) => changeRole(services, tx, act, { role: 'helpdesk', limit: [] }), 1],
    [(tx, act) => deactivate(services, tx, act), 1],
    [(tx, act) => changeRole(services, tx, act, { role: 'administrator' }), 1],
    [(tx, act) => reactivate(services, tx, act), 2],
  ]
  for (const [step, expected] of steps) {
    assert.deepEqual(codesOf(await store.write(tx => step(tx, actOn(opened, id)))), [])
    assert.equal(await administrators(opened), expected)
  }
})

eachEngine('a page that shows an older version of the account changes nothing', async open => {
  const opened = await open()
  const { services, store } = opened
  const id = await add(opened, 'amina')
  const seen = actOn(opened, id, { seenVersion: 1 })
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, () => store.write(tx => lockDown(services, tx, seen))),
  )
  assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
  assert.ok(outcomes.flatMap(codesOf).every(code => code === 'account.changed-meanwhile'))
  assert.equal((await read(opened, id)).version, 2)
})

eachEngine('a temporary password kills what is older, ends waits and a lock-down', async open => {
  const opened = await open()
  const { services, store, clock } = opened
  const id = await add(opened, 'amina')
  const stranger = counterName(services.keyring, 'password-stranger', 'amina')
  for (let n = 0; n < 5; n++) await store.writeOne(db => claimTry(db, stranger, clock.now()))
  await store.write(tx => lockDown(services, tx, actOn(opened, id)))
  const policy = await readPolicy(store)
  const outcome = await store.write(tx =>
    issueTemporaryPassword(services, tx, actOn(opened, id), hash, policy),
  )
  assert.ok(outcome.ok)
  assert.deepEqual(outcome.value, {
    expiresAt: clock.now() + policy.temporaryPasswordHours * hour,
    bar: undefined,
  })
  const account = await read(opened, id)
  assert.equal(account.epoch, 3)
  assert.equal(account.password_blocked_at, null)
  assert.equal((await store.read.selectFrom('throttle').selectAll().execute()).length, 0)
})

eachEngine('clearing the throttle forgets every wait of that account and no other', async open => {
  const opened = await open()
  const { services, store, clock } = opened
  const id = await add(opened, 'amina')
  const own = [
    ['password-stranger', 'amina'],
    ['password-known', 'amina'],
    ['code', id],
    ['code', `backup ${id}`],
    ['reauthentication', id],
    ['answer', id],
  ] as const
  for (const [kind, of] of [...own, ['password-stranger', 'bert'] as const])
    await store.writeOne(db => claimTry(db, counterName(services.keyring, kind, of), clock.now()))
  const cleared = await store.write(tx => unlock(services, tx, actOn(opened, id)))
  assert.ok(cleared.ok)
  assert.equal(cleared.value.failures, own.length)
  const left = await store.read.selectFrom('throttle').select('name').execute()
  assert.deepEqual(
    left.map(({ name }) => name),
    [counterName(services.keyring, 'password-stranger', 'bert')],
  )
})

eachEngine('a password and a second step reset within a day open an incident', async open => {
  const opened = await open()
  const { services, store, clock } = opened
  const id = await add(opened, 'amina')
  const pair = () =>
    store.writeOne(db =>
      db
        .insertInto('authenticator')
        .values({ id: id, account_id: id, secret_sealed: 'x', last_step: 0, added_at: 0, last_used_at: 0 })
        .execute(),
    )
  const incidents = async () =>
    (await store.read.selectFrom('incident').select('kind').execute()).map(({ kind }) => kind)
  await pair()
  assert.ok((await store.write(tx => resetTwoStep(services, tx, actOn(opened, id)))).ok)
  assert.deepEqual(await incidents(), [])
  clock.advance(25 * hour)
  const policy = await readPolicy(store)
  await store.write(tx => issueTemporaryPassword(services, tx, actOn(opened, id), hash, policy))
  assert.deepEqual(await incidents(), [])
  clock.advance(23 * hour)
  await pair()
  await store.write(tx => resetTwoStep(services, tx, actOn(opened, id)))
  assert.deepEqual(await incidents(), [takeoverKind])
})

eachEngine('a helpdesk agent touches neither equals nor administrators, and raises nobody', async open => {
  const opened = await open()
  const { services, store } = opened
  const agent = { actor: 'agent', role: 'helpdesk' as const }
  const [user, peer, chief] = [
    await add(opened, 'user'),
    await add(opened, 'peer', 'helpdesk'),
    await add(opened, 'chief', 'administrator'),
  ]
  for (const id of [peer, chief]) {
    const outcome = await store.write(tx => takeSubject(tx, actOn(opened, id, { agent })))
    assert.deepEqual(codesOf(outcome), ['account.not-yours'])
  }
  for (const role of ['helpdesk', 'administrator'] as const) {
    const raised = await store.write(tx =>
      changeRole(services, tx, actOn(opened, user, { agent }), { role, limit: [] }),
    )
    assert.deepEqual(codesOf(raised), ['account.not-yours'])
    const { subjectId: _, ...act } = actOn(opened, '', { agent })
    const entry = { username: 'x', firstName: 'X', lastName: 'Y', email: 'x@example.org' }
    const made = await store.write(tx =>
      createPerson(services, tx, act, { ...entry, role, organizationIds: [], workgroupIds: [] }),
    )
    assert.deepEqual(codesOf(made), ['account.not-yours'])
  }
  assert.ok((await store.write(tx => endSessions(services, tx, actOn(opened, user, { agent })))).ok)
})

eachEngine('every verb leaves a record with who, to whom, why and how the caller was known', async open => {
  const opened = await open()
  const { services, store, clock } = opened
  await add(opened, 'other', 'administrator')
  const id = await add(opened, 'amina')
  const policy = await readPolicy(store)
  const identified = 'call-back' as const
  const verbs: readonly ((tx: Tx, act: Act) => Promise<VerbOutcome<unknown>>)[] = [
    (tx, act) => issueTemporaryPassword(services, tx, act, hash, policy),
    (tx, act) => unlock(services, tx, act),
    (tx, act) => endSessions(services, tx, act),
    (tx, act) => lockDown(services, tx, act),
    (tx, act) => suspend(services, tx, act, clock.now() + hour),
    (tx, act) => scheduleLeaving(services, tx, act, clock.now() + hour),
    (tx, act) => deactivate(services, tx, act),
    (tx, act) => reactivate(services, tx, act),
    (tx, act) => changeRole(services, tx, act, { role: 'helpdesk', limit: [] }),
  ]
  for (const verb of verbs)
    assert.ok((await store.write(tx => verb(tx, actOn(opened, id, { identified })))).ok)
  const records = await store.read.selectFrom('audit_record').selectAll().where('subject', '=', id).execute()
  assert.equal(records.length, verbs.length)
  for (const record of records) {
    assert.equal(record.actor, 'operator:test')
    const args = JSON.parse(record.args) as Record<string, unknown>
    assert.equal(args['reason'], 'asked by telephone')
    assert.equal(args['identified'], identified)
    assert.doesNotMatch(record.args, /argon2/)
  }
  assert.ok((await verifyAudit(store, services.keyring)).whole)
})

eachEngine('what is not so is refused and changes nothing', async open => {
  const opened = await open()
  const { services, store, clock } = opened
  const id = await add(opened, 'amina')
  const act = actOn(opened, id)
  const cases: readonly [string, (tx: Tx) => Promise<VerbOutcome<unknown>>][] = [
    ['account.not-there', tx => deactivate(services, tx, { ...act, subjectId: 'nobody' })],
    ['account.two-step-off', tx => resetTwoStep(services, tx, act)],
    ['account.question-not-set', tx => resetQuestion(services, tx, act)],
    ['account.already-active', tx => reactivate(services, tx, act)],
    ['account.time-past', tx => suspend(services, tx, act, clock.now())],
    ['account.time-past', tx => scheduleLeaving(services, tx, act, clock.now() - 1)],
    ['account.same-role', tx => changeRole(services, tx, act, { role: 'user' })],
  ]
  const before = await read(opened, id)
  for (const [code, verb] of cases) assert.deepEqual(codesOf(await store.write(verb)), [code])
  assert.deepEqual(await read(opened, id), before)
})

eachEngine('a new account is made once under one name, however it is written', async open => {
  const opened = await open()
  const { services, store } = opened
  const { subjectId: _, ...act } = actOn(opened, '')
  const make = (username: string, organizationIds: readonly string[] = []) =>
    store.write(tx =>
      createPerson(services, tx, act, {
        username,
        firstName: ' Amina ',
        lastName: 'Warsame',
        email: 'amina@example.org',
        role: 'user',
        organizationIds,
        workgroupIds: [],
      }),
    )
  const made = await make('Amina.W')
  assert.ok(made.ok)
  assert.equal(made.value.username, 'amina.w')
  assert.deepEqual(codesOf(await make('AMINA.W ')), ['account.username-taken'])
  assert.deepEqual(codesOf(await make('amina2', ['nowhere'])), ['account.no-such-organization'])
})

test('an entry is told everything that is wrong with it', () => {
  const entry = { username: 'аmina', firstName: ' ', lastName: '\u202e', email: 'amina' }
  assert.deepEqual(
    checkEntry(tidyEntry(entry)).map(({ code }) => code),
    ['account.name-missing', 'account.email-shape', 'account.username-shape'],
  )
  const long = { ...entry, firstName: 'a'.repeat(81), lastName: 'b'.repeat(81) }
  assert.deepEqual(
    checkEntry(tidyEntry(long)).map(({ field }) => field),
    ['firstName', 'lastName', 'email', 'username'],
  )
  const good = { username: 'o.neil-2', firstName: 'Nguyễn', lastName: "O'Neil", email: 'o@example.org' }
  assert.deepEqual(checkEntry(tidyEntry(good)), [])
})

test('a person may have one name, and a name may need its joiners', () => {
  const entry = { username: 'ann. lee', firstName: '', lastName: '', email: 'a@example.org' }
  for (const name of ['Sukarno', 'علی\u200cرضا', 'ශ්\u200dරී'])
    for (const field of ['firstName', 'lastName']) {
      const tidied = tidyEntry({ ...entry, [field]: ` ${name}\u200b` })
      assert.deepEqual(checkEntry(tidied), [])
      assert.equal(tidied.firstName + tidied.lastName, name)
      assert.equal(tidied.username, 'ann.lee')
    }
})
