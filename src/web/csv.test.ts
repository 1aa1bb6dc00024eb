import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { csvLine } from './csv.ts'

const formulaSigns = ['=', '+', '-', '@', '\t', '\r', '\n', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20']

/** Takes our apostrophe away again. */
const given = (read: string): string =>
  /^'+[\s\0]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(read) ? read.slice(1) : read

const cells = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .tuple(fc.constantFrom("'", '', ' ', "''", '"'), fc.constantFrom(...formulaSigns), fc.string())
      .map(parts => parts.join('')),
    fc.constantFrom('a;=1+1', 'two\r\nlines', 'say "no"', ' x ', '\u0000=1', '-'),
  ),
  { minLength: 1, maxLength: 6 },
)

const readBack = (lines: string): string[][] =>
  parse(lines, { record_delimiter: '\r\n', relax_column_count: true, skip_empty_lines: false })

test('a text that a spreadsheet would run is kept as text', () => {
  assert.equal(
    csvLine(['=1+1', '+1', '-1', '@x', 'a=b', ' =1', "'=1", -1, null]),
    `'=1+1,'+1,'-1,'@x,a=b,' =1,''=1,-1,\r\n`,
  )
})

test('quotes, commas and line ends stay in their cell', () => {
  assert.equal(csvLine(['a,b', 'say "no"', 'two\nlines']), '"a,b","say ""no""","two\nlines"\r\n')
})

test('no cell of text begins with what a spreadsheet takes for a formula, and none is lost', () => {
  fc.assert(
    fc.property(fc.array(cells, { minLength: 1, maxLength: 4 }), lines => {
      const read = readBack(lines.map(csvLine).join(''))
      const wanted = lines.filter(line => line.length > 1 || line[0] !== '')
      assert.deepEqual(
        read.map(line => line.map(given)).filter(line => line.length > 1 || line[0] !== ''),
        wanted,
      )
      for (const text of read.flat())
        assert.ok(!formulaSigns.some(sign => text.trimStart().startsWith(sign)), JSON.stringify(text))
    }),
    { numRuns: 500 },
  )
})
