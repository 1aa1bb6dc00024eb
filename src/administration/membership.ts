import { indexWords } from '../account/index-words.ts'
import type { PlaceThen } from '../audit/evidence.ts'
import { done } from '../refusals.ts'
import { cutOff } from '../session/ending.ts'
import type { Flag } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import {
  changedFacts,
  type Memberships,
  membershipsOf,
  putOrganizations,
  putWorkgroups,
  workgroupsOf,
} from './access.ts'
import { type Act, permissionsRecord, type Subject, touch, type VerbOutcome, type VerbParts } from './act.ts'
import { changePrimary } from './primary.ts'
import { bringBack, putAside } from './state.ts'

/** Where somebody moves to, as ids, with the workgroups that they are given for it. */
export interface MovedTo {
  readonly organizationId: string
  readonly workgroupIds: readonly string[]
}

/** How a membership ends, besides what it is of. */
interface Ending {
  readonly movedTo?: MovedTo | undefined
  /** As `2026-03-01`. */
  readonly lastDay?: string
}

/** The organizations that are there and that somebody belongs to. */
async function openMemberships(tx: Tx, accountId: string): Promise<readonly string[]> {
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

interface Written {
  readonly before: Memberships
  readonly after: Memberships
  readonly workgroupIds?: readonly string[]
  readonly primary?: PlaceThen | undefined
  readonly lastDay?: string | undefined
}

/** Writes changed memberships and their record. */
async function write(parts: VerbParts, tx: Tx, act: Act, written: Written): Promise<void> {
  const { before, after, workgroupIds = [], primary, lastDay } = written
  const workgroups = { added: workgroupIds, removed: [] }
  await putWorkgroups(tx, act.subjectId, workgroups)
  await touch(tx, act)
  await indexWords(tx, act.subjectId)
  const facts = await changedFacts(tx, before, after, workgroups)
  const more = { ...(lastDay !== undefined && { leftOn: lastDay }), ...(primary && { primary }) }
  await parts.audit.record(tx, permissionsRecord(act, { ...facts, ...more }))
}

/**
 * Ends what somebody has through one organization, or moves it to another: what is signed in dies at once, and the account is
 * deactivated when this was the last and they moved nowhere. The membership is switched off, not deleted. The transaction
 * holds the account's row, so that of two at the same moment one is the last. A refusal has changed nothing.
 * @returns whether the account ended; undefined: they did not belong to it.
 */
export async function endMembership(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  subject: Subject,
  organizationId: string,
  { movedTo, lastDay }: Ending = {},
): Promise<VerbOutcome<{ readonly endedAccount: boolean } | undefined>> {
  const before = await membershipsOf(tx, act.subjectId)
  const left = before.get(organizationId)
  if (left?.is_active !== 1) return done(undefined)
  const open = await openMemberships(tx, act.subjectId)
  const isLast = movedTo === undefined && open.every(id => id === organizationId)
  const endedAccount = isLast && subject.state.deactivatedAt === null
  const ended = endedAccount ? await putAside(parts, tx, act, subject) : undefined
  if (ended?.ok === false) return ended
  const after = new Map(before).set(organizationId, { ...left, is_active: 0 })
  if (movedTo !== undefined)
    after.set(movedTo.organizationId, { ...(before.get(movedTo.organizationId) ?? left), is_active: 1 })
  await putOrganizations(tx, act.subjectId, before, after)
  const had = await workgroupsOf(tx, act.subjectId)
  await write(parts, tx, act, {
    before,
    after,
    workgroupIds: (movedTo?.workgroupIds ?? []).filter(id => !had.includes(id)),
    primary: movedTo && (await movePrimary(tx, act.subjectId, organizationId, movedTo.organizationId)),
    lastDay,
  })
  if (!endedAccount) await cutOff(parts, tx, act.subjectId, 'ended-by-helpdesk', act.now)
  return done({ endedAccount })
}

/** Whoever moves from their primary organization has the new one as primary. */
async function movePrimary(
  tx: Tx,
  accountId: string,
  from: string,
  to: string,
): Promise<PlaceThen | undefined> {
  const row = await tx.db
    .selectFrom('account_organization')
    .select('is_primary')
    .where('account_id', '=', accountId)
    .where('organization_id', '=', from)
    .executeTakeFirst()
  if (row?.is_primary !== 1) return undefined
  return (await changePrimary(tx, accountId, to))?.after[0]
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
  const { organizationId } = ended
  const before = await membershipsOf(tx, act.subjectId)
  const was = before.get(organizationId)
  if (was?.is_active !== 0) return
  const active: Flag = 1
  const after = new Map(before).set(organizationId, { ...was, is_active: active })
  await putOrganizations(tx, act.subjectId, before, after)
  await write(parts, tx, act, { before, after })
  const { deactivatedAt, suspendedUntil, leavingAt, dormantSince } = subject.state
  const isAllOfIt = suspendedUntil === null && leavingAt === null && dormantSince === null
  if (ended.endedAccount && deactivatedAt === ended.at && isAllOfIt) await bringBack(parts, tx, act, subject)
}
