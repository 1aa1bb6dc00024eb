import { done, refuse } from '../refusals.ts'
import type { Tx } from '../store/store.ts'
import { type Act, recordOf, takeWhole, touch, type VerbOutcome, type VerbParts } from './act.ts'
import { administratorsClose } from './incidents.ts'

/** Close incident: somebody has talked to the person. What may be an agent's own theft is for administrators to close. */
export async function closeIncidents(
  parts: VerbParts,
  tx: Tx,
  act: Act,
): Promise<VerbOutcome<{ readonly closed: number }>> {
  const subject = await takeWhole(tx, act)
  if (!subject.ok) return subject
  const mayCloseAll = act.agent.role === 'administrator'
  let update = tx.db
    .updateTable('incident')
    .set({ closed_at: act.now, closed_by: act.agent.actor })
    .where('account_id', '=', act.subjectId)
    .where('closed_at', 'is', null)
  if (!mayCloseAll) update = update.where('kind', 'not in', administratorsClose)
  const closed = Number((await update.executeTakeFirst()).numUpdatedRows)
  if (closed === 0) return refuse({ code: mayCloseAll ? 'account.changed-meanwhile' : 'account.not-yours' })
  await touch(tx, act)
  await parts.audit.record(tx, recordOf(act, 'user_updated', { change: 'incident-closed', closed }))
  return done({ closed })
}
