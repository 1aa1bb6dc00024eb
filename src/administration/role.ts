import { sql } from 'kysely'
import { mayManage } from '../account/rules.ts'
import { moveStanding } from '../account/standing.ts'
import { done, refuse } from '../refusals.ts'
import { cutOff } from '../session/ending.ts'
import type { Role } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { type Act, permissionsRecord, takeSubject, type VerbOutcome, type VerbParts } from './act.ts'
import { checkLimit, putLimit } from './limit-agent.ts'

/** A role, and with that of helpdesk whom they look after: ids of organizations; none: everyone. */
type RoleGiven =
  | { readonly role: 'helpdesk'; readonly limit: readonly string[] }
  | { readonly role: Exclude<Role, 'helpdesk'> }

/**
 * Change role. Nobody gives a role that they could not manage, and the last active administrator keeps theirs. The
 * grace for the second step begins anew. What is signed in ends. A former limit
 * stays known, so that nobody who was limited is given the role again without a word about it.
 */
export async function changeRole(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  given: RoleGiven,
): Promise<VerbOutcome<{ readonly before: Role }>> {
  const { role } = given
  if (!mayManage(act.agent.role, role)) return refuse({ code: 'account.not-yours' })
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  const { role: before, state } = subject.value
  if (before === role) return refuse({ code: 'account.same-role' })
  const limit = given.role === 'helpdesk' ? await checkLimit(tx, act.subjectId, given.limit) : undefined
  if (limit !== undefined && !limit.ok) return limit
  if (!(await moveStanding(tx, { role: before, state }, { role, state })))
    return refuse({ code: 'account.last-administrator' })
  if (limit !== undefined) await putLimit(tx, act.subjectId, limit.value)
  await tx.db
    .updateTable('account')
    .set({ role, role_since: act.now, version: sql<number>`version + 1` })
    .where('id', '=', act.subjectId)
    .execute()
  const ended = await cutOff(parts, tx, act.subjectId, 'ended-by-helpdesk', act.now)
  await parts.audit.record(
    tx,
    permissionsRecord(act, {
      change: 'role',
      before,
      after: role,
      ended,
      ...(limit !== undefined && { limit: limit.value.after }),
    }),
  )
  return done({ before })
}
