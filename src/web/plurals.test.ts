import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plurals } from './plurals.ts'

test('a number takes the plural form of its language and is written as that language writes numbers', () => {
  const english = plurals('en-US')
  const rows = (count: number) => english(count, { one: '# row', other: '# rows' })
  assert.deepEqual([0, 1, 2, 1600].map(rows), ['0 rows', '1 row', '2 rows', '1,600 rows'])
})

test('a language with more forms than two uses those that are given, and "other" for the rest', () => {
  const polish = plurals('pl')
  const files = (count: number) => polish(count, { one: '# plik', few: '# pliki', other: '# plików' })
  assert.deepEqual([1, 3, 5, 22].map(files), ['1 plik', '3 pliki', '5 plików', '22 pliki'])
})
