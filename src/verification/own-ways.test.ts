import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cardOf } from '../session/code-card.ts'
import { firstAsked, type OwnWays, othersThan } from './own-ways.ts'
import type { Passkey } from './passkeys/store.ts'

const app = (lastUsedAt: number) => ({ id: 'a', name: null, addedAt: 1, lastUsedAt })
const card = (next: number, lastUsedAt: number | null) => ({
  ...cardOf(1, next),
  serial: 1,
  madeAt: 1,
  lastUsedAt,
})
const key = (lastUsedAt: number | null): Passkey => ({
  id: 'k',
  accountId: 'p',
  kind: 'passkey',
  credentialId: 'c',
  rpId: 'localhost',
  userHandle: 'h',
  backupEligible: true,
  backedUp: true,
  signCount: 0,
  transports: [],
  name: 'Chrome',
  addedAt: 2,
  lastUsedAt,
})
const has = (own: Partial<OwnWays>): OwnWays => ({
  apps: [],
  keys: own.keysHere ?? [],
  keysHere: [],
  card: undefined,
  ...own,
})
const cases: readonly (readonly [who: string, own: OwnWays, first: string, others: string])[] = [
  ['one app', has({ apps: [app(5)], card: undefined }), 'app', 'backup-code'],
  ['a card alone', has({ apps: [], card: card(1, null) }), 'code-card', 'backup-code'],
  ['a card alone that is used up', has({ apps: [], card: card(41, 5) }), 'code-card', 'backup-code'],
  ['an app used after the card', has({ apps: [app(5)], card: card(3, 4) }), 'app', 'code-card,backup-code'],
  [
    'a card used after both apps',
    has({ apps: [app(5), app(3)], card: card(3, 6) }),
    'code-card',
    'app,backup-code',
  ],
  [
    'a card never used and an app',
    has({ apps: [app(5)], card: card(1, null) }),
    'app',
    'code-card,backup-code',
  ],
  [
    'a card used up after the app',
    has({ apps: [app(5)], card: card(41, 6) }),
    'app',
    'code-card,backup-code',
  ],
  ['a passkey alone', has({ keysHere: [key(null)] }), 'passkey', 'backup-code'],
  ['a passkey used after the app', has({ apps: [app(5)], keysHere: [key(6)] }), 'passkey', 'app,backup-code'],
  [
    'a passkey never used and an app',
    has({ apps: [app(5)], keysHere: [key(null)] }),
    'app',
    'passkey,backup-code',
  ],
  ['a passkey of a former address and an app', has({ apps: [app(5)], keys: [key(6)] }), 'app', 'backup-code'],
  ['a passkey of a former address alone', has({ keys: [key(6)] }), 'passkey', 'backup-code'],
  ['nothing', has({ apps: [], card: undefined }), 'app', 'backup-code'],
]
for (const [who, own, first, others] of cases) {
  test(`who has ${who} is asked for ${first} and offered ${others}`, () => {
    assert.equal(firstAsked(own), first)
    assert.equal(othersThan(firstAsked(own), own).join(), others)
    assert.ok(!othersThan('backup-code', own).includes('backup-code'))
  })
}
