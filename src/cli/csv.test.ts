import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvLine } from './csv.ts'

test('a text that a spreadsheet would run is kept as text', () => {
  assert.equal(
    csvLine(['=1+1', '+1', '-1', '@x', '\tx', 'a=b', -1, null]),
    "'=1+1,'+1,'-1,'@x,'\tx,a=b,-1,\r\n",
  )
})

test('quotes, commas and line ends stay in their cell', () => {
  assert.equal(csvLine(['a,b', 'say "no"', 'two\nlines']), '"a,b","say ""no""","two\nlines"\r\n')
})
