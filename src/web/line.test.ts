import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tidyLine } from './line.ts'

test('a name copied from elsewhere is kept without blanks and signs that nobody sees', () => {
  for (const text of [
    'Ann Lee',
    ' Ann\u00a0 Lee\t',
    'Ann\u200b Lee',
    '\u200eAnn Le\u00ade',
    '\u202aAnn Lee\u202c',
    'Ann\r\nLee',
  ])
    assert.equal(tidyLine(text), 'Ann Lee', JSON.stringify(text))
  assert.equal(tidyLine('\u200b\u00a0\u200d'), '')
})

test('joiners stay where a script needs them, and nowhere else', () => {
  for (const name of ['علی\u200cرضا', 'ශ්\u200dරී', 'क्\u200dष'])
    assert.equal(tidyLine(name), name.normalize('NFC'))
  assert.equal(tidyLine('\u200cAnn\u200d Lee\u200c'), 'Ann Lee')
})

test('what is tidy stays as it is, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      assert.equal(tidyLine(tidyLine(text)), tidyLine(text))
    }),
  )
})
