import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProofKind } from '../session/proofs.ts'
import { proofClaims } from './claims.ts'

const cases: readonly (readonly [kinds: readonly ProofKind[], amr: string, acr: string])[] = [
  [['password'], 'pwd', 'password'],
  [['mailed-link'], 'pwd', 'password'],
  [['password', 'code'], 'pwd otp mfa', 'two-step'],
  [['password', 'backup-code'], 'pwd otp mfa', 'two-step'],
  [['password', 'code-card'], 'pwd otp mfa', 'two-step'],
  [['password', 'key-verified'], 'pwd pop user mfa phr', 'two-step'],
  [['password', 'key-touched'], 'pwd pop mfa phr', 'two-step'],
  [['key-verified'], 'pop user mfa phr', 'two-step'],
  [['password', 'key-added'], 'pwd', 'password'],
  [['password', 'own-computer'], 'pwd', 'password'],
]
for (const [kinds, amr, acr] of cases) {
  test(`a sign-in by ${kinds.join(' and ')} tells ${amr}`, () => {
    const proofs = Object.fromEntries(kinds.map((kind, index) => [kind, 1_000 * (index + 1)]))
    const claims = proofClaims(proofs)
    assert.equal(claims.amr.join(' '), amr)
    assert.equal(claims.acr, `urn:lintel:${acr}`)
    assert.equal(claims.authTime, 1)
  })
}
