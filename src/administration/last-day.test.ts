import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf, endOfLastDay } from './last-day.ts'

const zone = 'America/Chicago'
const now = Date.parse('2027-03-10T23:30:00Z')

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
