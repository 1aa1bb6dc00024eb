import { sql } from 'kysely'
import type { Store } from '../../store/store.ts'
import { csvLine } from '../../web/csv.ts'

const year = 365 * 24 * 3_600_000

/** What is counted of an organization or a workgroup. */
export interface BoardRow {
  readonly kind: 'organization' | 'workgroup'
  readonly name: string
  /** Accounts in use that belong to it. */
  readonly people: number
  /** Of these, who signed in within a year; to an organization: who worked for it. */
  readonly signedIn: number
  /** Bought; null: nobody counts. */
  readonly licenses: number | null
  readonly agreementOn: string
}

export interface Board {
  /** Accounts in use, each once. */
  readonly people: number
  readonly signedIn: number
  readonly rows: readonly BoardRow[]
}

/** Whether an account is in use: not deactivated, and its last day is not over. */
const inUse = (now: number) =>
  sql<boolean>`account.deactivated_at is null and (account.leaving_at is null or account.leaving_at > ${now})`

const since = (column: string, now: number) =>
  sql<number>`coalesce(sum(case when ${sql.ref(column)} >= ${now - year} then 1 else 0 end), 0)`

/** People by organization and workgroup, as the board and a yearly report ask for them. `now` in milliseconds since 1970. */
export async function readBoard({ read }: Store, now: number): Promise<Board> {
  const all = await read
    .selectFrom('account')
    .select([sql<number>`count(*)`.as('people'), since('account.last_sign_in_at', now).as('signed_in')])
    .where(inUse(now))
    .executeTakeFirstOrThrow()
  const organizations = await read
    .selectFrom('organization')
    .leftJoin(
      eb =>
        eb
          .selectFrom('account_organization as membership')
          .innerJoin('account', 'account.id', 'membership.account_id')
          .select(['membership.organization_id', 'membership.last_sign_in_at'])
          .where('membership.is_active', '=', 1)
          .where(inUse(now))
          .as('member'),
      join => join.onRef('member.organization_id', '=', 'organization.id'),
    )
    .select(['organization.name', 'licenses', 'agreement_on', 'retired_at'])
    .select([
      sql<number>`count(member.organization_id)`.as('people'),
      since('member.last_sign_in_at', now).as('signed_in'),
    ])
    .groupBy('organization.id')
    .orderBy('name_key')
    .execute()
  const workgroups = await read
    .selectFrom('workgroup')
    .leftJoin(
      eb =>
        eb
          .selectFrom('account_workgroup as membership')
          .innerJoin('account', 'account.id', 'membership.account_id')
          .select(['membership.workgroup_id', 'account.last_sign_in_at'])
          .where(inUse(now))
          .as('member'),
      join => join.onRef('member.workgroup_id', '=', 'workgroup.id'),
    )
    .select(['workgroup.name', 'retired_at'])
    .select([
      sql<number>`count(member.workgroup_id)`.as('people'),
      since('member.last_sign_in_at', now).as('signed_in'),
    ])
    .groupBy('workgroup.id')
    .orderBy('name_key')
    .execute()
  const counted = (row: (typeof workgroups)[number]) => ({
    ...{ name: row.name, people: Number(row.people), signedIn: Number(row.signed_in) },
  })
  const isShown = (row: (typeof workgroups)[number]) => row.retired_at === null || Number(row.people) > 0
  return {
    people: Number(all.people),
    signedIn: Number(all.signed_in),
    rows: [
      ...organizations.filter(isShown).map(row => ({
        ...{ kind: 'organization' as const, ...counted(row) },
        licenses: row.licenses === null ? null : Number(row.licenses),
        agreementOn: row.agreement_on,
      })),
      ...workgroups.filter(isShown).map(row => ({
        ...{ kind: 'workgroup' as const, ...counted(row), licenses: null, agreementOn: '' },
      })),
    ],
  }
}

const columns = ['kind', 'name', 'people', 'signed_in_12_months', 'licenses', 'licenses_left', 'agreement_on']

/** The counts as CSV; the first line of numbers is everybody, each once. */
export const boardAsCsv = ({ people, signedIn, rows }: Board): string =>
  [
    csvLine(columns),
    csvLine(['all', '', people, signedIn, '', '', '']),
    ...rows.map(row =>
      csvLine([
        ...[row.kind, row.name, row.people, row.signedIn],
        ...(row.licenses === null ? ['', ''] : [row.licenses, row.licenses - row.people]),
        row.agreementOn,
      ]),
    ),
  ].join('')
