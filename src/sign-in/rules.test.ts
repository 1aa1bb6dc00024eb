import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { barToSignIn, checkEntry, type Standing } from './rules.ts'

const codesOf = (username: string, password: string) =>
  checkEntry({ username, password, returnTo: '/' }).map(({ code }) => code)

for (const [what, username, password, codes] of [
  ['both fields', 'amina', 'x', []],
  ['no username', '  ', 'x', ['sign-in.empty-username']],
  ['no password', 'amina', '', ['sign-in.empty-password']],
  ['nothing', '', '', ['sign-in.empty-username', 'sign-in.empty-password']],
  ['a password of one blank', 'amina', ' ', []],
  ['256 code points in each', '😀'.repeat(256), '😀'.repeat(256), []],
  ['a longer username', 'a'.repeat(257), 'x', ['sign-in.wrong']],
  ['a username that is longer once it is folded', 'ﬁ'.repeat(129), 'x', ['sign-in.wrong']],
  ['a longer password', 'amina', 'x'.repeat(257), ['sign-in.wrong']],
] as const)
  test(`an entry with ${what} is ${codes.join(' and ') || 'looked up'}`, () =>
    assert.deepEqual(codesOf(username, password), codes))

const now = 1_000
const free: Standing = {
  deactivated_at: null,
  suspended_until: null,
  leaving_at: null,
  dormant_since: null,
  password_blocked_at: null,
  training_state: 'finished',
  is_temporary: 0,
  credential_expires_at: null,
}

for (const [what, changes, bar] of [
  ['a free account', {}, undefined],
  ['a deactivated one', { deactivated_at: 1 }, { code: 'sign-in.deactivated' }],
  [
    'a suspended one, with the time,',
    { suspended_until: 1_001 },
    { code: 'sign-in.suspended', until: 1_001 },
  ],
  ['one whose suspension is over', { suspended_until: 1_000 }, undefined],
  ['one of somebody who has left', { leaving_at: 1_000 }, { code: 'sign-in.closed' }],
  ['one of somebody who will leave', { leaving_at: 1_001 }, undefined],
  ['an inactive one', { dormant_since: 1 }, { code: 'sign-in.inactive' }],
  ['one that was locked down', { password_blocked_at: 1 }, { code: 'sign-in.locked-down' }],
  ['one without training', { training_state: 'lapsed' }, { code: 'sign-in.training-expired' }],
  ['one with a temporary password in time', { is_temporary: 1, credential_expires_at: 1_001 }, undefined],
  [
    'one with a temporary password that has expired',
    { is_temporary: 1, credential_expires_at: 1_000 },
    { code: 'sign-in.temporary-expired' },
  ],
  ['one with a password of its own past that time', { credential_expires_at: 1 }, undefined],
] as const satisfies readonly (readonly [string, Partial<Standing>, unknown])[])
  test(`after the right password ${what} is ${bar === undefined ? 'let in' : `told ${bar.code}`}`, () =>
    assert.deepEqual(barToSignIn({ ...free, ...changes }, now), bar))

test('a state of the account is told before the expiry of a temporary password', () => {
  const time = fc.option(fc.integer({ min: 0, max: 2_000 }), { nil: null })
  const states = fc.record({
    deactivated_at: time,
    suspended_until: time,
    leaving_at: time,
    dormant_since: time,
    password_blocked_at: time,
  })
  fc.assert(
    fc.property(states, state => {
      const own = barToSignIn({ ...free, ...state }, now)
      const temporary = { is_temporary: 1, credential_expires_at: 1 }
      const bar = barToSignIn({ ...free, ...state, ...temporary }, now)
      assert.deepEqual(bar, own ?? { code: 'sign-in.temporary-expired' })
    }),
  )
})
