import { sql } from 'kysely'
import { mayManage } from '../account/rules.ts'
import { moveStanding } from '../account/standing.ts'
import { done, refuse } from '../refusals.ts'
import { cutOff } from '../session/ending.ts'
import type { Role } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { type Act, recordOf, takeSubject, type VerbOutcome, type VerbParts } from './act.ts'

/**
 * Change role. Nobody gives a role that they could not manage, and the last active administrator keeps theirs. The
 * grace for the second step begins anew. A limit to organizations goes with the role of helpdesk. What is signed in ends.
 */
export async function changeRole(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  role: Role,
): Promise<VerbOutcome<{ readonly before: Role }>> {
  if (!mayManage(act.agent.role, role)) return refuse({ code: 'account.not-yours' })
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  const { role: before, state } = subject.value
  if (before === role) return refuse({ code: 'account.same-role' })
  if (!(await moveStanding(tx, { role: before, state }, { role, state })))
    return refuse({ code: 'account.last-administrator' })
  await tx.db
    .updateTable('account')
    .set({ role, role_since: act.now, version: sql<number>`version + 1` })
    .where('id', '=', act.subjectId)
    .execute()
  if (role !== 'helpdesk')
    await tx.db.deleteFrom('helpdesk_scope').where('account_id', '=', act.subjectId).execute()
  const ended = await cutOff(parts, tx, act.subjectId, 'ended-by-helpdesk', act.now)
  await parts.audit.record(tx, recordOf(act, 'privilege_permissions_changed', { before, after: role, ended }))
  return done({ before })
}
