import type { Store, Tx } from '../store/store.ts'
import type { AccessThen, NamesThen, StandingThen } from './evidence.ts'

/** Accounts in one statement: below the engines' limits of parameters. */
const atOnce = 500

type Reader = Store['read'] | Tx['db']

type AccountThen = NamesThen & AccessThen & StandingThen

/** Who these accounts are, what they have and whether they are open, as the tables say now; by id. */
export async function accountsThen(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AccountThen>> {
  const found = new Map<string, AccountThen>()
  for (let from = 0; from < ids.length; from += atOnce)
    for (const [id, account] of await some(db, ids.slice(from, from + atOnce))) found.set(id, account)
  return found
}

async function some(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, AccountThen>> {
  const accounts = await db
    .selectFrom('account')
    .select(['id', 'username', 'first_name', 'last_name', 'role'])
    .select(['deactivated_at', 'suspended_until', 'leaving_at', 'dormant_since', 'password_blocked_at'])
    .select('training_state')
    .where('id', 'in', ids)
    .execute()
  const organizations = Map.groupBy(await organizationsOf(db, ids), row => row.account_id)
  const workgroups = Map.groupBy(await workgroupsOf(db, ids), row => row.account_id)
  const agents = accounts.filter(({ role }) => role === 'helpdesk').map(({ id }) => id)
  const limits = Map.groupBy(await limitsOf(db, agents), row => row.account_id)
  const place = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, name })
  return new Map(
    accounts.map(row => [
      row.id,
      {
        username: row.username,
        firstName: row.first_name,
        lastName: row.last_name,
        role: row.role,
        organizations: (organizations.get(row.id) ?? []).map(given => ({
          ...place(given),
          active: given.is_active,
          signIn: given.may_sign_in,
          edit: given.may_edit,
        })),
        workgroups: (workgroups.get(row.id) ?? []).map(place),
        ...(row.role === 'helpdesk' && { limit: (limits.get(row.id) ?? []).map(place) }),
        deactivatedAt: row.deactivated_at,
        suspendedUntil: row.suspended_until,
        leavingAt: row.leaving_at,
        dormantSince: row.dormant_since,
        lockedAt: row.password_blocked_at,
        trainingLapsed: row.training_state === 'lapsed',
      },
    ]),
  )
}

const organizationsOf = (db: Reader, ids: readonly string[]) =>
  db
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['account_id', 'id', 'name', 'is_active', 'may_sign_in', 'may_edit'])
    .where('account_id', 'in', ids)
    .execute()

const workgroupsOf = (db: Reader, ids: readonly string[]) =>
  db
    .selectFrom('account_workgroup')
    .innerJoin('workgroup', 'workgroup.id', 'workgroup_id')
    .select(['account_id', 'id', 'name'])
    .where('account_id', 'in', ids)
    .execute()

const limitsOf = async (db: Reader, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : db
        .selectFrom('helpdesk_scope')
        .innerJoin('organization', 'organization.id', 'organization_id')
        .select(['account_id', 'id', 'name'])
        .where('account_id', 'in', ids)
        .execute()

/** The facts of new accounts, for their records; by id. */
export async function createdThen(
  { db }: Tx,
  ids: readonly string[],
): Promise<(id: string) => NamesThen & AccessThen> {
  const found = await accountsThen(db, ids)
  return id => {
    const account = found.get(id)
    if (account === undefined) throw new Error(`The account ${id} is not there.`)
    const { username, firstName, lastName, role, organizations, workgroups, limit } = account
    return {
      username,
      firstName,
      lastName,
      role,
      organizations,
      workgroups,
      ...(limit !== undefined && { limit }),
    }
  }
}
