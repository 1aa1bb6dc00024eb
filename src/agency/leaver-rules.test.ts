import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canTakeBack, dayOf, endOfLastDay } from './leaver-rules.ts'

const zone = 'America/Chicago'
const now = Date.parse('2027-03-10T23:30:00Z')
const hour = 3_600_000

test('a last day of today or before ends at once, a later one when it is over', () => {
  assert.equal(dayOf(now, zone), '2027-03-10')
  assert.equal(endOfLastDay('2027-03-10', zone, now), now)
  assert.equal(endOfLastDay('2027-03-01', zone, now), now)
  assert.equal(endOfLastDay('2027-03-11', zone, now), Date.parse('2027-03-12T06:00:00Z'))
  assert.equal(
    endOfLastDay('2027-03-14', zone, now),
    Date.parse('2027-03-15T05:00:00Z'),
    'the clocks go forward',
  )
})

test('what is no day, or more than a year away, is none', () => {
  for (const text of ['', 'today', '2027-02-30', '03/11/2027', '2028-04-01', '2020-01-01'])
    assert.equal(endOfLastDay(text, zone, now), undefined, text)
})

test('a report can be taken back until a day after it took effect, once', () => {
  const done = { done_at: now, taken_back_at: null }
  assert.ok(canTakeBack({ done_at: null, taken_back_at: null }, now + 9_000 * hour))
  assert.ok(canTakeBack(done, now + 24 * hour - 1))
  assert.ok(!canTakeBack(done, now + 24 * hour))
  assert.ok(!canTakeBack({ done_at: now, taken_back_at: now }, now))
})
