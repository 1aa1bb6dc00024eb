import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cardOf } from '../session/code-card.ts'
import { firstAsked, type OwnWays, othersThan } from './own-ways.ts'

const app = (lastUsedAt: number) => ({ id: 'a', name: null, addedAt: 1, lastUsedAt })
const card = (next: number, lastUsedAt: number | null) => ({
  ...cardOf(1, next),
  serial: 1,
  madeAt: 1,
  lastUsedAt,
})
const cases: readonly (readonly [who: string, own: OwnWays, first: string, others: string])[] = [
  ['one app', { apps: [app(5)], card: undefined }, 'app', 'backup-code'],
  ['a card alone', { apps: [], card: card(1, null) }, 'code-card', 'backup-code'],
  ['a card alone that is used up', { apps: [], card: card(41, 5) }, 'code-card', 'backup-code'],
  ['an app used after the card', { apps: [app(5)], card: card(3, 4) }, 'app', 'code-card,backup-code'],
  [
    'a card used after both apps',
    { apps: [app(5), app(3)], card: card(3, 6) },
    'code-card',
    'app,backup-code',
  ],
  ['a card never used and an app', { apps: [app(5)], card: card(1, null) }, 'app', 'code-card,backup-code'],
  ['a card used up after the app', { apps: [app(5)], card: card(41, 6) }, 'app', 'code-card,backup-code'],
  ['nothing', { apps: [], card: undefined }, 'app', 'backup-code'],
]
for (const [who, own, first, others] of cases) {
  test(`who has ${who} is asked for ${first} and offered ${others}`, () => {
    assert.equal(firstAsked(own), first)
    assert.equal(othersThan(firstAsked(own), own).join(), others)
    assert.ok(!othersThan('backup-code', own).includes('backup-code'))
  })
}
