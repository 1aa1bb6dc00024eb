import { barOf, stateColumns, stateOf } from '../../../src/account/rules.ts'
import type { NamedGrant } from '../../../src/administration/past-access/grants.ts'
import { accessBefore } from '../../../src/administration/past-access/log.ts'
import { accountsThen } from '../../../src/audit/access-then.ts'
import type { Store } from '../../../src/store/store.ts'

type Reading = Pick<Store, 'read'>

const kinds = ['organization', 'workgroup'] as const

const line = (grant: Pick<NamedGrant, 'username' | 'firstName' | 'kind' | 'name' | 'flags'>) =>
  [grant.username, grant.firstName, grant.kind, grant.name, grant.flags?.signIn, grant.flags?.edit].join('|')

/** What the tables say that everybody has at a moment. */
export async function accessByTables(store: Reading, at: number): Promise<readonly string[]> {
  const accounts = await store.read
    .selectFrom('account')
    .select(['id', ...stateColumns])
    .execute()
  const open = accounts.filter(row => barOf({ ...stateOf(row), passwordBlockedAt: null }, at) === undefined)
  const retired = new Set<string>()
  for (const kind of kinds)
    for (const { id } of await store.read
      .selectFrom(kind)
      .select('id')
      .where('retired_at', 'is not', null)
      .execute())
      retired.add(id)
  const contacts = await store.read
    .selectFrom('agency_contact')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['account_id', 'organization.id', 'name'])
    .execute()
  const then = await accountsThen(
    store.read,
    open.map(({ id }) => id),
  )
  const lines = [...then].flatMap(([accountId, person]) => [
    line({ ...person, kind: 'account', name: '' }),
    line({ ...person, kind: 'role', name: person.role }),
    ...person.organizations
      .filter(({ id, active }) => active === 1 && !retired.has(id))
      .map(({ name, ...flags }) => line({ ...person, kind: 'organization', name, flags })),
    ...person.workgroups
      .filter(({ id }) => !retired.has(id))
      .map(({ name }) => line({ ...person, kind: 'workgroup', name })),
    ...contacts
      .filter(({ account_id, id }) => account_id === accountId && !retired.has(id))
      .filter(({ id }) => person.organizations.some(own => own.id === id && own.active === 1))
      .map(({ name }) => line({ ...person, kind: 'contact', name })),
    ...(person.limit ?? []).map(({ name }) => line({ ...person, kind: 'limited-to', name })),
  ])
  return lines.sort()
}

/** What the log says that everybody had before a moment. */
export async function accessByLog(store: Reading, before: number): Promise<readonly string[]> {
  const answer = await accessBefore(store, before)
  return answer.is === 'found' ? [...answer.rows].map(line).sort() : ['not recorded']
}
