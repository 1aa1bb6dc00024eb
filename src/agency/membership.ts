import { sql } from 'kysely'
import { indexWords } from '../account/index-words.ts'
import { flagsThen } from '../administration/access.ts'
import {
  type Act,
  permissionsRecord,
  type Subject,
  type VerbOutcome,
  type VerbParts,
} from '../administration/act.ts'
import { placesThen } from '../administration/places.ts'
import { bringBack, putAside } from '../administration/state.ts'
import { done } from '../refusals.ts'
import { cutOff } from '../session/ending.ts'
import type { Flag } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'

/** Switches one membership on or off. @returns false when it is not there, or was so already. */
async function switchMembership(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  organizationId: string,
  is_active: Flag,
): Promise<boolean> {
  const changed = await tx.db
    .updateTable('account_organization')
    .set({ is_active })
    .where('account_id', '=', act.subjectId)
    .where('organization_id', '=', organizationId)
    .where('is_active', '<>', is_active)
    .returning(['may_sign_in', 'may_edit'])
    .executeTakeFirst()
  if (changed === undefined) return false
  await tx.db
    .updateTable('account')
    .set({ version: sql<number>`version + 1` })
    .where('id', '=', act.subjectId)
    .execute()
  await indexWords(tx, act.subjectId)
  const then = (active: Flag) => flagsThen({ ...changed, is_active: active })
  const [place] = await placesThen(tx, 'organization', [organizationId])
  const organizations = place
    ? [{ ...place, before: then(is_active === 1 ? 0 : 1), after: then(is_active) }]
    : []
  await parts.audit.record(tx, permissionsRecord(act, { change: 'access', organizations, workgroups: [] }))
  return true
}

/** The organizations that are there and that somebody belongs to. */
async function memberships(tx: Tx, accountId: string): Promise<readonly string[]> {
  const rows = await tx.db
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select('organization.id')
    .where('account_id', '=', accountId)
    .where('is_active', '=', 1)
    .where('retired_at', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * Ends what somebody has through one organization: what is signed in dies at once, and the account is deactivated when
 * this was the last. The transaction holds the account's row, so that of two agencies at the same moment one is the last.
 * A refusal has changed nothing.
 * @returns whether the account ended; undefined: they did not belong to it.
 */
export async function endMembership(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  subject: Subject,
  organizationId: string,
): Promise<VerbOutcome<{ readonly endedAccount: boolean } | undefined>> {
  const has = await memberships(tx, act.subjectId)
  if (!has.includes(organizationId)) return done(undefined)
  const endedAccount = has.length === 1 && subject.state.deactivatedAt === null
  const ended = endedAccount ? await putAside(parts, tx, act, subject) : undefined
  if (ended?.ok === false) return ended
  await switchMembership(parts, tx, act, organizationId, 0)
  if (!endedAccount) await cutOff(parts, tx, act.subjectId, 'ended-by-helpdesk', act.now)
  return done({ endedAccount })
}

/**
 * Takes an end back. The account opens again only if it was ended by this and nothing else bars it: who suspended it, or
 * let it sleep, had a reason that no agency lifts.
 */
export async function restoreMembership(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  subject: Subject,
  ended: { readonly organizationId: string; readonly at: number; readonly endedAccount: boolean },
): Promise<void> {
  if (!(await switchMembership(parts, tx, act, ended.organizationId, 1))) return
  const { deactivatedAt, suspendedUntil, leavingAt, dormantSince } = subject.state
  const isAllOfIt = suspendedUntil === null && leavingAt === null && dormantSince === null
  if (ended.endedAccount && deactivatedAt === ended.at && isAllOfIt) await bringBack(parts, tx, act, subject)
}
