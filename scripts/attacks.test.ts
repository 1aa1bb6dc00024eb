import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listAttacks, titlesOf } from './attacks.ts'

test('the titles of a file are its tests, each once, with … for what a test puts in', () => {
  const source = `
    test('one', () => {})
    test("two's", async () => {})
    for (const engine of engines) {
      test(\`three (\${engine})\`, async t => {})
      test('one', () => {})
    }
    eachEngine(
      'four \\'quoted\\'',
      async open => {},
    )
    contest('five')
  `
  assert.deepEqual(titlesOf(source), ['one', "two's", 'three (…)', "four 'quoted'"])
})

test('every attack is a sentence with its file', () => {
  for (const [about, rows] of listAttacks()) {
    assert.ok(rows.length > 0, about)
    for (const [sentence, file] of rows) {
      assert.match(sentence, /^[^a-z].+\.$/)
      assert.match(file, /^`(test|src)\/.+\.test\.ts`$/)
    }
  }
})
