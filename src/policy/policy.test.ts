import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPolicy } from '../../test/support/people.ts'
import { eachEngine } from '../../test/support/store.ts'
import { changePolicy, createPolicy, parsePolicy, readPolicy } from './policy.ts'
import { type PolicyName, policyTable } from './table.ts'

const rows = Object.entries(policyTable)
const defaults = parsePolicy('{}')

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
    ['twoStep', 'sometimes'],
    ['securityQuestion', 'on'],
  ]
  for (const [name, value] of refused)
    assert.ok(!policyTable[name].schema.safeParse(value).success, `${name} ${value}`)
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
  assert.deepEqual(changed, { ok: true, before: 30, after: 15 })
  assert.equal((await readPolicy(other)).idleMinutes, 15)
  const more = await opened.store.write(tx => changePolicy(tx, 'siteName', 'Ramsey', 2))
  assert.deepEqual(more, { ok: true, before: 'Minnesota HMIS', after: 'Ramsey' })
  assert.deepEqual(await readPolicy(other), { ...defaults, idleMinutes: 15, siteName: 'Ramsey' })
})

eachEngine('a change out of range, or to a version that moved meanwhile, is refused', async open => {
  const opened = await open()
  await addPolicy(opened)
  const change = (value: unknown, seen: number) =>
    opened.store.write(tx => changePolicy(tx, 'idleMinutes', value, seen))
  assert.deepEqual(await change(61, 1), { ok: false, why: 'out-of-range', detail: '6 to 60 minutes' })
  assert.equal((await change(15, 1)).ok, true)
  assert.deepEqual(await change(20, 1), { ok: false, why: 'changed-meanwhile', detail: '' })
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
  assert.equal(won?.ok && won.after, (await readPolicy(opened.store)).dormantDays)
})
