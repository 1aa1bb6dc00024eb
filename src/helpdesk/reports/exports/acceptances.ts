import type { Reach } from '../../../administration/reach.ts'
import type { Store } from '../../../store/store.ts'
import { type ExportValue, exportTime, type Source, sourceOf, walkAccounts } from './source.ts'

/** Exported columns of an acceptance of the terms. */
const acceptanceColumns = [
  'accepted_at',
  'account_id',
  'username',
  'first_name',
  'last_name',
  'terms_version',
  'sha256',
  'address',
] as const

export type AcceptanceColumn = (typeof acceptanceColumns)[number]
type AcceptanceRow = Readonly<Record<AcceptanceColumn, ExportValue>>

/** Every acceptance by everyone that an agent with this limit may see, by account and time; a limit hides the addresses. */
export const acceptancesSource = (store: Store, reach: Reach): Source<AcceptanceRow> =>
  sourceOf(acceptanceColumns, 'account_id', acceptances(store, reach))

async function* acceptances(store: Store, reach: Reach): AsyncGenerator<readonly AcceptanceRow[]> {
  for await (const ids of walkAccounts(store, reach)) {
    const rows = await store.read
      .selectFrom('terms_acceptance')
      .innerJoin('account', 'account.id', 'account_id')
      .innerJoin('terms_version', 'terms_version.id', 'terms_version_id')
      .select([
        'accepted_at',
        'account_id',
        'username',
        'first_name',
        'last_name',
        'terms_version.number as terms_version',
        'terms_acceptance.sha256',
        'address',
      ])
      .where('account_id', 'in', ids)
      .orderBy('account_id')
      .orderBy('accepted_at')
      .execute()
    yield rows.map(row => ({
      ...row,
      accepted_at: exportTime(row.accepted_at),
      address: reach === undefined ? row.address : null,
    }))
  }
}
