import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachEngine } from '../../test/support/database/store.ts'
import { addPolicy } from '../../test/support/people/people.ts'
import type { Outcome } from '../refusals.ts'
import {
  changePolicy,
  checkChange,
  createPolicy,
  parsePolicy,
  readPolicy,
  readPolicyState,
} from './policy.ts'
import { weakens } from './rules.ts'
import { canWeaken, type PolicyName, policyTable } from './table.ts'

const rows = Object.entries(policyTable)
const defaults = parsePolicy('{}')
const codesOf = (outcome: Outcome<unknown>) => (outcome.ok ? [] : outcome.refusals.map(({ code }) => code))

test('every default is in its own range and every row says what, how far and why', () => {
  for (const [name, row] of rows) {
    assert.ok(row.schema.safeParse(row.default).success, name)
    assert.equal(defaults[name as PolicyName], row.default)
    assert.ok(row.meaning.endsWith('.') && row.range.length > 0 && row.source.length > 0, name)
  }
})

test('the limits of the standards cannot be left: idle at most an hour, a session at most a day', () => {
  const refused: readonly (readonly [PolicyName, unknown])[] = [
    ['idleMinutes', 61],
    ['idleMinutes', 5],
    ['sessionHours', 25],
    ['sessionsPerPerson', 0],
    ['resetLinkMinutes', 1_441],
    ['temporaryPasswordHours', 0],
    ['passwordHistory', -1],
    ['passwordHistory', 1.5],
    ['timeZone', 'Mars/Olympus'],
    ['siteName', ''],
    ['siteName', 'two\nlines'],
    ['siteName', ' with blanks around '],
    ['helpdeskEmail', 'write to us'],
    ['helpdeskEmail', 'a@example.org, b@example.org'],
    ['doorColor', 'teal'],
    ['doorColor', '#0f4c5c;}'],
    ['doorColor', '#0F4C5C'],
    ['agencyLogo', '../secret'],
    ['twoStep', 'sometimes'],
    ['securityQuestion', 'on'],
  ]
  for (const [name, value] of refused)
    assert.ok(!policyTable[name].schema.safeParse(value).success, `${name} ${value}`)
})

/** A weaker value after a stronger one; undefined: no change of it weakens a lock. */
const directions: Readonly<Record<PolicyName, readonly [stronger: unknown, weaker: unknown] | undefined>> = {
  passwordPolicy: ['length', 'composition'],
  passwordHistory: [4, 3],
  temporaryPasswordHours: [72, 73],
  securityQuestion: [true, false],
  resetLinkMinutes: [15, 1_440],
  recoveryMailsPerHour: [3, 4],
  twoStep: ['required', 'optional'],
  twoStepFrom: ['', '2027-01-15'],
  twoStepGraceDays: [7, 90],
  passkeys: ['second-step', 'sign-in'],
  ownComputerDays: [0, 30],
  codeCards: ['off', 'helpdesk'],
  idleMinutes: [30, 31],
  sessionHours: [12, 24],
  sessionsPerPerson: [1, 5],
  reauthenticationMinutes: [10, 30],
  emailSignIn: [false, true],
  signInNotice: [true, false],
  dormantDays: [90, 91],
  dormancyNoticeDays: undefined,
  leaversPerDay: [10, 11],
  requestDays: undefined,
  reviewSuspendDays: [30, 0],
  termsYearly: [true, false],
  trainingGate: ['warn', 'off'],
  trainingMonths: [12, 0],
  retrainMonths: [6, 0],
  siteName: undefined,
  siteBanner: undefined,
  helpdeskName: undefined,
  helpdeskEmail: undefined,
  helpdeskPhone: undefined,
  doorColor: undefined,
  agencyLogo: undefined,
  timeZone: undefined,
}

test('every policy says in which direction it weakens, and none weakens in the other', () => {
  assert.deepEqual(Object.keys(directions).toSorted(), Object.keys(policyTable).toSorted())
  for (const [name, pair] of Object.entries(directions) as [PolicyName, (typeof directions)[PolicyName]][]) {
    assert.equal(canWeaken(name), pair !== undefined, name)
    if (pair === undefined) continue
    const [stronger, weaker] = pair
    assert.equal(weakens({ ...defaults, [name]: stronger }, name, weaker), true, `${name} to ${weaker}`)
    assert.equal(weakens({ ...defaults, [name]: weaker }, name, stronger), false, `${name} to ${stronger}`)
    assert.equal(weakens({ ...defaults, [name]: weaker }, name, weaker), false, `${name} as it is`)
  }
})

test('training that never expires is weaker than any that does, and a choice goes from strong to weak step by step', () => {
  const isWeaker = (name: PolicyName, before: unknown, after: unknown) =>
    weakens({ ...defaults, [name]: before }, name, after)
  assert.deepEqual(
    [
      isWeaker('trainingMonths', 60, 0),
      isWeaker('trainingMonths', 0, 60),
      isWeaker('trainingMonths', 12, 24),
    ],
    [true, false, true],
  )
  assert.deepEqual(
    [
      isWeaker('twoStep', 'optional', 'off'),
      isWeaker('twoStep', 'required', 'off'),
      isWeaker('twoStep', 'off', 'optional'),
    ],
    [true, true, false],
  )
  assert.equal(isWeaker('idleMinutes', 30, 61), false, 'what is out of range is refused anyway')
})

test('a text that was read before never stands in for another', () => {
  const texts = ['{}', '{"idleMinutes":10}', '{"idleMinutes":20}', '{}', '{"idleMinutes":10}']
  assert.deepEqual(
    texts.map(text => parsePolicy(text).idleMinutes),
    [30, 10, 20, 30, 10],
  )
  assert.equal(parsePolicy('{"idleMinutes":10}'), parsePolicy('{"idleMinutes":10}'))
  assert.deepEqual(parsePolicy('{}'), defaults)
})

eachEngine('a store without its row has the defaults, and of many that make the row one does', async open => {
  const { store } = await open()
  assert.deepEqual(await readPolicy(store), defaults)
  const made = await Promise.all(Array.from({ length: 10 }, () => store.write(createPolicy)))
  assert.equal(made.filter(Boolean).length, 1)
})

eachEngine('a change holds at once for whoever reads, with what it was before', async open => {
  const opened = await open()
  await addPolicy(opened)
  const other = await opened.open()
  assert.equal((await readPolicy(other)).idleMinutes, 30)
  const changed = await opened.store.write(tx => changePolicy(tx, 'idleMinutes', 15, 1))
  assert.deepEqual(changed, { ok: true, value: { before: 30, after: 15 } })
  assert.equal((await readPolicy(other)).idleMinutes, 15)
  const more = await opened.store.write(tx => changePolicy(tx, 'siteName', 'Ramsey', 2))
  assert.deepEqual(more, { ok: true, value: { before: 'Minnesota HMIS', after: 'Ramsey' } })
  assert.deepEqual(await readPolicy(other), { ...defaults, idleMinutes: 15, siteName: 'Ramsey' })
})

eachEngine('a change out of range, or to a version that moved meanwhile, is refused', async open => {
  const opened = await open()
  await addPolicy(opened)
  const change = (value: unknown, seen: number) =>
    opened.store.write(tx => changePolicy(tx, 'idleMinutes', value, seen))
  assert.deepEqual(codesOf(await change(61, 1)), ['policy.out-of-range'])
  assert.deepEqual(codesOf(await change(30, 1)), ['policy.unchanged'])
  assert.deepEqual(codesOf(await change(15, 2)), ['policy.changed-meanwhile'])
  assert.equal((await change(15, 1)).ok, true)
  assert.deepEqual(codesOf(await change(20, 1)), ['policy.changed-meanwhile'])
  assert.equal((await readPolicy(opened.store)).idleMinutes, 15)
})

eachEngine('of 20 who change the policy that they all saw, one is right and nothing is lost', async open => {
  const opened = await open()
  await addPolicy(opened)
  const changes = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      opened.store.write(tx => changePolicy(tx, 'dormantDays', 30 + at, 1)),
    ),
  )
  assert.equal(changes.filter(({ ok }) => ok).length, 1)
  const won = changes.find(({ ok }) => ok)
  assert.equal(won?.ok && won.value.after, (await readPolicy(opened.store)).dormantDays)
})

test('values that do not fit each other are refused by name, and one that was wrong before bars no other change', () => {
  const check = (overrides: object, name: PolicyName, value: unknown) =>
    codesOf(checkChange(parsePolicy(JSON.stringify(overrides)), name, value))
  assert.deepEqual(check({ dormantDays: 30 }, 'dormancyNoticeDays', 30), ['policy.notice-after-dormancy'])
  assert.deepEqual(check({ dormantDays: 31 }, 'dormancyNoticeDays', 30), [])
  assert.deepEqual(check({ dormancyNoticeDays: 30 }, 'dormantDays', 30), ['policy.notice-after-dormancy'])
  assert.deepEqual(check({}, 'helpdeskEmail', ''), ['policy.no-contact'])
  assert.deepEqual(check({ helpdeskPhone: '612 555 0140' }, 'helpdeskEmail', ''), [])
  assert.deepEqual(check({ dormantDays: 30, dormancyNoticeDays: 30 }, 'idleMinutes', 20), [])
  assert.deepEqual(check({}, 'doorColor', '#7a1f3d'), [])
})

test('a door color that cannot be read is refused with the ratio that it has', () => {
  const outcome = checkChange(defaults, 'doorColor', '#767676')
  assert.deepEqual(outcome, {
    ok: false,
    refusals: [{ code: 'policy.link-contrast', detail: '3.9', field: 'value' }],
  })
  assert.deepEqual(codesOf(checkChange(defaults, 'doorColor', '#ffffff')), ['policy.button-contrast'])
})

test('whatever the values are, a session without a request never outlives the session', () => {
  const { idleMinutes, sessionHours } = policyTable
  assert.ok((idleMinutes.schema.maxValue ?? Infinity) <= 60 * (sessionHours.schema.minValue ?? 0))
})

eachEngine('back to the default leaves nothing behind, so that the value follows the default', async open => {
  const opened = await open()
  await addPolicy(opened)
  const change = (value: unknown, seen: number) =>
    opened.store.write(tx => changePolicy(tx, 'idleMinutes', value, seen))
  assert.ok((await change(15, 1)).ok)
  assert.deepEqual([...(await readPolicyState(opened.store)).changed], ['idleMinutes'])
  assert.ok((await change(30, 2)).ok)
  const { changed, version } = await readPolicyState(opened.store)
  assert.deepEqual([[...changed], version], [[], 3])
})
