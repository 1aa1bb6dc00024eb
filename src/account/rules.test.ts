import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AccountState, type Bar, barOf, initialsOf, isStaff, mayManage, usernameShape } from './rules.ts'

const free: AccountState = {
  deactivatedAt: null,
  suspendedUntil: null,
  leavingAt: null,
  dormantSince: null,
  passwordBlockedAt: null,
  trainingLapsed: false,
}
const now = 1_000

test('a username has nothing in it that could break a line, a path or a look-up', () => {
  for (const good of ['a', 'mlee', 'm.lee', 'm_lee-2', 'a'.repeat(64)]) assert.match(good, usernameShape)
  const bad = ['', 'M', '.mlee', 'mlee.', 'm lee', 'm@lee', 'm/lee', 'mlee\n', 'é', 'a'.repeat(65), 'a~b']
  for (const name of bad) assert.doesNotMatch(name, usernameShape)
})

const bars: readonly (readonly [claim: string, state: Partial<AccountState>, bar: Bar | undefined])[] = [
  ['nothing is set', {}, undefined],
  ['it was deactivated', { deactivatedAt: 1 }, 'deactivated'],
  ['the leaving is still to come', { leavingAt: now + 1 }, undefined],
  ['the leaving is now', { leavingAt: now }, 'closed'],
  ['it is suspended for a millisecond more', { suspendedUntil: now + 1 }, 'suspended'],
  ['the suspension is over now', { suspendedUntil: now }, undefined],
  ['its password is blocked', { passwordBlockedAt: 1 }, 'locked-down'],
  ['it is dormant', { dormantSince: 1 }, 'inactive'],
  ['its training lapsed', { trainingLapsed: true }, 'training-expired'],
  ['it was deactivated and all the rest', { ...everything(), deactivatedAt: 1 }, 'deactivated'],
  ['it left, and is suspended', { ...everything(), deactivatedAt: null }, 'closed'],
  [
    'it is suspended, blocked and dormant',
    { ...everything(), deactivatedAt: null, leavingAt: null },
    'suspended',
  ],
  [
    'it is blocked and dormant',
    { passwordBlockedAt: 1, dormantSince: 1, trainingLapsed: true },
    'locked-down',
  ],
  ['it is dormant and its training lapsed', { dormantSince: 1, trainingLapsed: true }, 'inactive'],
]
for (const [claim, state, bar] of bars)
  test(`an account is ${bar === undefined ? 'free' : `barred as ${bar}`} when ${claim}`, () => {
    assert.equal(barOf({ ...free, ...state }, now), bar)
  })

function everything(): AccountState {
  return {
    deactivatedAt: 1,
    leavingAt: 1,
    suspendedUntil: now + 1,
    passwordBlockedAt: 1,
    dormantSince: 1,
    trainingLapsed: true,
  }
}

test('nobody touches an account of an equal or higher role, save an administrator', () => {
  const roles = ['user', 'helpdesk', 'administrator'] as const
  const allowed = roles.flatMap(agent =>
    roles.filter(subject => mayManage(agent, subject)).map(subject => `${agent} → ${subject}`),
  )
  assert.deepEqual(allowed, [
    'helpdesk → user',
    'administrator → user',
    'administrator → helpdesk',
    'administrator → administrator',
  ])
  assert.deepEqual(roles.map(isStaff), [false, true, true])
})

test('initials are the first letter of each name, in any script, and never nothing', () => {
  const table = [
    ['Maria', 'Lee', 'ML'],
    [' maria ', '', 'M'],
    ['', 'lee', 'L'],
    ['', ' ', '?'],
    ['élan', 'ørsted', 'ÉØ'],
    ['李', '明', '李明'],
    ['😀x', '𝒜b', '😀𝒜'],
  ] as const
  for (const [first, last, initials] of table) assert.equal(initialsOf(first, last), initials)
})
