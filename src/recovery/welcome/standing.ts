import { type RawBuilder, sql } from 'kysely'

/**
 * Whether a mailed link stands for the account's temporary password, which then nobody has been shown: a column for a query
 * of `account`. Whatever gives a temporary password to people raises the epoch.
 */
export const byMailedLink =
  sql<number>`(select count(*) from one_time_link where one_time_link.account_id = account.id
  and one_time_link.kind = 'welcome' and one_time_link.epoch = account.epoch)` satisfies RawBuilder<number>

export type PasswordKind = 'none' | 'own' | 'temporary' | 'mailed-link'

/** What somebody signs in with first. */
export function passwordKind(row: {
  readonly is_temporary: number | null
  readonly by_link: number
}): PasswordKind {
  if (row.is_temporary === null) return 'none'
  if (row.is_temporary === 0) return 'own'
  return Number(row.by_link) > 0 ? 'mailed-link' : 'temporary'
}
