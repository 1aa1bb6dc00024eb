import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isFresh } from './reauthentication.ts'

const minute = 60_000
const now = Date.UTC(2026, 0, 15, 12)

test('a session that was never asked again is not fresh', () => {
  assert.equal(isFresh({ reauthenticatedAt: null }, { reauthenticationMinutes: 30 }, now), false)
})

test('a session is fresh for exactly the minutes of the policy, and never from a time to come', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: -40 * minute, max: 40 * minute }),
      (reauthenticationMinutes, ago) => {
        const fresh = isFresh({ reauthenticatedAt: now - ago }, { reauthenticationMinutes }, now)
        assert.equal(fresh, ago >= 0 && ago < reauthenticationMinutes * minute)
      },
    ),
  )
})
