import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { eachEngine } from '../../../test/support/database/store.ts'
import { createKeyring, type Secret } from '../../store/keyring.ts'
import { challengeLifetime, newChallenge, spendChallenge, stateOf } from './challenge.ts'

const newKey = (): Secret => ({ id: randomBytes(4).toString('hex'), secret: randomBytes(32) })
const secret = newKey()
const keyring = createKeyring([secret])
const now = 1_800_000_000_000
const asked = { purpose: 'verify', holder: 'sign-in 1' } as const

test('a challenge holds for ten minutes, for what and whom it was made', () => {
  const challenge = newChallenge(keyring, asked, now)
  assert.equal(stateOf(keyring, asked, challenge, now), 'live')
  assert.equal(stateOf(keyring, asked, challenge, now + challengeLifetime - 1), 'live')
  assert.equal(stateOf(keyring, asked, challenge, now + challengeLifetime), 'old')
  assert.equal(stateOf(keyring, asked, challenge, now - 2 * 60_000), 'old', 'from a time to come')
  assert.equal(stateOf(keyring, { ...asked, purpose: 'gate' }, challenge, now), 'foreign')
  assert.equal(stateOf(keyring, { ...asked, holder: 'sign-in 2' }, challenge, now), 'foreign')
  assert.equal(stateOf(createKeyring([newKey()]), asked, challenge, now), 'foreign', 'of another site')
  assert.notEqual(newChallenge(keyring, asked, now), challenge, 'each is random')
})

test('a challenge outlives a new key, and not a retired one', () => {
  const challenge = newChallenge(keyring, asked, now)
  assert.equal(stateOf(createKeyring([newKey(), secret]), asked, challenge, now), 'live')
  const retired = createKeyring([newKey(), { ...secret, ends: new Map() }])
  assert.equal(stateOf(retired, asked, challenge, now), 'foreign')
})

test('a challenge with any sign changed, added or lost is nobody’s', () => {
  const challenge = newChallenge(keyring, asked, now)
  const sign = fc.constantFrom(...'ABCXYZabcxyz0189-_=+ .')
  fc.assert(
    fc.property(fc.nat(challenge.length), sign, fc.constantFrom(0, 1), (at, other, cut) => {
      const changed = challenge.slice(0, at) + other + challenge.slice(at + cut)
      fc.pre(changed !== challenge)
      assert.equal(stateOf(keyring, asked, changed, now), 'foreign')
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => stateOf(keyring, asked, text, now) === 'foreign'),
  )
})

eachEngine('of fifty who answer the same challenge at once one does', async open => {
  const { store } = await open()
  for (const challenge of ['one', 'two', 'three']) {
    const spent = await Promise.all(
      Array.from({ length: 50 }, () => store.write(tx => spendChallenge(tx, challenge, now))),
    )
    assert.equal(spent.filter(Boolean).length, 1)
  }
})

eachEngine('a challenge stays unanswered when what it was answered for fails', async open => {
  const { store } = await open()
  const failing = store.write(async tx => {
    assert.equal(await spendChallenge(tx, 'one', now), true)
    throw new Error('the proof failed')
  })
  await assert.rejects(failing)
  assert.equal(await store.write(tx => spendChallenge(tx, 'one', now)), true)
})
