import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isShownTwice, momentOf, momentsOf } from './moment.ts'

const zone = 'America/Chicago'
const moments: readonly (readonly [date: string, time: string, iso: string | undefined])[] = [
  ['2026-01-15', '17:00', '2026-01-15T23:00:00.000Z'],
  ['2026-07-15', '17:00', '2026-07-15T22:00:00.000Z'],
  ['2026-11-01', '00:30', '2026-11-01T05:30:00.000Z'],
  ['2026-03-08', '03:30', '2026-03-08T08:30:00.000Z'],
  ['2026-02-30', '17:00', undefined],
  ['2026-1-5', '17:00', undefined],
  ['2026-01-15', '24:00', undefined],
  ['', '', undefined],
]
for (const [date, time, iso] of moments) {
  test(`${date || 'no date'} ${time || 'and no time'} on Chicago's clocks is ${iso ?? 'no moment'}`, () => {
    assert.equal(momentOf(date, time, zone), iso === undefined ? undefined : Date.parse(iso))
  })
}

test('in the hour that the clocks repeat a time names two moments, and the one to come is meant unless somebody chooses', () => {
  const [first = 0, second = 0] = momentsOf('2026-11-01', '01:30', zone)
  assert.deepEqual(
    [first, second].map(at => new Date(at).toISOString()),
    ['2026-11-01T06:30:00.000Z', '2026-11-01T07:30:00.000Z'],
  )
  assert.equal(momentOf('2026-11-01', '01:30', zone), first)
  assert.equal(momentOf('2026-11-01', '01:30', zone, first), second)
  assert.equal(momentOf('2026-11-01', '01:30', zone, second), second)
  assert.deepEqual(
    [first, second].map(at => isShownTwice(at, zone)),
    [true, true],
  )
  for (const [date, time] of [
    ['2026-11-01', '00:59'],
    ['2026-11-01', '02:00'],
    ['2026-03-08', '02:30'],
    ['2026-07-01', '01:30'],
  ] as const)
    assert.equal(momentsOf(date, time, zone).length, 1, `${date} ${time}`)
  assert.equal(momentsOf('2026-04-05', '01:45', 'Australia/Lord_Howe').length, 2)
})
