import { indexWords } from '../account/index-words.ts'
import type { FlagsThen, PermissionsChanged } from '../audit/evidence.ts'
import { done, refuse } from '../refusals.ts'
import type { Flag } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { type Act, permissionsRecord, takeSubject, touch, type VerbOutcome, type VerbParts } from './act.ts'
import { giveableBy, placesThen } from './places.ts'
import { holds, type Reach } from './reach.ts'

/** What a membership of an organization allows. */
export interface Flags {
  /** 0: kept, but as if it were not there. */
  readonly is_active: Flag
  readonly may_sign_in: Flag
  readonly may_edit: Flag
}

/** Where a person may work, as ids. */
export interface Workplaces {
  readonly organizationIds: readonly string[]
  readonly workgroupIds: readonly string[]
  /** By organization; a membership that is not named keeps its flags, and a new one allows everything. */
  readonly flags: ReadonlyMap<string, Flags>
}

type Kind = 'organization' | 'workgroup'

interface Change {
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** The flags of every membership that a person has, by organization. */
export type Memberships = ReadonlyMap<string, Flags>

/** What a new membership allows. */
const everything: Flags = { is_active: 1, may_sign_in: 1, may_edit: 1 }

/**
 * Change access: gives and takes organizations and workgroups, and says what each organization allows. An agent who is
 * limited to organizations leaves the others as they are, and cannot put somebody out of their own reach. It holds from
 * the person's next request.
 * The helpdesk leaves workgroups that only administrators give as they are.
 */
export async function changeAccess(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  given: Workplaces,
  reach: Reach,
): Promise<VerbOutcome<Change>> {
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  const before = await membershipsOf(tx, act.subjectId)
  const organizations = await changeOf(tx, 'organization', [...before.keys()], given.organizationIds, reach)
  if (organizations === undefined)
    return refuse({ code: 'account.no-such-organization', field: 'organization' })
  const groupsBefore = await workgroupsOf(tx, act.subjectId)
  const giveable = await giveableBy(tx.db, act.agent.role, reach)
  const workgroups = await changeOf(tx, 'workgroup', groupsBefore, given.workgroupIds, giveable)
  if (workgroups === undefined) return refuse({ code: 'account.no-such-workgroup', field: 'workgroup' })
  const after = membershipsAfter(before, given, organizations)
  if (reach !== undefined && ![...after].some(([id, { is_active }]) => is_active === 1 && holds(reach, id)))
    return refuse({ code: 'account.organization-outside', field: 'organization' })
  await putOrganizations(tx, act.subjectId, before, after)
  await putWorkgroups(tx, act.subjectId, workgroups)
  await indexWords(tx, act.subjectId)
  await touch(tx, act)
  await parts.audit.record(tx, permissionsRecord(act, await changedFacts(tx, before, after, workgroups)))
  return done({
    added: [...organizations.added, ...workgroups.added],
    removed: [...organizations.removed, ...workgroups.removed],
  })
}

/** What is to be given and taken; undefined: one of the wanted is not there, is retired or is outside the limit. */
async function changeOf(
  tx: Tx,
  kind: Kind,
  all: readonly string[],
  wantedIds: readonly string[],
  reach: Reach,
): Promise<Change | undefined> {
  const isOwn = (id: string) => holds(reach, id)
  const has = all.filter(isOwn)
  const wanted = [...new Set(wantedIds)]
  const added = wanted.filter(id => !has.includes(id))
  if (!wanted.every(isOwn) || !(await areOpen(tx, kind, added))) return undefined
  return { added, removed: has.filter(id => !wanted.includes(id)) }
}

/** The memberships as they are to be. Flags are set only of what is given. */
function membershipsAfter(
  before: Memberships,
  { organizationIds, flags }: Workplaces,
  { added, removed }: Change,
): Memberships {
  const kept = [...before].filter(([id]) => !removed.includes(id))
  const all = [...kept, ...added.map(id => [id, everything] as const)]
  return new Map(
    all.map(([id, now]) => [id, (organizationIds.includes(id) ? flags.get(id) : undefined) ?? now]),
  )
}

const isSame = (one: Flags | undefined, other: Flags | undefined): boolean =>
  one?.is_active === other?.is_active &&
  one?.may_sign_in === other?.may_sign_in &&
  one?.may_edit === other?.may_edit

/** Flags as the log has them. */
export const flagsThen = (flags: Flags): FlagsThen => ({
  active: flags.is_active,
  signIn: flags.may_sign_in,
  edit: flags.may_edit,
})

/** Only what differs: who is limited to some organizations reads their own records. */
export async function changedFacts(
  tx: Tx,
  before: Memberships,
  after: Memberships,
  { added, removed }: Change,
): Promise<Extract<PermissionsChanged, { readonly change: 'access' }>> {
  const then = (flags: Flags | undefined) => (flags === undefined ? null : flagsThen(flags))
  const ids = [...new Set([...before.keys(), ...after.keys()])]
  const changed = ids.filter(id => !isSame(before.get(id), after.get(id)))
  return {
    change: 'access',
    organizations: (await placesThen(tx, 'organization', changed)).map(place => ({
      ...place,
      before: then(before.get(place.id)),
      after: then(after.get(place.id)),
    })),
    workgroups: (await placesThen(tx, 'workgroup', [...added, ...removed])).map(place => ({
      ...place,
      after: added.includes(place.id),
    })),
  }
}

export async function membershipsOf(tx: Tx, accountId: string): Promise<Memberships> {
  const rows = await tx.db
    .selectFrom('account_organization')
    .select(['organization_id', 'is_active', 'may_sign_in', 'may_edit'])
    .where('account_id', '=', accountId)
    .execute()
  return new Map(rows.map(({ organization_id, ...flags }) => [organization_id, flags]))
}

export async function workgroupsOf(tx: Tx, accountId: string): Promise<readonly string[]> {
  const rows = await tx.db
    .selectFrom('account_workgroup')
    .select('workgroup_id')
    .where('account_id', '=', accountId)
    .execute()
  return rows.map(({ workgroup_id }) => workgroup_id)
}

/** Tells whether all of these are there and not retired. */
export async function areOpen(tx: Tx, kind: Kind, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true
  const found = await tx.db
    .selectFrom(kind)
    .select('id')
    .where('id', 'in', ids)
    .where('retired_at', 'is', null)
    .execute()
  return found.length === ids.length
}

export async function putOrganizations(
  tx: Tx,
  account_id: string,
  before: Memberships,
  after: Memberships,
): Promise<void> {
  const removed = [...before.keys()].filter(id => !after.has(id))
  if (removed.length > 0)
    await tx.db
      .deleteFrom('account_organization')
      .where('account_id', '=', account_id)
      .where('organization_id', 'in', removed)
      .execute()
  for (const [organization_id, flags] of after) {
    const had = before.get(organization_id)
    if (had === undefined)
      await tx.db
        .insertInto('account_organization')
        .values({ account_id, organization_id, ...flags })
        .execute()
    else if (!isSame(had, flags))
      await tx.db
        .updateTable('account_organization')
        .set(flags)
        .where('account_id', '=', account_id)
        .where('organization_id', '=', organization_id)
        .execute()
  }
}

export async function putWorkgroups(tx: Tx, account_id: string, { added, removed }: Change): Promise<void> {
  if (removed.length > 0)
    await tx.db
      .deleteFrom('account_workgroup')
      .where('account_id', '=', account_id)
      .where('workgroup_id', 'in', removed)
      .execute()
  if (added.length > 0)
    await tx.db
      .insertInto('account_workgroup')
      .values(added.map(workgroup_id => ({ account_id, workgroup_id })))
      .execute()
}
