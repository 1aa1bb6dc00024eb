import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountState } from '../../account/rules.ts'
import { compareList, type OurAccount } from './compare.ts'
import { entriesOf, fits, isEnough, type ListEntry, propose } from './mapping.ts'
import { readTable } from './table.ts'
import { listText } from './text.ts'

const utf16 = (text: string, big = false): Uint8Array => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
  return big ? bytes.swap16() : bytes
}
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1')

const shapes: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['UTF-8 with commas', Buffer.from('Name,E-mail\r\n"Núñez, Ana",ana@example.org\r\n')],
  ['UTF-8 with its mark', Buffer.from('\uFEFFName,E-mail\n"Núñez, Ana",ana@example.org\n')],
  ['UTF-16 LE with tabs', utf16('Name\tE-mail\r\n"Núñez, Ana"\tana@example.org\r\n')],
  ['UTF-16 BE with tabs', utf16('Name\tE-mail\r\n"Núñez, Ana"\tana@example.org\r\n', true)],
  ['Windows-1252 with semicolons', latin('Name;E-mail\r\n"Núñez, Ana";ana@example.org\r\n')],
]

for (const [name, bytes] of shapes)
  test(`a list is read: ${name}`, async () => {
    const read = await readTable(bytes)
    assert.ok(read.ok)
    assert.deepEqual(read.table.header, ['Name', 'E-mail'])
    assert.deepEqual(read.table.rows, [{ line: 2, cells: ['Núñez, Ana', 'ana@example.org'] }])
  })

const troubles: readonly (readonly [name: string, bytes: Uint8Array, trouble: string])[] = [
  ['a program', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0x81]), 'not-text'],
  ['half a letter of UTF-16', Buffer.from([0xff, 0xfe, 0x41]), 'not-text'],
  ['nothing', Buffer.from(''), 'no-rows'],
  ['a first line alone', Buffer.from('Name,Email\n'), 'no-rows'],
  ['an open quotation mark', Buffer.from('Name,Email\n"Ana,ana@example.org\n'), 'broken'],
  ['more bytes than are taken', Buffer.alloc(8 * 1_024 * 1_024 + 1, 'a'), 'too-large'],
  ['more rows than are taken', Buffer.from(`Name\n${'Ana\n'.repeat(20_001)}`), 'too-many'],
]

for (const [name, bytes, trouble] of troubles)
  test(`a list is refused: ${name}`, async () => {
    const read = await readTable(bytes)
    assert.equal(read.ok || read.trouble, trouble)
  })

test('text that was damaged on its way is no text', () => {
  assert.equal(listText(Buffer.from('a\uFFFDb')), undefined)
})

test('usual titles are found, and a mapping fits only lists with all its columns', () => {
  const header = ['User ID', 'First', 'LAST NAME', 'E-Mail Address', 'Is Active?', 'Notes']
  const mapping = propose(header)
  assert.deepEqual(mapping, {
    ...{ username: 'User ID', email: 'E-Mail Address', firstName: 'First', lastName: 'LAST NAME' },
    status: 'Is Active?',
  })
  assert.equal(fits(mapping, header), true)
  assert.equal(fits(mapping, header.slice(1)), false)
  assert.deepEqual(
    [{}, { status: 'x' }, { firstName: 'x' }, { firstName: 'x', lastName: 'y' }, { name: 'x' }].map(isEnough),
    [false, false, false, true, true],
  )
})

test('one column or two make a name, and only known words close an account', () => {
  const table = {
    header: ['First', 'Last', 'Status'],
    rows: [
      { line: 2, cells: ['Ana', 'Núñez', 'Active'] },
      { line: 3, cells: ['Bo', '', 'INACTIVE'] },
      { line: 4, cells: ['', '', 'Active'] },
    ],
  }
  const entries = entriesOf(table, { firstName: 'First', lastName: 'Last', status: 'Status' })
  assert.deepEqual(
    entries.map(({ line, name, isActive }) => [line, name, isActive]),
    [
      [2, 'Ana Núñez', true],
      [3, 'Bo', false],
    ],
  )
})

const open: AccountState = {
  ...{ deactivatedAt: null, suspendedUntil: null, leavingAt: null, dormantSince: null },
  ...{ passwordBlockedAt: null, trainingLapsed: false },
}
const account = (username: string, given: Partial<OurAccount> = {}): OurAccount => ({
  ...{ id: username, username, firstName: username, lastName: 'Lee', email: `${username}@example.org` },
  ...{ state: open, ...given },
})
const entry = (given: Partial<ListEntry>): ListEntry => ({
  ...{ line: 2, username: '', email: '', name: '', isActive: true, ...given },
})
const left = { state: { ...open, deactivatedAt: 5 } }
const closed = { state: { ...open, leavingAt: 5 } }
const later = { state: { ...open, leavingAt: 50 } }

const table: readonly (readonly [
  string,
  readonly ListEntry[],
  readonly OurAccount[],
  readonly (readonly [kind: string, account: string | undefined, differs: string])[],
])[] = [
  ['the same person on both sides', [entry({ username: 'ANA', name: 'Lee, Ana' })], [account('ana')], []],
  ['who was deactivated here', [entry({ username: 'ana' })], [account('ana', left)], [['left', 'ana', '']]],
  [
    'whose account closed on its date',
    [entry({ username: 'ana' })],
    [account('ana', closed)],
    [['left', 'ana', '']],
  ],
  ['who will leave is still here', [entry({ username: 'ana' })], [account('ana', later)], []],
  ['who left on both sides', [entry({ username: 'ana', isActive: false })], [account('ana', left)], []],
  ['who is unknown here', [entry({ username: 'bo' })], [], [['unknown', undefined, '']]],
  ['who is unknown here, and closed there', [entry({ username: 'bo', isActive: false })], [], []],
  ['who is not in the list', [], [account('ana')], [['missing', 'ana', '']]],
  [
    'who is closed in the list',
    [entry({ username: 'ana', isActive: false })],
    [account('ana')],
    [['missing', 'ana', '']],
  ],
  ['who left here is not missed there', [], [account('ana', left)], []],
  [
    'another name and email',
    [entry({ username: 'ana', name: 'Ana Cruz', email: 'ana@old.example' })],
    [account('ana')],
    [['differs', 'ana', 'name email']],
  ],
  [
    'found by email, another username',
    [entry({ username: 'x1', email: 'ANA@example.org' })],
    [account('ana')],
    [],
  ],
  ['found by name alone', [entry({ name: 'LEE ana' })], [account('ana')], []],
  [
    'a name that two have tells nobody apart',
    [entry({ name: 'Ana Lee' })],
    [account('ana'), account('ana2', { firstName: 'Ana' })],
    [
      ['unknown', undefined, ''],
      ['missing', 'ana', ''],
      ['missing', 'ana2', ''],
    ],
  ],
]

for (const [title, entries, accounts, found] of table)
  test(`a list is compared: ${title}`, async () => {
    const findings = await compareList(entries, accounts, 10)
    assert.deepEqual(
      findings.map(({ kind, account: ours, differs }) => [kind, ours?.id, differs.join(' ')]),
      found,
    )
  })
