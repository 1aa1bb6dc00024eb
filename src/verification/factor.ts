import type { AuditEvent } from '../audit/audit.ts'
import { done, type Outcome, refusals, refuse } from '../refusals.ts'
import type { Services } from '../session/services.ts'
import type { Visit } from '../session/visit.ts'
import type { Keyring } from '../store/keyring.ts'
import type { Tx } from '../store/store.ts'
import { freeFailures } from '../throttle/rules.ts'
import { claimTry, clearCounters, counterName } from '../throttle/store.ts'
import {
  type Accepts,
  codeLimit,
  type FactorEntry,
  type FactorKind,
  parseFactor,
  type VerificationCode,
} from './rules.ts'
import { backupCodesLeft, takeBackupCode, takeStep, type Verdict } from './store.ts'

/** A second step that was just proven. */
export interface Proof {
  readonly by: FactorKind
  /** Wrong entries since the last right one, over all sign-ins: whoever made them knew the password. */
  readonly failures: number
}

type Parts = Pick<Services, 'store' | 'keyring' | 'audit'>

export interface FactorGiven {
  readonly text: string
  readonly accepts: Accepts
  /** Locks that the change behind the code needs, taken before the code is. */
  readonly lock?: (tx: Tx) => Promise<void>
}

/** Counters of an account's second step; a backup code works while codes wait, so each kind has its own. */
export const factorCounters = (
  keyring: Keyring,
  accountId: string,
): Readonly<Record<FactorKind, string>> => ({
  code: counterName(keyring, 'code', accountId),
  'backup-code': counterName(keyring, 'code', `backup ${accountId}`),
})

const waiting = { code: 'verification.waiting', 'backup-code': 'verification.backup-waiting' } as const
const refused = {
  code: { used: 'verification.used', wrong: 'verification.wrong' },
  'backup-code': { used: 'verification.backup-used', wrong: 'verification.backup-wrong' },
} as const

/**
 * Checks a verification code or backup code and takes it, with `onRight` in the same transaction. The try is counted
 * before it is checked, per account over all sign-ins, so no number of guesses at once gets past the limit (ASVS V6.3.1,
 * V6.5.1; NIST SP 800-63B-4 3.2.2).
 */
export async function proveFactor<Value>(
  parts: Parts,
  accountId: string,
  given: FactorGiven,
  visit: Visit,
  onRight: (tx: Tx, proof: Proof) => Promise<Value>,
): Promise<Outcome<Value, VerificationCode>> {
  const parsed = parseFactor(given.text, given.accepts)
  if (!parsed.ok) return parsed
  const entry = parsed.value
  const counters = factorCounters(parts.keyring, accountId)
  const claim = await parts.store.writeOne(db => claimTry(db, counters[entry.kind], visit.now, codeLimit))
  if (!claim.ok) return refuse({ code: waiting[entry.kind], until: claim.until })
  return parts.store.write(async tx => {
    await given.lock?.(tx)
    const verdict = await take(parts, tx, accountId, entry, visit.now)
    if (verdict !== 'right') {
      await recordRefusal(parts, tx, accountId, entry.kind, verdict, claim.failures, visit)
      return refuse({ code: refused[entry.kind][verdict] })
    }
    const cleared = await clearCounters(tx, Object.values(counters))
    const tries = [...cleared.values()].reduce((sum, failures) => sum + failures, 0)
    const proof = { by: entry.kind, failures: Math.max(0, tries - 1) }
    await recordProof(parts, tx, accountId, proof, visit)
    return done(await onRight(tx, proof))
  })
}

/** What the gate to Security Settings is told. */
export type FactorAnswer =
  | { readonly kind: 'right' | 'wrong' | 'used' }
  | { readonly kind: 'waiting'; readonly until: number }

/** Checks and takes a verification code or backup code for whoever asks for it beside the password. */
export async function checkSecondFactor(
  parts: Parts,
  accountId: string,
  text: string,
  visit: Visit,
): Promise<FactorAnswer> {
  const outcome = await proveFactor(parts, accountId, { text, accepts: 'either' }, visit, async () => true)
  const refusal = outcome.ok ? undefined : outcome.refusals[0]
  if (refusal === undefined) return { kind: 'right' }
  if (refusal.until !== undefined) return { kind: 'waiting', until: refusal.until }
  const used = refusal.code === 'verification.used' || refusal.code === 'verification.backup-used'
  return { kind: used ? 'used' : 'wrong' }
}

const take = (
  { keyring }: Parts,
  tx: Tx,
  accountId: string,
  entry: FactorEntry,
  now: number,
): Promise<Verdict> =>
  entry.kind === 'code'
    ? takeStep(tx, keyring, accountId, entry.text, now)
    : takeBackupCode(tx, keyring, accountId, entry.text, now)

async function recordProof(
  { audit }: Parts,
  tx: Tx,
  subject: string,
  proof: Proof,
  visit: Visit,
): Promise<void> {
  const trace = { ...visit.trace(), subject }
  const used: AuditEvent[] =
    proof.by === 'backup-code'
      ? [
          {
            event: 'authn_recovery_code_used',
            ...trace,
            args: { left: await backupCodesLeft(tx.db, subject) },
          },
        ]
      : []
  await audit.record(
    tx,
    { event: 'authn_mfa_success', ...trace, args: { by: proof.by, failures: proof.failures } },
    ...used,
  )
}

/** Never the entry itself: a wrong code may be a right one mistyped. */
async function recordRefusal(
  { audit }: Parts,
  tx: Tx,
  subject: string,
  by: FactorKind,
  verdict: 'used' | 'wrong',
  failures: number,
  visit: Visit,
): Promise<void> {
  const args = { by, failures }
  const trace = { ...visit.trace(), subject }
  const waits: AuditEvent[] =
    failures > freeFailures ? [{ event: 'authn_login_fail_max', ...trace, args }] : []
  const { event } = refusals[refused[by][verdict]]
  await audit.record(tx, { event, ...trace, args }, ...waits)
}
