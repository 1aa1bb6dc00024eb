import { sql } from 'kysely'
import { isOpenTo } from '../../account/kept-apart.ts'
import { fullName } from '../../account/names.ts'
import type { Store } from '../../store/store.ts'

/** Lines on a page. */
export const openOnPage = 100

/** People of an organization who are not confirmed and still belong to it: no answer, or not sure. */
export const readOpenLines = ({ read }: Store, reviewId: string, organizationId: string, page: number) =>
  read
    .selectFrom('access_review_line as line')
    .innerJoin('account', 'account.id', 'line.account_id')
    .innerJoin('account_organization as membership', join =>
      join
        .onRef('membership.account_id', '=', 'line.account_id')
        .onRef('membership.organization_id', '=', 'line.organization_id'),
    )
    .select(['line.account_id', 'line.username', 'person', 'answer', 'detail', 'answered_name'])
    .where('review_id', '=', reviewId)
    .where('line.organization_id', '=', organizationId)
    .where('membership.is_active', '=', 1)
    .where('account.deactivated_at', 'is', null)
    .where(eb => eb.or([eb('answer', 'is', null), eb('answer', '=', 'unsure')]))
    .orderBy('sort_key')
    .orderBy('line.account_id')
    .limit(openOnPage + 1)
    .offset((page - 1) * openOnPage)
    .execute()

export type OpenLine = Awaited<ReturnType<typeof readOpenLines>>[number]

/** Names of the contacts of each organization, for who chases them. */
export async function readContactNames({ read }: Store): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await read
    .selectFrom('agency_contact')
    .innerJoin('account', 'account.id', 'agency_contact.account_id')
    .select(['organization_id', 'first_name', 'last_name'])
    .where('deactivated_at', 'is', null)
    .where(isOpenTo(sql.ref('agency_contact.organization_id')))
    .orderBy('last_name')
    .execute()
  const byPlace = Map.groupBy(rows, row => row.organization_id)
  return new Map(
    [...byPlace].map(([id, list]) => [id, list.map(row => fullName(row.first_name, row.last_name))]),
  )
}
