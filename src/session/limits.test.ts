import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parsePolicy } from '../policy/policy.ts'
import { endOf, expiryOf } from './limits.ts'

const minute = 60_000
const policy = parsePolicy('{}')

test('a session ends 30 minutes after the last request and 12 hours after the first, to the millisecond', () => {
  const idle = { createdAt: 0, lastSeenAt: 60 * minute }
  assert.deepEqual(endOf(idle, policy), { at: 90 * minute, reason: 'idle' })
  assert.equal(expiryOf(idle, policy, 90 * minute - 1), undefined)
  assert.equal(expiryOf(idle, policy, 90 * minute), 'idle')
  const old = { createdAt: 0, lastSeenAt: 719 * minute }
  assert.deepEqual(endOf(old, policy), { at: 720 * minute, reason: 'absolute' })
  assert.equal(expiryOf(old, policy, 720 * minute - 1), undefined)
  assert.equal(expiryOf(old, policy, 720 * minute), 'absolute')
})

test('a session that was seen a minute later than it is now is over, and no activity moves the absolute end', () => {
  const time = fc.nat(1_000 * minute)
  fc.assert(
    fc.property(time, time, time, (createdAt, after, now) => {
      const times = { createdAt, lastSeenAt: createdAt + after }
      const end = endOf(times, policy).at
      assert.ok(end <= createdAt + 720 * minute && end <= times.lastSeenAt + 30 * minute)
      const isSeenLater = times.lastSeenAt > now + minute
      assert.equal(expiryOf(times, policy, now) !== undefined, now >= end || isSeenLater)
    }),
  )
})
