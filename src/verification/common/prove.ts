import type { AuditEvent } from '../../audit/audit.ts'
import { done, type Outcome, refusals, refuse } from '../../refusals.ts'
import type { Services } from '../../session/services.ts'
import type { Visit } from '../../session/visit.ts'
import type { Keyring } from '../../store/keyring.ts'
import type { Tx } from '../../store/store.ts'
import { codeLimit, freeFailures } from '../../throttle/rules.ts'
import { claimTry, clearCounters, counterName } from '../../throttle/store.ts'
import { readEntry, type TypedWay, type Verdict, type VerificationCode, type WayName } from './way.ts'

/** A second step that was just proven. */
export interface Proof {
  readonly by: WayName
  /** Wrong entries since the last right one, over all sign-ins: anyone who made them knew the password. */
  readonly failures: number
}

type Parts = Pick<Services, 'store' | 'keyring' | 'audit'>

export interface Given {
  readonly text: string
  /** The codes that the field takes. */
  readonly accepts: readonly [TypedWay, ...TypedWay[]]
  /** Every way there is: a right entry by one forgets the wrong ones by all. */
  readonly ways: readonly TypedWay[]
  /** Locks that the change behind the code needs, taken before the code is. */
  readonly lock?: (tx: Tx) => Promise<void>
}

/** The counter of an account's wrong entries by one way. */
export const wayCounter = (keyring: Keyring, way: Pick<TypedWay, 'counter'>, accountId: string): string =>
  counterName(keyring, 'code', way.counter(accountId))

/**
 * Checks what was typed for the second step and takes it, with `onRight` in the same transaction. The try is counted
 * before it is checked, per account over all sign-ins, so no number of guesses at once gets past the limit (ASVS V6.3.1,
 * V6.5.1; NIST SP 800-63B-4 3.2.2).
 */
export async function proveTyped<Value>(
  parts: Parts,
  accountId: string,
  given: Given,
  visit: Visit,
  onRight: (tx: Tx, proof: Proof) => Promise<Value>,
): Promise<Outcome<Value, VerificationCode>> {
  const { keyring, store } = parts
  const entry = readEntry(given.text, given.accepts)
  if (!entry.ok) return entry
  const { way, text } = entry.value
  const counter = wayCounter(keyring, way, accountId)
  const claim = await store.writeOne(db => claimTry(db, counter, visit.now, codeLimit))
  if (!claim.ok) return refuse({ code: way.refusals.waiting, until: claim.until })
  return store.write(async tx => {
    await given.lock?.(tx)
    const verdict = await way.take(tx, keyring, accountId, text, visit.now)
    if (verdict !== 'right') {
      await recordRefusal(parts, tx, accountId, way, verdict, claim.failures, visit)
      return refuse({ code: way.refusals[verdict] })
    }
    const counters = given.ways.map(each => wayCounter(keyring, each, accountId))
    const cleared = await clearCounters(tx, counters)
    const tries = [...cleared.values()].reduce((sum, failures) => sum + failures, 0)
    const proof = { by: way.name, failures: Math.max(0, tries - 1) }
    const trace = { ...visit.trace(), subject: accountId }
    const used = await way.recordOfUse?.(tx, accountId)
    await parts.audit.record(
      tx,
      { event: 'authn_mfa_success', ...trace, args: { ...proof } },
      ...(used === undefined ? [] : [{ ...trace, ...used }]),
    )
    return done(await onRight(tx, proof))
  })
}

/** Never the entry itself: a wrong code may be a right one mistyped. */
async function recordRefusal(
  { audit }: Parts,
  tx: Tx,
  subject: string,
  way: TypedWay,
  verdict: Exclude<Verdict, 'right'>,
  failures: number,
  visit: Visit,
): Promise<void> {
  const args = { by: way.name, failures, browser: visit.userAgent }
  const trace = { ...visit.trace(), subject }
  const waits: AuditEvent[] =
    failures > freeFailures ? [{ event: refusals[way.refusals.waiting].event, ...trace, args }] : []
  const { event } = refusals[way.refusals[verdict]]
  await audit.record(tx, { event, ...trace, args }, ...waits)
}
