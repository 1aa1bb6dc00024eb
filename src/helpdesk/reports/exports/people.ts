import { barOf, stateOf } from '../../../account/rules.ts'
import type { Reach } from '../../../administration/reach.ts'
import { secondStepSince } from '../../../session/facts.ts'
import type { Store } from '../../../store/store.ts'
import { type ExportValue, exportTime, type Source, sourceOf, walkAccounts } from './source.ts'

/** Exported columns of a person; never a question, an answer, a password or a key. */
export const peopleColumns = [
  'id',
  'username',
  'first_name',
  'last_name',
  'email',
  'work_phone',
  'work_extension',
  'job_title',
  'supervisor',
  'role',
  'state',
  'organizations',
  'primary_organization',
  'workgroups',
  'created_at',
  'last_sign_in_at',
  'leaving_at',
  'suspended_until',
  'temporary_password_until',
  'two_step_since',
  'recovery_question_set_at',
  'training',
  'training_finished_at',
  'terms_version',
  'terms_accepted_at',
] as const

export type PeopleColumn = (typeof peopleColumns)[number]
type PersonRow = Readonly<Record<PeopleColumn, ExportValue>>

/** Everyone that an agent with this limit may see, by id; states as they are now. */
export const peopleSource = (store: Store, reach: Reach, now: number): Source<PersonRow> =>
  sourceOf(peopleColumns, 'id', people(store, reach, now))

async function* people(store: Store, reach: Reach, now: number): AsyncGenerator<readonly PersonRow[]> {
  for await (const ids of walkAccounts(store, reach)) yield readPeople(store, ids, reach, now)
}

async function readPeople(
  store: Store,
  ids: readonly string[],
  reach: Reach,
  now: number,
): Promise<readonly PersonRow[]> {
  const accounts = await store.read
    .selectFrom('account')
    .leftJoin('credential', 'credential.account_id', 'account.id')
    .leftJoin('recovery_question', 'recovery_question.account_id', 'account.id')
    .selectAll('account')
    .select([
      'credential.is_temporary',
      'credential.expires_at',
      secondStepSince.as('second_step_since'),
      'recovery_question.set_at as question_set_at',
    ])
    .where('account.id', 'in', ids)
    .orderBy('account.id')
    .execute()
  const [organizations, primary, workgroups, terms] = await Promise.all([
    organizationsOf(store, ids, reach),
    reach === undefined ? primaryOf(store, ids) : new Map<string, readonly string[]>(),
    workgroupsOf(store, ids),
    termsOf(store, ids),
  ])
  return accounts.map(account => ({
    id: account.id,
    username: account.username,
    first_name: account.first_name,
    last_name: account.last_name,
    email: account.email,
    work_phone: account.work_phone,
    work_extension: account.work_extension,
    job_title: account.job_title,
    supervisor: account.supervisor,
    role: account.role,
    state: barOf(stateOf(account), now) ?? 'active',
    organizations: organizations.get(account.id) ?? [],
    primary_organization: primary.get(account.id)?.[0] ?? null,
    workgroups: workgroups.get(account.id) ?? [],
    created_at: exportTime(account.created_at),
    last_sign_in_at: exportTime(account.last_sign_in_at),
    leaving_at: exportTime(account.leaving_at),
    suspended_until: exportTime(account.suspended_until),
    temporary_password_until: account.is_temporary === 1 ? exportTime(account.expires_at) : null,
    two_step_since: exportTime(account.second_step_since),
    recovery_question_set_at: exportTime(account.question_set_at),
    training: account.training_state,
    training_finished_at: exportTime(account.training_finished_at),
    terms_version: terms.get(account.id)?.number ?? null,
    terms_accepted_at: exportTime(terms.get(account.id)?.accepted_at),
  }))
}

interface Named {
  readonly account_id: string
  readonly name: string
}

const grouped = (rows: readonly Named[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...Map.groupBy(rows, row => row.account_id)].map(([id, list]) => [id, list.map(({ name }) => name)]),
  )

const organizationsOf = async ({ read }: Store, ids: readonly string[], reach: Reach) =>
  grouped(
    await read
      .selectFrom('account_organization')
      .innerJoin('organization', 'organization.id', 'organization_id')
      .select(['account_id', 'name'])
      .where('account_id', 'in', ids)
      .$if(reach !== undefined, query => query.where('organization_id', 'in', reach ?? []))
      .orderBy('name')
      .execute(),
  )

/** A limited agent is not told which organization comes first: it could be one outside the limit. */
const primaryOf = async ({ read }: Store, ids: readonly string[]) =>
  grouped(
    await read
      .selectFrom('account_organization')
      .innerJoin('organization', 'organization.id', 'organization_id')
      .select(['account_id', 'name'])
      .where('account_id', 'in', ids)
      .where('is_primary', '=', 1)
      .execute(),
  )

const workgroupsOf = async ({ read }: Store, ids: readonly string[]) =>
  grouped(
    await read
      .selectFrom('account_workgroup')
      .innerJoin('workgroup', 'workgroup.id', 'workgroup_id')
      .select(['account_id', 'name'])
      .where('account_id', 'in', ids)
      .orderBy('name')
      .execute(),
  )

/** The acceptance of each that came last. */
async function termsOf({ read }: Store, ids: readonly string[]) {
  const rows = await read
    .selectFrom('terms_acceptance')
    .innerJoin('terms_version', 'terms_version.id', 'terms_version_id')
    .select(['account_id', 'number', 'accepted_at'])
    .where('account_id', 'in', ids)
    .orderBy('accepted_at')
    .execute()
  return new Map(rows.map(row => [row.account_id, row]))
}
