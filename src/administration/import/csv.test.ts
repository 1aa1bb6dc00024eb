import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { csvLine } from '../../web/csv.ts'
import { largestFile, mostPeople, type ReadPeople, readPeople } from './csv.ts'

const header = ['First name', 'Last name', 'Email', 'Username', 'Organizations', 'Workgroups']
const bytesOf = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readPeople(bytesOf(text))

const rowsOf = (given: ReadPeople) => {
  assert.ok(given.ok, JSON.stringify(given))
  return given.rows
}
const codesOf = (given: ReadPeople) => (given.ok ? [] : given.problems.map(({ code }) => code))

test('what spreadsheets write is read: commas, semicolons, tabs, with and without the mark of UTF-8', async () => {
  for (const separator of [',', ';', '\t', '|'])
    for (const mark of ['', '\uFEFF'])
      for (const end of ['\n', '\r\n', '\r']) {
        const lines = [header, ['Åsa', 'Lee', 'asa@example.org', 'ALee', '"A | B"', 'HMIS Users']]
        const [row] = rowsOf(await read(mark + lines.map(line => line.join(separator)).join(end) + end))
        assert.deepEqual(
          [row?.firstName, row?.username, row?.organizations, row?.line, row?.problems],
          ['Åsa', 'alee', ['A', 'B'], 2, []],
        )
      }
})

test('columns stand in any order and spelling of their own, and blank rows are nobody', async () => {
  const rows = rowsOf(
    await read('USERNAME,e-mail,last_name,First Name\n,,,\nalee,a@example.org,Lee,Ann\n\n , ,,\n'),
  )
  assert.deepEqual(
    rows.map(({ username, lastName, line }) => [username, lastName, line]),
    [['alee', 'Lee', 3]],
  )
})

test('a first line that lacks, doubles or adds a column is refused by name', async () => {
  const given = await read('Nickname,Username,username,Password\nAnn,alee,alee,secret\n')
  assert.deepEqual(codesOf(given), ['import.column-unknown', 'import.column-twice', 'import.column-unknown'])
  assert.deepEqual(codesOf(await read('Email,Username\nann@example.org,alee\n')), ['import.column-missing'])
  assert.deepEqual(codesOf(await read('')), ['import.no-rows'])
  assert.deepEqual(codesOf(await read(`${header.join(',')}\n`)), ['import.no-rows'])
})

test('what Excel saves is read: UTF-16 with tabs, Windows letters with semicolons; damaged text is refused', async () => {
  const text = (separator: string) =>
    ['First name,Last name,Email', 'Åsa,Núñez,a@example.org', ''].join('\r\n').replaceAll(',', separator)
  for (const bytes of [
    Buffer.from(text(';'), 'latin1'),
    Buffer.from(`\uFEFF${text('\t')}`, 'utf16le'),
    Buffer.from(`\uFEFF${text(',')}`, 'utf16le').swap16(),
  ])
    assert.deepEqual(
      rowsOf(await readPeople(bytes)).map(({ firstName, lastName }) => [firstName, lastName]),
      [['Åsa', 'Núñez']],
    )
  for (const bytes of [
    Buffer.from(text(','), 'utf16le'),
    bytesOf(text(',').replace('Å', '\uFFFD')),
    bytesOf(text(',').replace('Å', '\0')),
  ])
    assert.deepEqual(codesOf(await readPeople(bytes)), ['import.not-text'])
})

test('columns of other titles are read when they are named, and the rest is left out', async () => {
  const file = bytesOf(
    'Staff,Mail,Level,Dept\n"Núñez, Ana María",ana@example.org,3,x\nBo Cruz Lee,bo@example.org,,\nCher,,,\n',
  )
  const named = ['name=Staff', 'email=Mail', 'jobTitle=Dept']
  assert.deepEqual(
    rowsOf(await readPeople(file, named)).map(row => [row.firstName, row.lastName, row.email, row.jobTitle]),
    [
      ['Ana María', 'Núñez', 'ana@example.org', 'x'],
      ['Bo Cruz', 'Lee', 'bo@example.org', ''],
      ['', 'Cher', '', ''],
    ],
  )
  for (const wrong of ['name=Nobody', 'shoe=Staff', 'Staff'])
    assert.deepEqual(codesOf(await readPeople(file, [wrong])), ['import.column-not-there'])
  assert.deepEqual(codesOf(await readPeople(file, ['email=Mail'])), ['import.column-missing'])
})

test('broken quotes name their line; a huge cell, a row of 100,000 columns and a file too large end early', async () => {
  const start = `${header.join(',')}\nAnn,Lee,a@example.org,alee,,\n`
  const broken = await read(`${start}"Ann"x,Lee,b@example.org,blee,,\n`)
  assert.deepEqual(broken.ok || broken.problems, [{ code: 'import.broken', line: 3 }])
  assert.deepEqual(codesOf(await read(`${start}"never closed\n`)), ['import.broken'])
  assert.deepEqual(codesOf(await read(`${start}${'a'.repeat(1_000_000)},Lee\n`)), ['import.broken'])
  assert.deepEqual(codesOf(await read(`${start}${'a,'.repeat(100_000)}\n`)), ['import.broken'])
  assert.deepEqual(codesOf(await read(`${'a,'.repeat(20_000)}\nx\n`)).length, 10)
  assert.deepEqual(codesOf(await readPeople(new Uint8Array(largestFile + 1))), ['import.too-large'])
})

test('more people than may be in one file are refused', async () => {
  const line = (n: number) => `Ann,Lee,a${n}@example.org,user${n}x,,`
  const file = (count: number) =>
    [header.join(','), ...Array.from({ length: count }, (_, n) => line(n))].join('\n')
  assert.equal(rowsOf(await read(file(mostPeople))).length, mostPeople)
  assert.deepEqual(codesOf(await read(file(mostPeople + 1))), ['import.too-many'])
})

test('too many cells, another role and a formula in place of a username are problems of their row', async () => {
  const rows = rowsOf(
    await read(
      'First name,Last name,Email,Username,Role\nAnn,Lee,a@example.org,alee,user,more\nBo,Lee,b@example.org,blee,Administrator\n=1+1,@Lee,c@example.org,=cmd,USER\n',
    ),
  )
  assert.deepEqual(
    rows.map(({ problems }) => problems.map(({ code }) => code)),
    [['import.cells'], ['import.role'], ['account.username-shape']],
  )
  assert.equal(rows[2]?.firstName, '=1+1', 'a formula is text')
})

test('whatever the cells hold, what was written is read again or refused, and nothing throws', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('"', '""', '=1+1', '\t', 'a\nb', ';', "'", '|', '\u202e', '\ud800'),
  )
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 8 }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(rows, async given => {
      const file = csvLine(header) + given.map(csvLine).join('')
      const result = await read(file)
      if (!result.ok) return
      for (const row of result.rows) {
        assert.ok(row.line >= 2)
        assert.ok(row.problems.length > 0 || row.email === '' || row.email.includes('@'))
      }
    }),
  )
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => {
      const result = await readPeople(Buffer.concat([bytesOf(`${header.join(',')}\n`), bytes]))
      assert.equal(typeof result.ok, 'boolean')
    }),
  )
})
