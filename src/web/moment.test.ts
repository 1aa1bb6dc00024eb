import assert from 'node:assert/strict'
import { test } from 'node:test'
import { momentOf } from './moment.ts'

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
