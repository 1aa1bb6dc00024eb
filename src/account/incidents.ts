import { newId } from '../store/ids.ts'
import type { IncidentKind } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'

/** Opens an incident, unless one of this kind is open for the account already. */
export async function openIncident(
  tx: Tx,
  accountId: string,
  kind: IncidentKind,
  now: number,
): Promise<void> {
  const open = await tx.db
    .selectFrom('incident')
    .select('id')
    .where('closed_at', 'is', null)
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  if (open !== undefined) return
  await tx.db
    .insertInto('incident')
    .values({ id: newId(now), account_id: accountId, kind, opened_at: now })
    .execute()
}
