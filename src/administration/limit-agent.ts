import type { PlaceThen } from '../audit/evidence.ts'
import { done, refuse } from '../refusals.ts'
import { cutOff } from '../session/ending.ts'
import type { Tx } from '../store/store.ts'
import { areOpen } from './access.ts'
import { type Act, permissionsRecord, takeSubject, touch, type VerbOutcome, type VerbParts } from './act.ts'
import { placesThen } from './places.ts'

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
  const limit = await checkLimit(tx, act.subjectId, organizationIds)
  if (!limit.ok) return limit
  await putLimit(tx, act.subjectId, limit.value)
  await touch(tx, act)
  const ended = await cutOff(parts, tx, act.subjectId, 'ended-by-helpdesk', act.now)
  const { before, after } = limit.value
  await parts.audit.record(tx, permissionsRecord(act, { change: 'limit', before, limit: after, ended }))
  return done(undefined)
}

/** A limit as it was and as it is to be. */
interface LimitChange {
  readonly before: readonly PlaceThen[]
  readonly after: readonly PlaceThen[]
}

/** What a new limit changes. A retired organization may stay in it, but not come into it. */
export async function checkLimit(
  tx: Tx,
  accountId: string,
  organizationIds: readonly string[],
): Promise<VerbOutcome<LimitChange>> {
  const before = await limitOf(tx, accountId)
  const added = [...new Set(organizationIds)].filter(id => !before.includes(id))
  if (!(await areOpen(tx, 'organization', added)))
    return refuse({ code: 'account.no-such-organization', field: 'limitTo' })
  return done({
    before: await placesThen(tx, 'organization', before),
    after: await placesThen(tx, 'organization', organizationIds),
  })
}

/** Puts a limit in the place of the one there is. */
export async function putLimit(tx: Tx, account_id: string, { after }: LimitChange): Promise<void> {
  await tx.db.deleteFrom('helpdesk_scope').where('account_id', '=', account_id).execute()
  if (after.length > 0)
    await tx.db
      .insertInto('helpdesk_scope')
      .values(after.map(({ id }) => ({ account_id, organization_id: id })))
      .execute()
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
