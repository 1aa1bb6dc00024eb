import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayInWords, momentInWords, timeInWords, waitInWords, whenInWords } from './time.ts'

const winter = Date.UTC(2026, 0, 15, 5, 30)
const summer = Date.UTC(2026, 6, 1, 3, 59)
/** Some versions of the language data put a narrow blank before AM and PM. */
const plain = (text: string) => text.replace(/\s/gu, ' ')

test('a moment is told in the zone, and the zone is named as people say it, summer and winter', () => {
  assert.equal(plain(timeInWords(winter, 'America/Chicago', 'en')), 'Jan 14, 2026, 11:30 PM Central Time')
  assert.equal(plain(timeInWords(summer, 'America/Chicago', 'en')), 'Jun 30, 2026, 10:59 PM Central Time')
  assert.equal(plain(timeInWords(winter, 'America/New_York', 'en')), 'Jan 15, 2026, 12:30 AM Eastern Time')
})

test('a time that is not known, or never comes, is no text', () => {
  for (const at of [null, undefined, Number.MAX_SAFE_INTEGER, 8.64e15 + 1])
    assert.equal(timeInWords(at, 'America/Chicago', 'en'), '')
  assert.notEqual(timeInWords(0, 'America/Chicago', 'en'), '')
})

test('a day is the one in the zone, not the one in London', () => {
  assert.equal(dayInWords(winter, 'America/Chicago', 'en'), 'January 14, 2026')
  assert.equal(dayInWords(winter, 'UTC', 'en'), 'January 15, 2026')
})

test('a wait is rounded up to the minute, and other moments are not', () => {
  const half = winter + 30_000
  assert.equal(plain(timeInWords(half, 'America/Chicago', 'en')), 'Jan 14, 2026, 11:30 PM Central Time')
  assert.equal(plain(waitInWords(half, 'America/Chicago', 'en')), 'Jan 14, 2026, 11:31 PM Central Time')
  assert.equal(waitInWords(winter, 'UTC', 'en'), timeInWords(winter, 'UTC', 'en'))
  for (const never of [null, undefined, Number.MAX_SAFE_INTEGER])
    assert.equal(waitInWords(never, 'UTC', 'en'), '')
})

test('in the hour that the clocks repeat it is said which of the two is meant', () => {
  const first = Date.UTC(2026, 10, 1, 6, 30)
  const said = [first, first + 3_600_000].map(at => plain(timeInWords(at, 'America/Chicago', 'en')))
  assert.deepEqual(said, [
    'Nov 1, 2026, 1:30 AM Central Time (CDT)',
    'Nov 1, 2026, 1:30 AM Central Time (CST)',
  ])
})

test('on a page the zone stands once at its foot, and a near day is named', () => {
  const clock = { now: winter, timeZone: 'America/Chicago' }
  const day = 24 * 3_600_000
  const said = (at: number, language = 'en') => plain(whenInWords(at, clock, language))
  assert.equal(plain(momentInWords(winter, 'America/Chicago', 'en')), 'Jan 14, 2026, 11:30 PM')
  assert.equal(said(winter), 'Today, 11:30 PM')
  assert.equal(said(winter + 30 * 60_000), 'Tomorrow, 12:00 AM', 'half an hour later is the next day')
  assert.equal(said(winter - day), 'Yesterday, 11:30 PM')
  assert.equal(said(winter - 2 * day), 'Jan 12, 2026, 11:30 PM')
  assert.match(said(winter, 'es'), /^Hoy, 11:30/)
  assert.equal(whenInWords(undefined, clock, 'en'), '')
})

test('the repeated hour is told apart on pages too', () => {
  const first = Date.UTC(2026, 10, 1, 6, 30)
  const clock = { now: first, timeZone: 'America/Chicago' }
  const said = [first, first + 3_600_000].map(at => plain(whenInWords(at, clock, 'en')))
  assert.deepEqual(said, ['Today, 1:30 AM (CDT)', 'Today, 1:30 AM (CST)'])
})
