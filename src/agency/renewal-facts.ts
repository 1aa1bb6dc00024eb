import { type RawBuilder, sql } from 'kysely'
import type { RenewalTable } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'
import { openCourse } from '../training/asked.ts'
import { csvLine } from '../web/csv.ts'

export type Reader = Store['read'] | Tx['db']

/** Whom a renewal is for: of everyone with an account in use those for whom all of this holds. */
export interface Audience {
  /** Milliseconds since 1970; null: whenever they joined. */
  readonly joinedBefore: number | null
  /** Ids; none: all. */
  readonly organizations: readonly string[]
  readonly workgroups: readonly string[]
}

/** The accounts that a renewal would be for now. */
export const audienceOf = (db: Reader, { joinedBefore, organizations, workgroups }: Audience, now: number) =>
  db
    .selectFrom('account')
    .where('account.deactivated_at', 'is', null)
    .where(eb => eb.or([eb('account.leaving_at', 'is', null), eb('account.leaving_at', '>', now)]))
    .$if(joinedBefore !== null, query => query.where('account.created_at', '<', joinedBefore ?? 0))
    .$if(organizations.length > 0, query =>
      query.where('account.id', 'in', eb =>
        eb
          .selectFrom('account_organization')
          .select('account_id')
          .where('organization_id', 'in', organizations)
          .where('is_active', '=', 1),
      ),
    )
    .$if(workgroups.length > 0, query =>
      query.where('account.id', 'in', eb =>
        eb.selectFrom('account_workgroup').select('account_id').where('workgroup_id', 'in', workgroups),
      ),
    )

/** Tells in a query whether somebody has training of a renewal to do. */
export const lacksTraining = (
  renewal: Pick<RenewalTable, 'courses' | 'starts_at'>,
  account: RawBuilder<unknown>,
) => sql<boolean>`exists (select 1 from course where ${openCourse(renewal, account)})`

/** Tells in a query whether somebody has not accepted the terms in force since a renewal began. */
const lacksTerms = (
  { terms, starts_at }: Pick<RenewalTable, 'terms' | 'starts_at'>,
  account: RawBuilder<unknown>,
  now: number,
) =>
  terms === 0
    ? sql<boolean>`1 = 0`
    : sql<boolean>`(exists (select 1 from terms_version where effective_at <= ${now})
      and not exists (select 1 from terms_acceptance accepted where accepted.account_id = ${account}
        and accepted.accepted_at >= ${starts_at} and accepted.terms_version_id =
          (select id from terms_version where effective_at <= ${now} order by effective_at desc limit 1)))`

/** Tells in a query whether somebody has anything of a renewal to do. */
export const lacksSomething = (renewal: RenewalTable, account: RawBuilder<unknown>, now: number) =>
  sql<boolean>`(${lacksTraining(renewal, account)} or ${lacksTerms(renewal, account, now)})`

/** One person as the result of a renewal says it. */
interface ResultLine {
  readonly username: string
  readonly person: string
  readonly organizations: string
  readonly done_at: number | null
  readonly outcome: string | null
}

const columns = ['username', 'person', 'organizations', 'renewed_at', 'outcome']

/** The result of a renewal as CSV; times in UTC. Its bytes are what the log seals. */
export const renewalAsCsv = (lines: readonly ResultLine[]): string =>
  [
    csvLine(columns),
    ...lines.map(line =>
      csvLine([
        ...[line.username, line.person, line.organizations],
        line.done_at === null ? '' : new Date(line.done_at).toISOString(),
        line.outcome ?? (line.done_at === null ? 'open' : 'renewed'),
      ]),
    ),
  ].join('')
