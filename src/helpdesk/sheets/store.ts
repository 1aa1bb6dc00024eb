import { sql } from 'kysely'
import { mayManage } from '../../account/rules.ts'
import { inReach, isWhole, type Reach } from '../../administration/reach.ts'
import type { Flag, Role } from '../../store/schema.ts'
import type { Store, Tx } from '../../store/store.ts'
import { mostPeople } from './rules.ts'

/** Somebody who has never signed in. */
export interface Newcomer {
  readonly id: string
  readonly version: number
  readonly username: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string
  /** `null`: there is no password yet. */
  readonly is_temporary: Flag | null
  readonly expires_at: number | null
}

/** Whose newcomers are meant. */
export interface Wanted {
  readonly agent: Role
  readonly reach: Reach
  /** Id of the organization that they work in; any when absent. */
  readonly organizationId: string | undefined
}

const roles: readonly Role[] = ['user', 'helpdesk', 'administrator']

/** Open accounts without a credential or with an unused temporary password, which are this agent's to manage as a whole. */
function newcomers(db: Store['read'] | Tx['db'], { agent, reach, organizationId }: Wanted) {
  return db
    .selectFrom('account')
    .leftJoin('credential', 'credential.account_id', 'account.id')
    .select([
      'account.id',
      'version',
      'username',
      'first_name',
      'last_name',
      'email',
      'credential.is_temporary',
      'credential.expires_at',
    ])
    .where('last_sign_in_at', 'is', null)
    .where('deactivated_at', 'is', null)
    .where(
      'role',
      'in',
      roles.filter(role => mayManage(agent, role)),
    )
    .where(eb => eb.or([eb('credential.account_id', 'is', null), eb('is_temporary', '=', 1)]))
    .where(inReach(reach))
    .where(isWhole(reach))
    .$if(organizationId !== undefined, query =>
      query.where(eb =>
        eb.exists(
          eb
            .selectFrom('account_organization')
            .select(sql`1`.as('one'))
            .whereRef('account_id', '=', 'account.id')
            .where('organization_id', '=', organizationId ?? '')
            .where('is_active', '=', 1),
        ),
      ),
    )
}

/** One page by last name, first name and id, after this account; one more than fits says that there is a next page. */
export async function readNewcomers(
  { read }: Store,
  wanted: Wanted,
  after: string | undefined,
): Promise<{ readonly people: readonly Newcomer[]; readonly hasNext: boolean }> {
  const from =
    after === undefined
      ? undefined
      : await read
          .selectFrom('account')
          .select(['last_name', 'first_name', 'id'])
          .where('account.id', '=', after)
          .where(inReach(wanted.reach))
          .executeTakeFirst()
  const rows = await newcomers(read, wanted)
    .$if(from !== undefined, query =>
      query.where(
        sql<boolean>`(last_name, first_name, account.id) > (${from?.last_name ?? ''}, ${from?.first_name ?? ''}, ${from?.id ?? ''})`,
      ),
    )
    .orderBy('last_name')
    .orderBy('first_name')
    .orderBy('account.id')
    .limit(mostPeople + 1)
    .execute()
  return { people: rows.slice(0, mostPeople), hasNext: rows.length > mostPeople }
}

/** Those of these accounts who still are newcomers whom the agent may manage, by id. */
export async function stillNew(
  { db }: Tx,
  wanted: Wanted,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Newcomer>> {
  if (ids.length === 0) return new Map()
  const rows = await newcomers(db, wanted).where('account.id', 'in', ids).execute()
  return new Map(rows.map(row => [row.id, row]))
}
