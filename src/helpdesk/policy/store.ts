import { sql } from 'kysely'
import { fullName } from '../../account/names.ts'
import type { Policy, PolicyName } from '../../policy/table.ts'
import { hasSecondStep, termsYear } from '../../session/facts.ts'
import type { Store } from '../../store/store.ts'
import { states } from '../people/filters.ts'

/** One change of a value, from the audit log. */
export interface PolicyRecord {
  readonly at: number
  readonly name: string
  readonly before: unknown
  readonly after: unknown
  readonly reason: string | undefined
  /** The administrator, or `operator:…`. */
  readonly by: string
}

/** How many changes a page shows. */
const mostRecords = 10

/** How the arguments of a change's audit record begin: no reason can pretend to be one. */
const beginning = (name: PolicyName | undefined): string =>
  name === undefined ? '{"what":"policy",%' : `{"what":"policy","name":"${name}",%`

/** The last changes, the newest first; of one value when it is named. */
export async function readPolicyHistory(
  { read }: Store,
  name?: PolicyName,
): Promise<readonly PolicyRecord[]> {
  const rows = await read
    .selectFrom('audit_record')
    .leftJoin('account', 'account.id', 'audit_record.actor')
    .select(['audit_record.at', 'audit_record.actor', 'audit_record.args', 'first_name', 'last_name'])
    .where('audit_record.event', '=', 'sensitive_update')
    .where('audit_record.args', 'like', beginning(name))
    .orderBy('audit_record.at', 'desc')
    .orderBy('audit_record.id', 'desc')
    .limit(mostRecords)
    .execute()
  return rows.map(row => {
    const args = JSON.parse(row.args) as Readonly<Record<string, unknown>>
    return {
      at: row.at,
      name: String(args['name']),
      before: args['before'],
      after: args['after'],
      reason: typeof args['reason'] === 'string' ? args['reason'] : undefined,
      by: row.first_name === null ? row.actor : fullName(row.first_name, row.last_name ?? ''),
    }
  })
}

const day = 24 * 3_600_000

const people = ({ read }: Store, now: number) =>
  read
    .selectFrom('account')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where(eb => states.active(eb, now))

/** How many active people a change concerns, where that can be counted. `after` is the new value. */
export async function countConcerned(
  store: Store,
  name: PolicyName,
  after: Policy[PolicyName],
  now: number,
): Promise<number | undefined> {
  const query = concerned(store, name, after, now)
  return query && Number((await query.executeTakeFirstOrThrow()).count)
}

function concerned(store: Store, name: PolicyName, after: Policy[PolicyName], now: number) {
  const all = people(store, now)
  if (name === 'twoStep' || name === 'twoStepFrom')
    return all.where(
      after === 'required' || name === 'twoStepFrom' ? sql<boolean>`not ${hasSecondStep}` : hasSecondStep,
    )
  if (name === 'emailSignIn') return all.where('email_key', '<>', '')
  if (name === 'securityQuestion')
    return all.where(
      sql<boolean>`exists (select 1 from recovery_question where recovery_question.account_id = account.id)`,
    )
  if (name === 'termsYearly')
    return all.where(
      sql<boolean>`not exists (select 1 from terms_acceptance
        where terms_acceptance.account_id = account.id and accepted_at > ${now - termsYear})`,
    )
  if (name === 'dormantDays') {
    const before = now - Number(after) * day
    return all
      .where('account.active_since', '<=', before)
      .where(eb =>
        eb.or([eb('account.last_sign_in_at', 'is', null), eb('account.last_sign_in_at', '<=', before)]),
      )
  }
  return undefined
}
