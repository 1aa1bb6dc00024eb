import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * Tells whether somebody is kept from nobody in these organizations: the people of a victim service provider are unknown
 * to everyone who does not look after it, whatever else they belong to. `organizations`: ids, or a column.
 */
export const isOpenTo = (
  organizations: readonly string[] | RawBuilder<unknown>,
  account: RawBuilder<unknown> = sql.ref('account.id'),
): RawBuilder<SqlBool> =>
  sql<SqlBool>`not exists (select 1 from account_organization kept
    join organization shelter on shelter.id = kept.organization_id
    where kept.account_id = ${account} and kept.is_active = 1 and shelter.is_victim_service = 1
    and kept.organization_id not in (${'toOperationNode' in organizations ? organizations : sql.join(['', ...organizations])}))`
