import type { Store, Tx } from '../store/store.ts'
import { areOpen } from './access.ts'
import { type Act, lockSubject, type VerbParts } from './act.ts'
import { endMembership, type MovedTo } from './membership.ts'
import type { Reach } from './reach.ts'

/** An organization that somebody leaves, and where they go. */
export interface Leaving {
  readonly organizationId: string
  /** Their last day there, as `2026-03-01`. */
  readonly lastDay: string
  /** Undefined: they left, and go to none that we know of. */
  readonly movedTo: MovedTo | undefined
}

/** Keeps for the clock what is to happen when the day is over. */
export async function putPlan(
  { db }: Tx,
  act: Act,
  { organizationId, lastDay, movedTo }: Leaving,
  dueAt: number,
): Promise<void> {
  await db
    .insertInto('planned_leave')
    .values({
      account_id: act.subjectId,
      organization_id: organizationId,
      moved_to: movedTo?.organizationId ?? null,
      workgroups: JSON.stringify(movedTo?.workgroupIds ?? []),
      last_day: lastDay,
      due_at: dueAt,
      reason: act.reason,
    })
    .execute()
}

/** Takes back what is planned for an account, of these organizations or of all. @returns what was planned. */
export const dropPlans = ({ db }: Tx, accountId: string, organizationIds: Reach) =>
  db
    .deleteFrom('planned_leave')
    .where('account_id', '=', accountId)
    .$if(organizationIds !== undefined, query => query.where('organization_id', 'in', organizationIds ?? []))
    .returning(['organization_id', 'last_day'])
    .execute()

/** Plans whose day is over, the oldest first. */
export const readDuePlans = ({ read }: Store, now: number, most: number) =>
  read
    .selectFrom('planned_leave')
    .select(['account_id as id', 'organization_id'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(most)
    .execute()

/**
 * Carries one plan out, once, by whichever process; why stands in the record. An organization to move to that was retired
 * meanwhile is left out. The plan of the last active administrator waits.
 */
export async function leaveAsPlanned(
  parts: VerbParts,
  tx: Tx,
  due: { readonly id: string; readonly organization_id: string },
  now: number,
): Promise<boolean> {
  const subject = await lockSubject(tx, due.id)
  const plan = await tx.db
    .selectFrom('planned_leave')
    .selectAll()
    .where('account_id', '=', due.id)
    .where('organization_id', '=', due.organization_id)
    .where('due_at', '<=', now)
    .executeTakeFirst()
  if (subject === undefined || plan === undefined) return false
  const { moved_to: to, last_day: lastDay, reason } = plan
  const act: Act = {
    agent: { actor: 'system', role: 'administrator' },
    subjectId: subject.id,
    reason,
    now,
  }
  const isThere = to !== null && (await areOpen(tx, 'organization', [to]))
  const movedTo = isThere
    ? { organizationId: to, workgroupIds: JSON.parse(plan.workgroups) as readonly string[] }
    : undefined
  const ended = await endMembership(parts, tx, act, subject, due.organization_id, { movedTo, lastDay })
  if (ended.ok) await dropPlans(tx, due.id, [due.organization_id])
  return ended.ok
}
