import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canTakeBack } from './leaver-rules.ts'

const now = Date.parse('2027-03-10T23:30:00Z')
const hour = 3_600_000

test('a report can be taken back until a day after it took effect, once', () => {
  const done = { done_at: now, taken_back_at: null }
  assert.ok(canTakeBack({ done_at: null, taken_back_at: null }, now + 9_000 * hour))
  assert.ok(canTakeBack(done, now + 24 * hour - 1))
  assert.ok(!canTakeBack(done, now + 24 * hour))
  assert.ok(!canTakeBack({ done_at: now, taken_back_at: now }, now))
})
