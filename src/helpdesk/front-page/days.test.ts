import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lastDays } from './days.ts'

const hour = 3_600_000
const zones = ['America/Chicago', 'UTC', 'Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Honolulu']

test('the days touch, the last one is today, and the clocks may change in one of them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) }),
      fc.constantFrom(...zones),
      (now, zone) => {
        const days = lastDays(now, zone, 30)
        assert.equal(days.length, 30)
        const today = days.at(-1)
        assert.ok(today !== undefined && today.first <= now && now < today.next)
        for (const [index, day] of days.entries()) {
          const length = (day.next - day.first) / hour
          assert.ok(length >= 23 && length <= 25, `${day.date} has ${length} hours`)
          assert.equal(day.next, days[index + 1]?.first ?? day.next)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('the day on which clocks go forward has 23 hours', () => {
  const [day] = lastDays(Date.UTC(2026, 2, 8, 18), 'America/Chicago', 1)
  assert.deepEqual(day, {
    date: '2026-03-08',
    first: Date.UTC(2026, 2, 8, 6),
    next: Date.UTC(2026, 2, 9, 5),
  })
})
