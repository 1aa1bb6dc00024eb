import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { at, listAddress, nextQuietHour, numberOf, readPeopleSearch, shareOf, stateOf } from './rules.ts'

test('a version is planned, holds, is over or was cancelled', () => {
  const state = (number: number, effective_at: number | null) => stateOf({ number, effective_at }, 2, 100)
  assert.deepEqual(
    [state(1, 50), state(2, 100), state(3, 101), state(4, null)],
    ['over', 'holds', 'planned', 'cancelled'],
  )
})

test('the quiet hour is six in the morning of tomorrow on the clocks of the zone, whatever the season', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['2026-01-15T12:00:00Z', 'America/Chicago', '2026-01-16'],
    ['2026-01-15T05:30:00Z', 'America/Chicago', '2026-01-15'],
    ['2026-03-07T18:00:00Z', 'America/Chicago', '2026-03-08'],
    ['2026-11-01T05:30:00Z', 'America/Chicago', '2026-11-02'],
    ['2026-12-31T23:30:00Z', 'Asia/Tokyo', '2027-01-02'],
  ]
  for (const [now, timeZone, date] of cases)
    assert.deepEqual(nextQuietHour(Date.parse(now), timeZone), { date, time: '06:00' }, now)
})

test('the quiet hour lies ahead by at least six hours and at most a day and a half', () => {
  const zones = ['America/Chicago', 'UTC', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Australia/Lord_Howe']
  const moments = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2040, 0) })
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (now, timeZone) => {
      const hours = ((at(nextQuietHour(now, timeZone), timeZone, now) ?? 0) - now) / 3_600_000
      assert.ok(hours >= 4.9 && hours <= 31.1, `${new Date(now).toISOString()} ${timeZone} ${hours}`)
    }),
  )
})

test('the share is never 100 while somebody is missing', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (accepted, missing) => {
      const share = shareOf(accepted, accepted + missing)
      assert.ok(share >= 0 && share <= 100)
      assert.equal(share === 100, missing === 0)
    }),
  )
})

test('a list is found again at its address, and what is no place in it begins at the start', () => {
  const id = '01a2b3c4-0000-7000-8000-0123456789ab'
  const search = { list: 'missing', text: 'am & wa', cursor: { id, direction: 'before' } } as const
  const { searchParams } = new URL(listAddress(3, search), 'http://localhost')
  const read = readPeopleSearch(name => searchParams.get(name) ?? undefined)
  assert.deepEqual(read, { ...search, readings: [['am', 'wa'], ['amwa']] })
  assert.equal(readPeopleSearch(name => (name === 'after' ? "' or 1" : undefined)).cursor, undefined)
  assert.deepEqual(['1', '07', '0', '-1', '1e3', '', undefined].map(numberOf), [
    1,
    ...Array.from({ length: 6 }, () => undefined),
  ])
})
