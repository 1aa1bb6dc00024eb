import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noWait, type SignInState, type Verdict, verdictOf } from './rules.ts'

const now = 1_000_000
const fine: SignInState = {
  state: {
    deactivatedAt: null,
    suspendedUntil: null,
    leavingAt: null,
    dormantSince: null,
    passwordBlockedAt: null,
    trainingLapsed: false,
  },
  password: 'own',
  temporaryUntil: null,
  stranger: noWait,
  known: noWait,
  code: noWait,
}
const state = (given: Partial<SignInState['state']>): SignInState => ({
  ...fine,
  state: { ...fine.state, ...given },
})
const temporary = (temporaryUntil: number): SignInState => ({
  ...fine,
  password: 'temporary',
  temporaryUntil,
})

const table: readonly (readonly [
  name: string,
  facts: SignInState,
  can: boolean,
  say: Verdict['say'],
  at?: number,
])[] = [
  ['in good order', fine, true, 'yes'],
  ['deactivated', state({ deactivatedAt: 5 }), false, 'deactivated', 5],
  [
    'deactivated and throttled',
    { ...state({ deactivatedAt: 5 }), stranger: { failures: 60, until: now + 1 } },
    false,
    'deactivated',
    5,
  ],
  ['closed', state({ leavingAt: now }), false, 'closed', now],
  ['leaves later', state({ leavingAt: now + 1 }), true, 'leaving', now + 1],
  ['suspended', state({ suspendedUntil: now + 1 }), false, 'suspended', now + 1],
  ['suspension over', state({ suspendedUntil: now }), true, 'yes'],
  ['locked down', state({ passwordBlockedAt: 1 }), false, 'locked-down'],
  ['inactive', state({ dormantSince: 1 }), false, 'inactive'],
  ['training lapsed', state({ trainingLapsed: true }), false, 'training-expired'],
  ['no password yet', { ...fine, password: 'none' }, false, 'no-password'],
  ['temporary password', temporary(now + 1), true, 'first-sign-in', now + 1],
  ['temporary password over', temporary(now), false, 'temporary-over', now],
  ['waits', { ...fine, stranger: { failures: 7, until: now + 9 } }, false, 'waits', now + 9],
  ['has waited', { ...fine, stranger: { failures: 7, until: now } }, true, 'yes'],
  ['50 failures, however old', { ...fine, stranger: { failures: 50, until: 0 } }, false, 'locked-out'],
  ['49 failures', { ...fine, stranger: { failures: 49, until: 0 } }, true, 'yes'],
  ['waits at the code', { ...fine, code: { failures: 5, until: now + 3 } }, false, 'waits-code', now + 3],
  ['own browser waits', { ...fine, known: { failures: 5, until: now + 3 } }, false, 'known-waits', now + 3],
]

for (const [name, facts, can, say, at = null] of table) {
  test(`whether somebody can sign in: ${name}`, () => {
    assert.deepEqual(verdictOf(facts, now), { can, say, at })
  })
}
