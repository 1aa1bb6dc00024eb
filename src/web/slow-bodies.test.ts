import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Body, overdue } from './slow-bodies.ts'

/** A body on its way for so many seconds, of which the last so many brought nothing. */
const body = (seconds: number, bytes: number, still = 0, address = '203.0.113.9'): Body => ({
  address,
  since: -seconds * 1_000,
  bytes,
  movedAt: -still * 1_000,
})

const cases: readonly (readonly [claim: string, body: Body, isGivenUp: boolean])[] = [
  ['four megabytes at 64 KB in a second', body(61, 61 * 64_000), false],
  ['four megabytes over the poorest line, after half an hour', body(1_800, 1_800 * 1_100), false],
  ['a phone that loses its line for 19 seconds', body(60, 2_000_000, 19), false],
  ['one that stands still for 20 seconds', body(60, 2_000_000, 20), true],
  ['a byte each second, after 29 seconds', body(29, 29), false],
  ['a byte each second, after 30 seconds', body(30, 30), true],
  ['one that begins fast and then trickles', body(400, 400_000), true],
]

for (const [claim, one, isGivenUp] of cases)
  test(`${isGivenUp ? 'given up' : 'waited for'}: ${claim}`, () => {
    assert.deepEqual(overdue([one], 0), isGivenUp ? [one] : [])
  })

test('of one address twenty slow bodies are taken, the slowest are given up, and nobody else pays', () => {
  const office = Array.from({ length: 23 }, (_, n) => body(20, 1_000 + n))
  const others = Array.from({ length: 60 }, (_, n) => body(20, 10, 0, `198.51.100.${n}`))
  const quick = Array.from({ length: 50 }, () => body(9, 5))
  assert.deepEqual(new Set(overdue([...office, ...others, ...quick], 0)), new Set(office.slice(0, 3)))
})

test('of all addresses two hundred slow bodies are taken', () => {
  const all = Array.from({ length: 230 }, (_, n) => body(20, 1_000 + n, 0, `2001:db8::${n}`))
  assert.deepEqual(new Set(overdue(all, 0)), new Set(all.slice(0, 30)))
})
