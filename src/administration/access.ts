import { sql } from 'kysely'
import { indexWords } from '../account/store.ts'
import { done, refuse } from '../refusals.ts'
import type { Flag } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { type Act, recordOf, takeSubject, type VerbOutcome, type VerbParts } from './act.ts'

/** What a membership of an organization allows. */
export interface Flags {
  /** 0: kept, but as if it were not there. */
  readonly is_active: Flag
  readonly may_sign_in: Flag
  readonly may_edit: Flag
}

/** Where a person may work, as ids. */
export interface Access {
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

/**
 * Change access: gives and takes organizations and workgroups, and says what each organization allows. An agent who is
 * limited to organizations (`scope`) leaves the others as they are. It holds from the person's next request.
 */
export async function changeAccess(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  given: Access,
  reach: readonly string[] | undefined,
): Promise<VerbOutcome<Change>> {
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  const organizations = await changeOf(tx, act.subjectId, 'organization', given.organizationIds, reach)
  if (organizations === undefined)
    return refuse({ code: 'account.no-such-organization', field: 'organization' })
  const workgroups = await changeOf(tx, act.subjectId, 'workgroup', given.workgroupIds, undefined)
  if (workgroups === undefined) return refuse({ code: 'account.no-such-workgroup', field: 'workgroup' })
  await putOrganizations(tx, act.subjectId, organizations)
  await putWorkgroups(tx, act.subjectId, workgroups)
  const isGiven = (id: string) => given.organizationIds.includes(id)
  const flags = await putFlags(
    tx,
    act.subjectId,
    [...given.flags].filter(([id]) => isGiven(id)),
  )
  await indexWords(tx, act.subjectId)
  await tx.db
    .updateTable('account')
    .set({ version: sql<number>`version + 1` })
    .where('id', '=', act.subjectId)
    .execute()
  const added = [...organizations.added, ...workgroups.added]
  const removed = [...organizations.removed, ...workgroups.removed]
  await parts.audit.record(
    tx,
    recordOf(act, 'privilege_permissions_changed', {
      added: added.join(' '),
      removed: removed.join(' '),
      ...(flags.length > 0 && { flags: flags.join('; ') }),
    }),
  )
  return done({ added, removed })
}

/** What is to be given and taken; undefined: one of the wanted is not there, is retired or is outside the limit. */
async function changeOf(
  tx: Tx,
  accountId: string,
  kind: Kind,
  wantedIds: readonly string[],
  reach: readonly string[] | undefined,
): Promise<Change | undefined> {
  const isOwn = (id: string) => reach === undefined || reach.includes(id)
  const has = (await membershipsOf(tx, accountId, kind)).filter(isOwn)
  const wanted = [...new Set(wantedIds)]
  const added = wanted.filter(id => !has.includes(id))
  if (!wanted.every(isOwn) || !(await areOpen(tx, kind, added))) return undefined
  return { added, removed: has.filter(id => !wanted.includes(id)) }
}

async function membershipsOf(tx: Tx, accountId: string, kind: Kind): Promise<readonly string[]> {
  const rows =
    kind === 'organization'
      ? await tx.db
          .selectFrom('account_organization')
          .select('organization_id as id')
          .where('account_id', '=', accountId)
          .execute()
      : await tx.db
          .selectFrom('account_workgroup')
          .select('workgroup_id as id')
          .where('account_id', '=', accountId)
          .execute()
  return rows.map(({ id }) => id)
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

async function putOrganizations(tx: Tx, account_id: string, { added, removed }: Change): Promise<void> {
  if (removed.length > 0)
    await tx.db
      .deleteFrom('account_organization')
      .where('account_id', '=', account_id)
      .where('organization_id', 'in', removed)
      .execute()
  if (added.length > 0)
    await tx.db
      .insertInto('account_organization')
      .values(
        added.map(organization_id => ({
          account_id,
          organization_id,
          is_active: 1 as const,
          may_sign_in: 1 as const,
          may_edit: 1 as const,
        })),
      )
      .execute()
}

async function putWorkgroups(tx: Tx, account_id: string, { added, removed }: Change): Promise<void> {
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

/** Sets the flags that differ. @returns what was changed, in words for the audit log. */
async function putFlags(
  tx: Tx,
  account_id: string,
  given: readonly (readonly [organizationId: string, flags: Flags])[],
): Promise<readonly string[]> {
  const changed: string[] = []
  for (const [organizationId, flags] of given) {
    const { is_active, may_sign_in, may_edit } = flags
    const updated = await tx.db
      .updateTable('account_organization')
      .set(flags)
      .where('account_id', '=', account_id)
      .where('organization_id', '=', organizationId)
      .where(eb =>
        eb.or([
          eb('is_active', '<>', is_active),
          eb('may_sign_in', '<>', may_sign_in),
          eb('may_edit', '<>', may_edit),
        ]),
      )
      .executeTakeFirst()
    if (updated.numUpdatedRows === 1n)
      changed.push(`${organizationId} active=${is_active} sign-in=${may_sign_in} edit=${may_edit}`)
  }
  return changed
}
