import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { believe, dormancyTimes, dormantFrom, mostBelief } from './rules.ts'

const day = 24 * 3_600_000
const policy = { dormantDays: 90, dormancyNoticeDays: 10 }

test('the believed time is never ahead of the clock, and never leaps', () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.nat(), { maxLength: 30 }), (first, clocks) => {
      let believed = believe(undefined, first)
      for (const clock of clocks) {
        const next = believe(believed, clock)
        assert.ok(next <= clock && next <= believed + mostBelief)
        believed = next
      }
    }),
  )
})

test('a clock that keeps its pace is believed to the millisecond', () => {
  let believed = believe(undefined, 0)
  for (let clock = 0; clock < 100 * mostBelief; clock += 60_000) {
    believed = believe(believed, clock)
    assert.equal(believed, clock)
  }
})

test('the notice goes out ten days before the ninety are over, and tells the day on which they are', () => {
  const now = 1_000 * day
  const times = dormancyTimes(policy, now, 50)
  assert.deepEqual(times, {
    noticeQuietSince: now - 80 * day,
    quietSince: now - 90 * day,
    toldBy: now - 10 * day,
    toldByRun: 40,
  })
  assert.equal(dormantFrom(policy, now - 80 * day, now), now + 10 * day)
  assert.equal(dormantFrom(policy, now - 400 * day, now), now + 10 * day, 'a late notice gives the days too')
})

test('a notice as long as the quiet time itself still leaves a day', () => {
  const times = dormancyTimes({ dormantDays: 30, dormancyNoticeDays: 30 }, 100 * day, 1)
  assert.equal(times.noticeQuietSince, 99 * day)
})
