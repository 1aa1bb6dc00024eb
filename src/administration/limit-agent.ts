import { sql } from 'kysely'
import { done, refuse } from '../refusals.ts'
import { cutOff } from '../session/ending.ts'
import type { Tx } from '../store/store.ts'
import { areOpen } from './access.ts'
import { type Act, recordOf, takeSubject, type VerbOutcome, type VerbParts } from './act.ts'

/**
 * Limits an agent of the helpdesk to the people of these organizations; none takes the limit away. The agent's sessions
 * end. What the agent has kept or opened from before is asked again when it is sent.
 */
export async function limitAgent(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  organizationIds: readonly string[],
): Promise<VerbOutcome<undefined>> {
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  if (subject.value.role !== 'helpdesk') return refuse({ code: 'account.not-helpdesk' })
  const before = await limitOf(tx, act.subjectId)
  const after = [...new Set(organizationIds)].sort()
  const added = after.filter(id => !before.includes(id))
  if (!(await areOpen(tx, 'organization', added)))
    return refuse({ code: 'account.no-such-organization', field: 'limitTo' })
  await tx.db.deleteFrom('helpdesk_scope').where('account_id', '=', act.subjectId).execute()
  if (after.length > 0)
    await tx.db
      .insertInto('helpdesk_scope')
      .values(after.map(organization_id => ({ account_id: act.subjectId, organization_id })))
      .execute()
  await tx.db
    .updateTable('account')
    .set({ version: sql<number>`version + 1` })
    .where('id', '=', act.subjectId)
    .execute()
  const ended = await cutOff(parts, tx, act.subjectId, 'ended-by-helpdesk', act.now)
  await parts.audit.record(
    tx,
    recordOf(act, 'privilege_permissions_changed', {
      limitBefore: before.join(' ') || 'none',
      limit: after.join(' ') || 'none',
      ended,
    }),
  )
  return done(undefined)
}

async function limitOf(tx: Tx, accountId: string): Promise<readonly string[]> {
  const rows = await tx.db
    .selectFrom('helpdesk_scope')
    .select('organization_id')
    .where('account_id', '=', accountId)
    .orderBy('organization_id')
    .execute()
  return rows.map(row => row.organization_id)
}
