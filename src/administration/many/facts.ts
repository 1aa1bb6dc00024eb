import { sql } from 'kysely'
import { listName } from '../../account/names.ts'
import type { Keyring } from '../../store/keyring.ts'
import type { Role } from '../../store/schema.ts'
import type { Store, Tx } from '../../store/store.ts'
import { waitNames } from '../credential.ts'
import { giveableBy } from '../places.ts'
import { inReach, isWhole, readReachIn } from '../reach.ts'
import type { Facts, Sight } from './rules.ts'

type Reader = Store['read'] | Tx['db']

/** What an agent looks after, and may give, now. */
export async function readSight(
  db: Reader,
  person: { readonly id: string; readonly role: Role },
): Promise<Sight> {
  const reach = await readReachIn(db, person)
  return { role: person.role, reach, giveable: await giveableBy(db, person.role, reach) }
}

/** Those of these people who are there for the agent, in the order of their names. */
export async function readFacts(
  db: Reader,
  keyring: Keyring,
  ids: readonly string[],
  { reach }: Sight,
): Promise<readonly Facts[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('account')
    .select([
      'id',
      'username',
      'username_key',
      'first_name',
      'last_name',
      'version',
      'role',
      'deactivated_at',
    ])
    .select(sql<number>`case when ${isWhole(reach)} then 1 else 0 end`.as('is_whole'))
    .where('id', 'in', ids)
    .where(inReach(reach))
    .orderBy('last_name')
    .orderBy('first_name')
    .orderBy('id')
    .execute()
  const memberships = await db
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['account_id', 'organization_id', 'is_active', 'may_sign_in', 'may_edit', 'retired_at'])
    .where('account_id', 'in', ids)
    .$if(reach !== undefined, query => query.where('organization_id', 'in', reach ?? []))
    .orderBy('organization_id')
    .execute()
  const workgroups = await db
    .selectFrom('account_workgroup')
    .select(['account_id', 'workgroup_id'])
    .where('account_id', 'in', ids)
    .orderBy('workgroup_id')
    .execute()
  const [placesOf, groupsOf] = [
    Map.groupBy(memberships, row => row.account_id),
    Map.groupBy(workgroups, row => row.account_id),
  ]
  const failures = await readFailures(db, keyring, rows)
  return rows.map(row => ({
    id: row.id,
    username: row.username,
    name: listName(row.first_name, row.last_name),
    version: row.version,
    role: row.role,
    isWhole: row.is_whole === 1,
    isDeactivated: row.deactivated_at !== null,
    memberships: (placesOf.get(row.id) ?? []).map(each => ({
      id: each.organization_id,
      flags: { is_active: each.is_active, may_sign_in: each.may_sign_in, may_edit: each.may_edit },
      isOpen: each.retired_at === null,
    })),
    workgroupIds: (groupsOf.get(row.id) ?? []).map(each => each.workgroup_id),
    failures: failures.get(row.id) ?? 0,
  }))
}

async function readFailures(
  db: Reader,
  keyring: Keyring,
  rows: readonly { readonly id: string; readonly username_key: string }[],
): Promise<ReadonlyMap<string, number>> {
  const owners = new Map(
    rows.flatMap(({ id, username_key: usernameKey }) =>
      waitNames(keyring, { id, usernameKey }).map(name => [name, id] as const),
    ),
  )
  const counted = await db
    .selectFrom('throttle')
    .select(['name', 'failures'])
    .where('name', 'in', ['', ...owners.keys()])
    .execute()
  const sums = new Map<string, number>()
  for (const { name, failures } of counted) {
    const id = owners.get(name) ?? ''
    sums.set(id, (sums.get(id) ?? 0) + failures)
  }
  return sums
}
