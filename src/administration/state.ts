import { sql } from 'kysely'
import type { AccountState } from '../account/rules.ts'
import { moveStanding } from '../account/standing.ts'
import type { StandingChanged } from '../audit/evidence.ts'
import { done, refuse } from '../refusals.ts'
import { cutOff, endSignIns } from '../session/ending.ts'
import type { Tx } from '../store/store.ts'
import { type Act, recordOf, type Subject, takeWhole, type VerbOutcome, type VerbParts } from './act.ts'
import type { Ended } from './sessions.ts'
import { askTrainingAgain } from './train-again.ts'

/** Deactivate: nobody can sign in to it until it is reactivated; everything that was open is dead. Nothing is deleted. */
export async function deactivate(parts: VerbParts, tx: Tx, act: Act): Promise<VerbOutcome<Ended>> {
  const subject = await takeWhole(tx, act)
  return subject.ok ? putAside(parts, tx, act, subject.value) : subject
}

/** The same for an account that the transaction holds, by whoever may. */
export async function putAside(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  subject: Subject,
): Promise<VerbOutcome<Ended>> {
  if (subject.state.deactivatedAt !== null) return refuse({ code: 'account.already-deactivated' })
  if (!(await move(tx, subject, { deactivatedAt: act.now })))
    return refuse({ code: 'account.last-administrator' })
  await tx.db
    .updateTable('account')
    .set({ deactivated_at: act.now, deactivated_reason: act.reason, version: sql<number>`version + 1` })
    .where('id', '=', act.subjectId)
    .execute()
  const ended = await cutOff(parts, tx, act.subjectId, 'ended-by-helpdesk', act.now)
  await parts.audit.record(tx, recordOf(act, 'user_archived', { ended }))
  return done({ ended })
}

/** What reactivating ended. */
export type Ending = 'deactivated' | 'suspended' | 'leaving' | 'dormant'

export interface Reactivated {
  readonly ended: readonly Ending[]
  /** Locked down: signing in also takes a new temporary password. */
  readonly needsPassword: boolean
  /** Away for so long that training comes first. */
  readonly needsTraining: boolean
}

/**
 * Reactivate: ends deactivation, suspension, leaving and dormancy, and dormancy counts from now. After a long absence
 * training comes first.
 */
export async function reactivate(parts: VerbParts, tx: Tx, act: Act): Promise<VerbOutcome<Reactivated>> {
  const subject = await takeWhole(tx, act)
  if (!subject.ok) return subject
  const { active_since } = await tx.db
    .selectFrom('account')
    .select('active_since')
    .where('id', '=', act.subjectId)
    .executeTakeFirstOrThrow()
  const outcome = await bringBack(parts, tx, act, subject.value)
  if (!outcome.ok) return outcome
  const needsTraining = await askTrainingAgain(parts, tx, act, active_since)
  return done({ ...outcome.value, needsTraining })
}

/** The same for an account that the transaction holds, by whoever may. */
export async function bringBack(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  subject: Subject,
): Promise<VerbOutcome<Reactivated>> {
  const ended = endedBy(subject.state)
  if (ended.length === 0) return refuse({ code: 'account.already-active' })
  await move(tx, subject, {
    deactivatedAt: null,
    suspendedUntil: null,
    leavingAt: null,
    dormantSince: null,
  })
  await tx.db
    .updateTable('account')
    .set({
      deactivated_at: null,
      deactivated_reason: null,
      suspended_until: null,
      suspended_reason: null,
      leaving_at: null,
      left_at: null,
      dormant_since: null,
      dormancy_noticed_at: null,
      active_since: act.now,
      version: sql<number>`version + 1`,
    })
    .where('id', '=', act.subjectId)
    .execute()
  await parts.audit.record(
    tx,
    recordOf(act, 'user_updated', {
      change: 'reactivated',
      ended: ended.join(' '),
    } satisfies StandingChanged),
  )
  return done({ ended, needsPassword: subject.state.passwordBlockedAt !== null, needsTraining: false })
}

function endedBy(state: AccountState): readonly Ending[] {
  const list: Ending[] = []
  if (state.deactivatedAt !== null) list.push('deactivated')
  if (state.suspendedUntil !== null) list.push('suspended')
  if (state.leavingAt !== null) list.push('leaving')
  if (state.dormantSince !== null) list.push('dormant')
  return list
}

/** Suspend until a time (milliseconds since 1970), which then ends by itself; sessions end now. */
export async function suspend(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  until: number,
): Promise<VerbOutcome<Ended>> {
  const subject = await takeWhole(tx, act)
  if (!subject.ok) return subject
  if (until <= act.now) return refuse({ code: 'account.time-past', field: 'until' })
  if (!(await move(tx, subject.value, { suspendedUntil: until })))
    return refuse({ code: 'account.last-administrator' })
  await tx.db
    .updateTable('account')
    .set({ suspended_until: until, suspended_reason: act.reason, version: sql<number>`version + 1` })
    .where('id', '=', act.subjectId)
    .execute()
  const ended = await endSignIns(parts, tx, { accountId: act.subjectId }, 'ended-by-helpdesk', act.now)
  await parts.audit.record(
    tx,
    recordOf(act, 'user_updated', { change: 'suspended', until, ended } satisfies StandingChanged),
  )
  return done({ ended })
}

/** Schedule leaving at a time (milliseconds since 1970), or take the plan back with null. */
export async function scheduleLeaving(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  at: number | null,
): Promise<VerbOutcome<{ readonly before: number | null }>> {
  const subject = await takeWhole(tx, act)
  if (!subject.ok) return subject
  const before = subject.value.state.leavingAt
  if (at !== null && at <= act.now) return refuse({ code: 'account.time-past', field: 'at' })
  if (!(await move(tx, subject.value, { leavingAt: at })))
    return refuse({ code: 'account.last-administrator' })
  await tx.db
    .updateTable('account')
    .set({ leaving_at: at, left_at: null, version: sql<number>`version + 1` })
    .where('id', '=', act.subjectId)
    .execute()
  await parts.audit.record(
    tx,
    recordOf(act, 'user_updated', { change: 'leaving', before, after: at } satisfies StandingChanged),
  )
  return done({ before })
}

const move = (tx: Tx, { role, state }: Subject, changes: Partial<AccountState>): Promise<boolean> =>
  moveStanding(tx, { role, state }, { role, state: { ...state, ...changes } })
