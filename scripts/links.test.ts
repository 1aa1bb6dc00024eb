import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deadEnds } from './links.ts'

test('a link, a heading, a test or a command of a document that is not there is found', () => {
  const good =
    '[a](docs/code.md#rooms), [b](https://x.example/y), `test/operator/busy.test.ts`, `npm run demo -- x`'
  assert.deepEqual(deadEnds('README.md', good, new Set(['demo'])), [])
  const bad = '[a](docs/none.md), [b](docs/code.md#none), `src/none.test.ts`, `npm run none`'
  assert.deepEqual(deadEnds('README.md', bad, new Set(['demo'])), [
    'README.md: docs/none.md does not exist',
    'README.md: docs/code.md has no heading #none',
    'README.md: src/none.test.ts does not exist',
    'README.md: there is no "npm run none"',
  ])
})
