import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { noWork } from '../../account/work.ts'
import { lookalikes } from '../usernames.ts'
import { checkInFile, indexOf, inOrder, type PersonRow, placeRow } from './rules.ts'
import { problemInWords, quoted } from './sentences.ts'

const row = (line: number, given: Partial<PersonRow> = {}): PersonRow => ({
  line,
  firstName: 'Ann',
  lastName: 'Lee',
  email: `p${line}@example.org`,
  username: `person${line}x`,
  organizations: [],
  workgroups: [],
  ...noWork,
  problems: [],
  ...given,
})

const codes = (rows: readonly PersonRow[]) =>
  rows.map(one => checkInFile(one, indexOf(rows)).map(({ code, line }) => `${code} ${line}`))

test('of two rows with one username, one like it or one address the later is refused and names the earlier', () => {
  assert.deepEqual(codes([row(2, { username: 'olson' }), row(3, { username: 'olson' })]), [
    [],
    ['import.username-twice 2'],
  ])
  assert.deepEqual(codes([row(2, { username: 'olson' }), row(3, { username: '0lson' })]), [
    [],
    ['import.username-alike 2'],
  ])
  assert.deepEqual(codes([row(2, { email: 'A@example.org' }), row(3, { email: 'a@EXAMPLE.org' })]), [
    [],
    ['import.email-twice 2'],
  ])
})

test('no two rows that pass have usernames that look alike', () => {
  const name = fc.stringMatching(/^[olm01rn]{1,5}$/)
  fc.assert(
    fc.property(fc.array(name, { maxLength: 12 }), names => {
      const rows = names.map((username, index) => row(index + 2, { username }))
      const index = indexOf(rows)
      const passed = rows.filter(one => checkInFile(one, index).length === 0).map(one => one.username)
      assert.equal(new Set(passed).size, passed.length)
      for (const username of passed)
        for (const other of lookalikes(username)) assert.ok(!passed.includes(other), `${username} ${other}`)
    }),
  )
})

test('a limited agent places people in own organizations only, and must place them', () => {
  const open = {
    organizations: new Map([['harbor house', 'o1']]),
    workgroups: new Map([['hmis users', 'w1']]),
    isLimited: true,
  }
  const placed = placeRow(
    row(2, { organizations: ['HARBOR House', 'Other'], workgroups: ['HMIS Users'] }),
    open,
  )
  assert.deepEqual([placed.organizationIds, placed.workgroupIds], [['o1'], ['w1']])
  assert.deepEqual(placed.problems, [{ code: 'import.organization-unknown', text: 'Other' }])
  assert.deepEqual(placeRow(row(2), open).problems, [{ code: 'account.organization-outside' }])
  assert.deepEqual(placeRow(row(2), { ...open, isLimited: false }).problems, [])
})

test('rows with problems come first, then who is not known to be trained, each kind in the order of the file', () => {
  const bad = [{ code: 'import.cells' }] as const
  const rows = [row(2), row(3, { problems: bad }), row(4), row(5, { problems: bad }), row(6)]
  const ordered = inOrder(
    rows.map(one => ({ ...one, organizationIds: [], workgroupIds: [], isUntrained: one.line >= 5 })),
  )
  assert.deepEqual(
    ordered.map(({ line }) => line),
    [3, 5, 6, 2, 4],
  )
})

test('a sentence repeats a cell only in short and on one line', () => {
  assert.equal(quoted('a\n\u202eb\0'), 'a b')
  assert.equal([...quoted('🦩'.repeat(500))].length, 61)
  assert.equal(
    problemInWords({ code: 'import.organization-unknown', text: 'Harbor\tHouse' }, 'en'),
    'There is no organization named Harbor House.',
  )
})
