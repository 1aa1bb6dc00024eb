import { nameKey } from '../account/names.ts'
import { noteWork } from '../session/opening.ts'
import type { Holder } from '../session/visitor.ts'
import { newId } from '../store/ids.ts'
import type { GivenBy } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'

/** An organization or workgroup that a person may work in. */
export interface Choice {
  readonly id: string
  readonly name: string
  /** Its purpose, in words. */
  readonly allows: string
  /** For a workgroup: those of the person's organizations it is tied to; absent when it goes with any. */
  readonly onlyIn?: readonly string[]
}

export interface Choices {
  readonly organizations: readonly Choice[]
  readonly workgroups: readonly Choice[]
}

/** Where a person may sign in, by name. */
export async function readChoices({ read }: Store, accountId: string): Promise<Choices> {
  const organizations = await read
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['organization.id', 'name', 'allows'])
    .where('account_id', '=', accountId)
    .where('is_active', '=', 1)
    .where('may_sign_in', '=', 1)
    .where('retired_at', 'is', null)
    .orderBy('name')
    .execute()
  const workgroups = await read
    .selectFrom('account_workgroup')
    .innerJoin('workgroup', 'workgroup.id', 'workgroup_id')
    .select(['workgroup.id', 'name', 'allows', 'tied_to'])
    .where('account_id', '=', accountId)
    .where('retired_at', 'is', null)
    .orderBy('name')
    .execute()
  return { organizations, workgroups: workgroups.flatMap(row => workgroupOf(row, organizations)) }
}

/** A workgroup as a choice beside these organizations; none where it is tied to others. */
function workgroupOf(
  { tied_to, ...workgroup }: Choice & { readonly tied_to: string },
  organizations: readonly Choice[],
): readonly Choice[] {
  const ties = JSON.parse(tied_to) as readonly string[]
  if (ties.length === 0) return [workgroup]
  const onlyIn = organizations.flatMap(({ id }) => (ties.includes(id) ? [id] : []))
  return onlyIn.length === 0 ? [] : [{ ...workgroup, onlyIn }]
}

/** What the person worked in last. */
export function readLastUsed(
  { read }: Store,
  accountId: string,
): Promise<{ last_organization_id: string | null; last_workgroup_id: string | null } | undefined> {
  return read
    .selectFrom('account')
    .select(['last_organization_id', 'last_workgroup_id'])
    .where('id', '=', accountId)
    .executeTakeFirst()
}

export interface Chosen {
  readonly organizationId: string | null
  readonly workgroupId: string | null
}

/** Puts a choice in force for this sign-in; a session's is also remembered for the next one. */
export async function putChoice(tx: Tx, holder: Holder, chosen: Chosen, now: number): Promise<void> {
  const columns = { organization_id: chosen.organizationId, workgroup_id: chosen.workgroupId }
  if (holder.kind === 'pending') {
    await tx.db.updateTable('pending_sign_in').set(columns).where('id', '=', holder.id).execute()
    return
  }
  await tx.db.updateTable('session').set(columns).where('id', '=', holder.id).execute()
  await tx.db
    .updateTable('account')
    .set({ last_organization_id: chosen.organizationId, last_workgroup_id: chosen.workgroupId })
    .where('id', '=', holder.person.id)
    .execute()
  await noteWork(tx, holder.person.id, chosen.organizationId, now)
}

export interface NewPlace {
  /** For a workgroup: who may give it; the helpdesk by default. */
  readonly givenBy?: GivenBy
  /** For a workgroup: the organizations it is tied to; none by default. */
  readonly tiedTo?: readonly string[]
  readonly name: string
  /** Its purpose, in words. */
  readonly allows: string
  /** What applications know it as. */
  readonly key?: string
}

const placeColumns = (given: NewPlace, now: number) => ({
  id: newId(now),
  name: given.name,
  name_key: nameKey(given.name),
  allows: given.allows,
  key: given.key || null,
  created_at: now,
  version: 1,
})

/** Makes an organization; a taken name throws what `isTaken` knows. @returns its id. */
export async function createOrganization(tx: Tx, given: NewPlace, now: number): Promise<string> {
  const columns = placeColumns(given, now)
  await tx.db.insertInto('organization').values(columns).execute()
  return columns.id
}

/** Makes a workgroup; a taken name throws what `isTaken` knows. @returns its id. */
export async function createWorkgroup(tx: Tx, given: NewPlace, now: number): Promise<string> {
  const columns = placeColumns(given, now)
  await tx.db
    .insertInto('workgroup')
    .values({
      ...columns,
      given_by: given.givenBy ?? 'helpdesk',
      tied_to: JSON.stringify(given.tiedTo ?? []),
    })
    .execute()
  return columns.id
}
