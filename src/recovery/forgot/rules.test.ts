import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guardTime, offerOf, type RecoveryFacts } from './rules.ts'

const now = 1_800_000_000_000
const free: RecoveryFacts = {
  deactivatedAt: null,
  suspendedUntil: null,
  leavingAt: null,
  dormantSince: null,
  passwordBlockedAt: null,
  trainingLapsed: false,
  hasQuestion: true,
  securityChangedAt: null,
}
const offer = (facts: Partial<RecoveryFacts>, securityQuestion = true) =>
  offerOf({ ...free, ...facts }, { securityQuestion }, now)

test('a link needs a question, unless policy does without', () => {
  assert.equal(offer({}), 'link')
  assert.equal(offer({ hasQuestion: false }), 'no-question')
  assert.equal(offer({ hasQuestion: false }, false), 'link')
})

test('no barred account is offered a link, also when its password is blocked besides', () => {
  const bars: Partial<RecoveryFacts>[] = [
    { deactivatedAt: now - 1 },
    { suspendedUntil: now + 1 },
    { leavingAt: now },
    { dormantSince: now - 1 },
    { trainingLapsed: true },
  ]
  for (const bar of bars) {
    assert.equal(offer(bar), 'barred')
    assert.equal(offer({ ...bar, passwordBlockedAt: now - 1 }), 'barred')
  }
  assert.equal(offer({ suspendedUntil: now }), 'link')
})

test('a blocked password is what a link is for, unless recovery data changed in the seven days before', () => {
  const passwordBlockedAt = now - 1_000
  assert.equal(offer({ passwordBlockedAt }), 'link')
  assert.equal(offer({ passwordBlockedAt, securityChangedAt: passwordBlockedAt - guardTime }), 'link')
  assert.equal(offer({ passwordBlockedAt, securityChangedAt: passwordBlockedAt - guardTime + 1 }), 'guarded')
  assert.equal(offer({ securityChangedAt: now - 1 }), 'link')
})
