import { openIncident } from '../../account/incidents.ts'
import type { AuditEvent } from '../../audit/audit.ts'
import { done, type Outcome, type Refusal, type RefusalOf, refusals, refuse } from '../../refusals.ts'
import type { ProofKind } from '../../session/proofs.ts'
import type { Services } from '../../session/services.ts'
import type { Visit } from '../../session/visit.ts'
import type { Tx } from '../../store/store.ts'
import { freeSourceFailures } from '../../throttle/rules.ts'
import { clearCounters, counterName, countSourceFailure, readSource } from '../../throttle/store.ts'
import { sourceOf } from '../../web/request.ts'
import { type Assertion, readAssertion } from './answer.ts'
import { type AskedOf, spendChallenge, stateOf } from './challenge.ts'
import { keyForm } from './fields.ts'
import type { Site } from './site.ts'
import { findPasskey, type Known, type Passkey, usePasskey } from './store.ts'
import { verifyAssertion } from './verify.ts'

export type PasskeyCode = RefusalOf<'passkeys'>

/** A signature that was right, and is used up. */
export interface KeyProof {
  readonly by: ProofKind
  readonly passkey: Passkey
  /** Wrong codes since the last right entry: anyone who made them knew the password. */
  readonly failures: number
}

/** The person who may sign, and what for. */
export interface KeyAsked extends AskedOf {
  /** Undefined: anybody with a passkey that made sure who holds it. */
  readonly accountId: string | undefined
  /** Counters of wrong codes that a right answer forgets. */
  readonly counters?: readonly string[]
  /** What a wrong answer is in the log. */
  readonly failed: 'authn_mfa_fail' | 'authn_login_fail' | 'authn_reauth_fail'
  /** Locks that the change behind the signature needs, taken before it is. */
  readonly lock?: (tx: Tx) => Promise<void>
}

type Parts = Pick<Services, 'store' | 'keyring' | 'audit'>

/** Tells whether a credential may answer: its owner's, of this address, and alone only if it is a passkey. */
function mayAnswer({ passkey }: Known, given: Assertion, site: Site, asked: KeyAsked): boolean {
  const { accountId } = asked
  const isTheirs =
    accountId === undefined
      ? passkey.kind === 'passkey' && given.authData.userVerified && given.userHandle !== ''
      : passkey.accountId === accountId
  const isNamed = given.userHandle === '' || given.userHandle === passkey.userHandle
  return isTheirs && isNamed && passkey.rpId === site.rpId
}

/**
 * Checks a signature and takes it, with `onRight` in the same transaction. An id that nobody has takes as long as a wrong
 * signature and is answered the same. What is wrong counts against the address alone: a signature cannot be guessed, and
 * nobody's account waits for what a stranger sends.
 */
export async function proveByKey<Value>(
  parts: Parts,
  site: Site,
  visit: Visit,
  asked: KeyAsked,
  onRight: (tx: Tx, proof: KeyProof) => Promise<Value>,
): Promise<Outcome<Value, PasskeyCode>> {
  const { keyring, store } = parts
  const text = keyForm.read(visit.form).passkey
  if (text === '') return refuse({ code: 'passkeys.no-answer' })
  const source = counterName(keyring, 'source', sourceOf(visit.address))
  const { blockedUntil } = await readSource(store.read, source, visit.now)
  if (blockedUntil > visit.now) return refuse({ code: 'passkeys.waiting', until: blockedUntil })
  const given = readAssertion(text, site.origin)
  const state = given && stateOf(keyring, asked, given.challenge, visit.now)
  if (state === 'old') return refuse({ code: 'passkeys.expired' })
  const found = given && (await findPasskey(store.read, keyring, given.id))
  const known = found && mayAnswer(found, given, site, asked) ? found : undefined
  const isRight = given !== undefined && (await verifyAssertion(site, given, known?.publicKey))
  if (!isRight || known === undefined || state !== 'live')
    return refuseWrong(parts, visit, asked, found?.passkey.accountId, source)
  return store.write(tx => take(parts, tx, visit, asked, { given, known }, onRight))
}

async function take<Value>(
  { audit }: Parts,
  tx: Tx,
  visit: Visit,
  asked: KeyAsked,
  { given, known: { passkey } }: { readonly given: Assertion; readonly known: Known },
  onRight: (tx: Tx, proof: KeyProof) => Promise<Value>,
): Promise<Outcome<Value, PasskeyCode>> {
  const { id, accountId, kind } = passkey
  await asked.lock?.(tx)
  if (!(await spendChallenge(tx, given.challenge, visit.now))) return refuse({ code: 'passkeys.expired' })
  const use = await usePasskey(tx, id, given.authData, visit.now)
  const trace = { ...visit.trace(), subject: accountId }
  if (use !== 'noted') {
    const isCopy = use === 'copy'
    if (isCopy) await openIncident(tx, accountId, 'key-copied', visit.now)
    await audit.record(tx, { event: asked.failed, ...trace, args: { by: kind, copied: isCopy } })
    return refuse({ code: isCopy ? 'passkeys.copied' : 'passkeys.wrong' })
  }
  const cleared = await clearCounters(tx, asked.counters ?? [])
  const failures = [...cleared.values()].reduce((sum, count) => sum + count, 0)
  const { userVerified } = given.authData
  const args = { by: kind, verified: userVerified, failures }
  await audit.record(tx, { event: 'authn_mfa_success', ...trace, args })
  return done(await onRight(tx, { by: userVerified ? 'key-verified' : 'key-touched', passkey, failures }))
}

/** Records what was wrong. `owner`: whose key was named, for the log alone. */
async function refuseWrong(
  { store, audit }: Parts,
  visit: Visit,
  { accountId, failed }: KeyAsked,
  owner: string | undefined,
  source: string,
): Promise<{ readonly ok: false; readonly refusals: readonly Refusal<PasskeyCode>[] }> {
  const subject = accountId ?? owner
  await store.write(async tx => {
    const counted = await countSourceFailure(tx, source, visit.now)
    const wrong: AuditEvent = {
      event: failed,
      ...visit.trace(),
      ...(subject !== undefined && { subject }),
      args: { by: 'passkey', browser: visit.userAgent },
    }
    const waits: AuditEvent[] =
      counted === freeSourceFailures + 1
        ? [
            {
              event: refusals['passkeys.waiting'].event,
              ...visit.trace(),
              args: { what: 'source', fromSource: counted },
            },
          ]
        : []
    await audit.record(tx, wrong, ...waits)
  })
  return refuse({ code: 'passkeys.wrong' })
}
