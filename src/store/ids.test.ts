import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hashToken, newId, newToken } from './ids.ts'

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 })

test('an id is a UUID of version 7 that holds its millisecond', () => {
  fc.assert(
    fc.property(time, now => {
      const id = newId(now)
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      assert.equal(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16), now)
    }),
  )
})

test('ids sort by the time in which they were made', () => {
  fc.assert(
    fc.property(time, time, (one, other) => {
      fc.pre(one < other)
      assert.ok(newId(one) < newId(other))
    }),
  )
})

test('a token is 43 signs that need no escaping, never twice the same, and its hash is another 43', () => {
  const tokens = Array.from({ length: 1_000 }, newToken)
  assert.equal(new Set(tokens).size, 1_000)
  assert.equal(new Set(tokens.map(hashToken)).size, 1_000)
  for (const token of tokens) {
    assert.match(token, /^[\w-]{43}$/)
    assert.match(hashToken(token), /^[\w-]{43}$/)
    assert.notEqual(hashToken(token), token)
  }
})
