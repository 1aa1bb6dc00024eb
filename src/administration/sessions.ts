import { raiseEpoch } from '../account/store.ts'
import { done } from '../refusals.ts'
import type { EndReason } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { type Act, recordOf, takeSubject, type VerbOutcome, type VerbParts } from './act.ts'

/** Ends every session and every sign-in that is under way. @returns how many sessions were alive. */
export async function endAll(tx: Tx, accountId: string, reason: EndReason, now: number): Promise<number> {
  const ended = await tx.db
    .updateTable('session')
    .set({ ended_at: now, end_reason: reason })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  await tx.db.deleteFrom('pending_sign_in').where('account_id', '=', accountId).execute()
  return Number(ended.numUpdatedRows)
}

/** Ends sessions and raises the epoch, so that links, kept forms and sign-ins in flight die too. */
export async function cutOff(tx: Tx, accountId: string, reason: EndReason, now: number): Promise<number> {
  await raiseEpoch(tx, accountId)
  return endAll(tx, accountId, reason, now)
}

export interface Ended {
  /** Sessions that were alive. */
  readonly ended: number
}

/** End sessions: the person signs in again with what they have. */
export async function endSessions(parts: VerbParts, tx: Tx, act: Act): Promise<VerbOutcome<Ended>> {
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  const ended = await endAll(tx, act.subjectId, 'ended-by-helpdesk', act.now)
  await parts.audit.record(tx, recordOf(act, 'session_expired', { why: 'ended-by-helpdesk', ended }))
  return done({ ended })
}
