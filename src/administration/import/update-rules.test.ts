import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { noWork } from '../../account/work.ts'
import type { PeopleField } from './columns.ts'
import { checkTogether, type Found, planUpdate, readUpdate, type WrittenUpdate } from './update-rules.ts'

const ann: Found = {
  ...noWork,
  id: 'a',
  username: 'alee',
  firstName: 'Ann',
  lastName: 'Lee',
  email: 'ann@example.org',
  workPhone: '612-555-0100',
  version: 3,
  role: 'user',
  isWhole: true,
}

const written = (cells: Partial<Record<PeopleField, string>>, line = 2): WrittenUpdate =>
  readUpdate(field => cells[field] ?? '', line, [])

const cases: readonly (readonly [
  name: string,
  cells: Partial<Record<PeopleField, string>>,
  found: readonly Found[],
  changes: readonly string[],
  problems: readonly string[],
])[] = [
  ['a column that is there changes', { username: 'ALee', jobTitle: 'Lead' }, [ann], ['jobTitle  Lead'], []],
  ['a blank cell leaves the value', { username: 'alee', workPhone: ' ', lastName: '' }, [ann], [], []],
  ['what is the same is no change', { username: 'alee', name: 'Lee, Ann' }, [ann], [], []],
  ['one name of two', { username: 'alee', name: 'Olson' }, [ann], ['lastName Lee Olson'], []],
  [
    'both names in one column',
    { username: 'alee', name: 'Olson, Anna' },
    [ann],
    ['firstName Ann Anna', 'lastName Lee Olson'],
    [],
  ],
  [
    'found by email: the email stays as it is',
    { email: 'ANN@example.org', supervisor: 'Bo' },
    [ann],
    ['supervisor  Bo'],
    [],
  ],
  [
    'found by username: another email',
    { username: 'alee', email: 'a@example.org' },
    [ann],
    ['email ann@example.org a@example.org'],
    [],
  ],
  ['nobody is meant', { jobTitle: 'Lead' }, [], [], ['import.no-key']],
  ['nobody is found', { username: 'nobody', jobTitle: 'Lead' }, [], [], ['import.not-found']],
  [
    'two have the email',
    { email: 'ann@example.org' },
    [ann, { ...ann, id: 'b' }],
    [],
    ['import.email-several'],
  ],
  [
    'a phone that is none',
    { username: 'alee', workPhone: 'later' },
    [ann],
    ['workPhone 612-555-0100 later'],
    ['account.phone-shape'],
  ],
  [
    'an extension alone',
    { username: 'alee', workExtension: '7' },
    [{ ...ann, workPhone: '' }],
    ['workExtension  7'],
    ['account.extension-alone'],
  ],
  [
    'an extension of the phone that is there',
    { username: 'alee', workExtension: '7' },
    [ann],
    ['workExtension  7'],
    [],
  ],
  [
    'staff are not a helpdesk agent’s',
    { username: 'alee', jobTitle: 'Lead' },
    [{ ...ann, role: 'administrator' }],
    ['jobTitle  Lead'],
    ['account.not-yours'],
  ],
  [
    'whoever works elsewhere too',
    { username: 'alee', jobTitle: 'Lead' },
    [{ ...ann, isWhole: false }],
    ['jobTitle  Lead'],
    ['account.works-elsewhere'],
  ],
]

for (const [name, cells, found, changes, problems] of cases)
  test(`a row of an update: ${name}`, () => {
    const row = planUpdate(written(cells), found, 'helpdesk')
    assert.deepEqual(
      row.changes.map(({ field, before, after }) => `${field} ${before} ${after}`),
      changes,
    )
    assert.deepEqual(
      row.problems.map(({ code }) => code),
      problems,
    )
  })

const together = (rows: readonly (readonly [cells: Partial<Record<PeopleField, string>>, Found])[]) =>
  rows.map(([cells, account], index) => planUpdate(written(cells, index + 2), [account], 'helpdesk'))

test('an account is in a file once, a new address too, and nobody gets the one that another signs in with', () => {
  const bo = { ...ann, id: 'b', username: 'bo' }
  const codesOf = (rows: ReturnType<typeof together>, signIns: ReadonlyMap<string, string>) =>
    checkTogether(rows, signIns).map(({ problems }) => problems.map(({ code }) => code))
  const twice = together([
    [{ username: 'alee', email: 'x@example.org' }, ann],
    [{ email: 'ann@example.org', jobTitle: 'Lead' }, ann],
    [{ username: 'bo', email: 'X@example.org' }, bo],
  ])
  assert.deepEqual(codesOf(twice, new Map()), [[], ['import.account-twice'], ['import.email-twice']])
  const one = together([[{ username: 'alee', email: 'x@example.org' }, ann]])
  assert.deepEqual(codesOf(one, new Map([['x@example.org', 'c']])), [['account.email-taken']])
  assert.deepEqual(codesOf(one, new Map([['x@example.org', 'a']])), [[]], 'their own in other letters')
  const many = Array.from({ length: 1_002 }, (_, n) => ({ ...ann, id: `${n}`, username: `p${n}` }))
  const much = codesOf(
    together(many.map(each => [{ username: each.username, jobTitle: 'x' }, each])),
    new Map(),
  )
  assert.equal(much.filter(codes => codes.includes('import.too-many-changes')).length, 2)
})

test('whatever stands in the cells, nothing changes but what a filled cell says', () => {
  fc.assert(
    fc.property(
      fc.record({
        jobTitle: fc.string(),
        supervisor: fc.string(),
        firstName: fc.string(),
        email: fc.string(),
      }),
      cells => {
        const row = planUpdate(written({ ...cells, username: 'alee' }), [ann], 'administrator')
        for (const { field, after } of row.changes) {
          assert.ok(field in cells, field)
          assert.notEqual(after, '')
        }
        assert.equal(row.after?.lastName, 'Lee')
        assert.equal(row.after?.work?.workPhone, ann.workPhone)
      },
    ),
  )
})
