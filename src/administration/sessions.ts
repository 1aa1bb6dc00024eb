import { done } from '../refusals.ts'
import { endSignIns } from '../session/ending.ts'
import type { Tx } from '../store/store.ts'
import { type Act, recordOf, takeSubject, type VerbOutcome, type VerbParts } from './act.ts'

export interface Ended {
  /** Sessions that were alive. */
  readonly ended: number
}

/** End sessions: the person signs in again with what they have. */
export async function endSessions(parts: VerbParts, tx: Tx, act: Act): Promise<VerbOutcome<Ended>> {
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  const ended = await endSignIns(parts, tx, { accountId: act.subjectId }, 'ended-by-helpdesk', act.now)
  await parts.audit.record(tx, recordOf(act, 'session_expired', { why: 'ended-by-helpdesk', ended }))
  return done({ ended })
}
