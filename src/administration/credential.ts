import { randomBytes } from 'node:crypto'
import { watchTakeover } from '../account/incidents.ts'
import { type Bar, barOf } from '../account/rules.ts'
import { forgetBrowsers } from '../account/store.ts'
import type { HashPriority, Queued } from '../password/hash-queue.ts'
import type { Hasher, StoredHash } from '../password/hashing.ts'
import { setTemporaryPassword } from '../password/store.ts'
import { makeTemporaryPassword } from '../password/temporary.ts'
import type { Policy } from '../policy/table.ts'
import { done, refuse } from '../refusals.ts'
import { cutOff } from '../session/ending.ts'
import { hasSecondStep } from '../session/facts.ts'
import type { Keyring } from '../store/keyring.ts'
import type { Tx } from '../store/store.ts'
import { clearCounters, counterName } from '../throttle/store.ts'
import { removeBackupCodes } from '../verification/backup-codes/store.ts'
import { removeCard } from '../verification/code-card/store.ts'
import { removePasskeys } from '../verification/passkeys/store.ts'
import { removeSecondStep, secondStepCounters } from '../verification/ways.ts'
import {
  type Act,
  recordOf,
  type Subject,
  takeSubject,
  takeWhole,
  touch,
  type VerbOutcome,
  type VerbParts,
} from './act.ts'
import type { Ended } from './sessions.ts'

/** A temporary password before it is in force: made outside the transaction, because hashing is slow. */
export interface PreparedPassword {
  /** To be shown once. */
  readonly text: string
  readonly hash: StoredHash
}

export async function preparePassword(
  hasher: Hasher,
  priority: HashPriority = 'person',
): Promise<Queued<PreparedPassword>> {
  const text = makeTemporaryPassword(randomBytes)
  const hashed = await hasher.hash(text, priority)
  return hashed.busy ? hashed : { busy: false, value: { text, hash: hashed.value } }
}

export interface Issued {
  /** Milliseconds since 1970 until which the temporary password works. */
  readonly expiresAt: number
  /** Why the person still cannot sign in with it. */
  readonly bar: Bar | undefined
}

const hour = 3_600_000

/**
 * Issue temporary password: the one before, and everything older that is signed in or mailed, dies; waits and a
 * lock-down end. The second step stays.
 */
export async function issueTemporaryPassword(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  hash: StoredHash,
  policy: Policy,
): Promise<VerbOutcome<Issued>> {
  const subject = await takeWhole(tx, act)
  if (!subject.ok) return subject
  await setTemporaryPassword(tx, act.subjectId, hash, policy, act.now)
  await touch(tx, act)
  await cutOff(parts, tx, act.subjectId, 'credential', act.now)
  await forgetWaits(parts, tx, subject.value)
  const expiresAt = act.now + policy.temporaryPasswordHours * hour
  await parts.audit.record(tx, recordOf(act, 'authn_password_change', { temporary: true, expiresAt }))
  await watchTakeover(tx, act.subjectId, 'password', act.now)
  const bar = barOf({ ...subject.value.state, passwordBlockedAt: null }, act.now)
  return done({ expiresAt, bar })
}

/** Reset 2-step: authenticators, code card and backup codes are gone; where policy asks for one, the next sign-in sets it up. */
export async function resetTwoStep(
  parts: VerbParts,
  tx: Tx,
  act: Act,
): Promise<VerbOutcome<{ readonly wasOn: boolean }>> {
  const subject = await takeWhole(tx, act)
  if (!subject.ok) return subject
  const { wasOn } = await tx.db
    .selectFrom('account')
    .select(hasSecondStep.as('wasOn'))
    .where('id', '=', act.subjectId)
    .executeTakeFirstOrThrow()
  if (!wasOn) return refuse({ code: 'account.two-step-off' })
  await removeSecondStep(tx, act.subjectId)
  await forgetBrowsers(tx, act.subjectId)
  await touch(tx, act, { security_changed_at: act.now })
  await cutOff(parts, tx, act.subjectId, 'credential', act.now)
  await forgetWaits(parts, tx, subject.value, ['code'])
  await parts.audit.record(tx, recordOf(act, 'authn_mfa_remove'))
  await watchTakeover(tx, act.subjectId, 'two-step', act.now)
  return done({ wasOn })
}

/** Reset security question: it is gone, live reset links die, and the next sign-in asks for a new one. */
export async function resetQuestion(
  parts: VerbParts,
  tx: Tx,
  act: Act,
): Promise<VerbOutcome<{ readonly wasSet: boolean }>> {
  const subject = await takeWhole(tx, act)
  if (!subject.ok) return subject
  const removed = await tx.db
    .deleteFrom('recovery_question')
    .where('account_id', '=', act.subjectId)
    .executeTakeFirst()
  const wasSet = removed.numDeletedRows === 1n
  if (!wasSet) return refuse({ code: 'account.question-not-set' })
  await touch(tx, act, { security_changed_at: act.now, recovery_asked: 1 })
  await cutOff(parts, tx, act.subjectId, 'credential', act.now)
  await forgetWaits(parts, tx, subject.value, ['answer'])
  await parts.audit.record(tx, recordOf(act, 'user_updated', { change: 'question-reset' }))
  return done({ wasSet })
}

/**
 * Lock down, for a stolen account: sessions end, the password is blocked, links, backup codes, the code card, passkeys and security
 * keys die. The mailbox may be stolen too, so that Forgot password leads to the helpdesk until a temporary password is issued.
 */
export async function lockDown(parts: VerbParts, tx: Tx, act: Act): Promise<VerbOutcome<Ended>> {
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  await touch(tx, act, { password_blocked_at: act.now, security_changed_at: act.now })
  await removeBackupCodes(tx, act.subjectId)
  await removeCard(tx, act.subjectId)
  await removePasskeys(tx, act.subjectId)
  await tx.db.deleteFrom('one_time_link').where('account_id', '=', act.subjectId).execute()
  await tx.db.deleteFrom('kept_form').where('account_id', '=', act.subjectId).execute()
  await forgetBrowsers(tx, act.subjectId)
  const ended = await cutOff(parts, tx, act.subjectId, 'ended-by-helpdesk', act.now)
  await parts.audit.record(tx, recordOf(act, 'authn_login_lock', { why: 'lock-down', ended }))
  return done({ ended })
}

/** Unlock: the person no longer has to wait. The password does not change. */
export async function unlock(
  parts: VerbParts,
  tx: Tx,
  act: Act,
): Promise<VerbOutcome<{ readonly failures: number; readonly bar: Bar | undefined }>> {
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  const failures = await forgetWaits(parts, tx, subject.value)
  await parts.audit.record(tx, recordOf(act, 'user_updated', { change: 'throttle-cleared', failures }))
  return done({ failures, bar: barOf(subject.value.state, act.now) })
}

const waitKinds = ['password-stranger', 'password-known', 'code', 'reauthentication', 'answer'] as const
type WaitKind = (typeof waitKinds)[number]

type Waiting = Pick<Subject, 'id' | 'usernameKey'>
type Counters = (keyring: Keyring, subject: Waiting) => readonly string[]

/** The counters of each kind for one account. Passwords are counted under the username, as they are tried. */
const countersOf: Readonly<Record<WaitKind, Counters>> = {
  'password-stranger': (keys, { usernameKey }) => [counterName(keys, 'password-stranger', usernameKey)],
  'password-known': (keys, { usernameKey }) => [counterName(keys, 'password-known', usernameKey)],
  code: (keys, { id }) => secondStepCounters(keys, id),
  reauthentication: (keys, { id }) => [counterName(keys, 'reauthentication', id)],
  answer: (keys, { id }) => [counterName(keys, 'answer', id)],
}

/** Names of the counters that Unlock forgets. */
export const waitNames = (keyring: Keyring, subject: Waiting): readonly string[] =>
  waitKinds.flatMap(kind => countersOf[kind](keyring, subject))

/** Forgets the account's counters. @returns how many failures they held. */
export async function forgetWaits(
  { keyring }: VerbParts,
  tx: Tx,
  subject: Subject,
  kinds: readonly WaitKind[] = waitKinds,
): Promise<number> {
  const names = kinds.flatMap(kind => countersOf[kind](keyring, subject))
  const cleared = await clearCounters(tx, names)
  return [...cleared.values()].reduce((sum, failures) => sum + failures, 0)
}
