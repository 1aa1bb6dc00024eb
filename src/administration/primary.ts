import type { PlaceThen } from '../audit/evidence.ts'
import type { Tx } from '../store/store.ts'

/** The primary organization before and after a change; empty: none. */
interface PrimaryChange {
  readonly before: readonly PlaceThen[]
  readonly after: readonly PlaceThen[]
}

/**
 * Makes one of a person's organizations the primary one; empty: none is. @returns undefined, with nothing done, when they
 * are not in it.
 */
export async function changePrimary(
  tx: Tx,
  accountId: string,
  organizationId: string,
): Promise<PrimaryChange | undefined> {
  const memberships = await tx.db
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['organization.id', 'name', 'is_primary'])
    .where('account_id', '=', accountId)
    .execute()
  const placeOf = ({ id, name }: PlaceThen): PlaceThen => ({ id, name })
  const before = memberships.filter(({ is_primary }) => is_primary === 1).map(placeOf)
  const after = memberships.filter(({ id }) => id === organizationId).map(placeOf)
  if (after.length === 0 && organizationId !== '') return undefined
  const mark = (id: string, is_primary: 0 | 1) =>
    tx.db
      .updateTable('account_organization')
      .set({ is_primary })
      .where('account_id', '=', accountId)
      .where('organization_id', '=', id)
      .execute()
  for (const { id } of before) await mark(id, 0)
  for (const { id } of after) await mark(id, 1)
  return { before, after }
}
