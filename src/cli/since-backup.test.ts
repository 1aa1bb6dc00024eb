import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Standing, undone, undoneInWords } from './since-backup.ts'

const standing = (username: string, given: Partial<Standing> = {}): Standing => ({
  id: username,
  username,
  role: 'user',
  state: '',
  setAt: 1,
  ...given,
})

test('a restore names who was shut, changed or made since, and nobody who stands as before', () => {
  const found = undone(
    [
      standing('ann', { state: 'Deactivated' }),
      standing('bea', { state: 'Suspended' }),
      standing('carl', { role: 'user' }),
      standing('dora', { setAt: 5 }),
      standing('eve'),
      standing('fay', { state: 'Locked down' }),
      standing('gus'),
    ],
    [
      standing('ann'),
      standing('bea'),
      standing('carl', { role: 'administrator' }),
      standing('dora'),
      standing('fay', { state: 'Suspended' }),
      standing('gus', { state: 'Deactivated' }),
    ],
  )
  assert.deepEqual(found, {
    reopened: ['ann (Deactivated)', 'bea (Suspended)'],
    roles: ['carl (administrator, was user)'],
    passwords: ['dora'],
    gone: ['eve'],
  })
  assert.equal(undoneInWords(found).length, 4)
  assert.deepEqual(undoneInWords(undone([standing('ann')], [standing('ann')])), [])
})
