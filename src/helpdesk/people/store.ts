import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { searchWords } from '../../account/names.ts'
import { inReach, type Reach } from '../../administration/reach.ts'
import { readPolicy } from '../../policy/policy.ts'
import type { Policy } from '../../policy/table.ts'
import type { Database, Flag, Role, TrainingState } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { type Page, pageOf } from '../shared/paging.ts'
import { conditionOf, lastSignInIs, organizationIs, type StateName, workgroupIs } from './filters.ts'
import { everyone, noOrganization, type Search } from './rules.ts'

/** One line of the list. */
export interface Found {
  readonly id: string
  readonly username: string
  readonly username_key: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string
  /** The primary one, or else the first, of those that the agent looks after. */
  readonly organization: string | null
  readonly role: Role
  readonly deactivated_at: number | null
  readonly suspended_until: number | null
  readonly leaving_at: number | null
  readonly dormant_since: number | null
  readonly password_blocked_at: number | null
  readonly training_state: TrainingState
  readonly last_sign_in_at: number | null
  readonly is_temporary: Flag | null
  readonly expires_at: number | null
}

export interface PeoplePage extends Page<Found> {
  /** Very many fit the words: these are of the first so many only. */
  readonly isPart: boolean
}

export interface PlacesOfSearch {
  readonly organizations: readonly { readonly id: string; readonly name: string }[]
  readonly workgroups: readonly { readonly id: string; readonly name: string }[]
}

const pageLength = 25
/** Sorts after every character, so that a range of words is all that begin with a prefix. */
const lastSign = '\u{10ffff}'

type Accounts = ExpressionBuilder<Database, 'account'>

const wordRange = (eb: Pick<Accounts, 'selectFrom'>, prefix: string, reach: Reach) =>
  eb
    .selectFrom('account_word')
    .where('word', '>=', prefix)
    .where('word', '<', prefix + lastSign)
    .$if(reach !== undefined, query => query.where('is_own', '=', 1))

/** A prefix that few words begin with: the accounts are looked up from the words. */
const isAmong = (eb: Accounts, { text }: Prefix, reach: Reach): Expression<SqlBool> =>
  eb('account.id', 'in', wordRange(eb, text, reach).select('account_word.account_id'))

/** A prefix that many words begin with: the accounts are walked in their order, each asked for its words. */
const hasWord = (eb: Accounts, { text }: Prefix, reach: Reach): Expression<SqlBool> =>
  eb.exists(
    wordRange(eb, text, reach)
      .select('account_word.account_id')
      .whereRef('account_word.account_id', '=', 'account.id'),
  )

/** Whether a prefix begins a word of the person, or of the name of an organization that the agent may know of. */
function isNamed(eb: Accounts, prefix: Prefix, reach: Reach): Expression<SqlBool> {
  const byWord = (isBroad(prefix) ? hasWord : isAmong)(eb, prefix, reach)
  return prefix.places.length === 0
    ? byWord
    : eb.or([byWord, ...prefix.places.map(id => organizationIs(eb, id))])
}

/** From so many words on a prefix is a broad one. */
const manyWords = 2_000

/** A prefix with the way to look for it. */
interface Prefix {
  readonly text: string
  /** Words that begin with it, at most `manyWords`; for an agent with a limit people's own. */
  readonly words: number
  /** Organizations of a limit that have such a word in their name; without a limit they are among the words. */
  readonly places: readonly string[]
}

const isBroad = ({ words }: Prefix): boolean => words >= manyWords

/** Counts the words, so that broad prefixes, of which a page is full soon, are told from those whose few are quicker to gather. */
export async function measure(
  { read }: Store,
  prefixes: readonly string[],
  reach: Reach,
): Promise<readonly Prefix[]> {
  const places =
    reach === undefined || prefixes.length === 0
      ? []
      : await read.selectFrom('organization').select(['id', 'name']).where('id', 'in', reach).execute()
  return Promise.all(
    prefixes.map(async text => {
      const some = wordRange(read, text, reach).select('account_id').limit(manyWords)
      const { count } = await read
        .selectFrom(some.as('some'))
        .select(eb => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const named = places.filter(({ name }) => searchWords([], [name]).some(word => word.startsWith(text)))
      return { text, words: Number(count), places: named.map(({ id }) => id) }
    }),
  )
}

/** The readings that somebody can fit: those whose every prefix begins a word. */
async function measureReadings(
  store: Store,
  readings: Search['readings'],
  reach: Reach,
): Promise<readonly (readonly Prefix[])[]> {
  const measured = await measure(store, [...new Set(readings.flat())], reach)
  const found = new Map(
    measured.filter(({ words, places }) => words + places.length > 0).map(prefix => [prefix.text, prefix]),
  )
  return readings
    .map(texts => texts.map(text => found.get(text)).filter(prefix => prefix !== undefined))
    .filter((prefixes, index) => prefixes.length === readings[index]?.length)
}

/** Words looked at when very many fit: a page in order of names would have to walk through all accounts. */
const mostOfMany = 500

/** When all prefixes are broad: the accounts of the first few words; the longest prefix leads. */
async function someOfMany({ read }: Store, prefixes: readonly Prefix[]): Promise<readonly string[]> {
  const [lead, ...others] = prefixes.toSorted((a, b) => b.text.length - a.text.length)
  const rows = await wordRange(read, lead?.text ?? '', undefined)
    .select('account_word.account_id')
    .where(eb =>
      eb.and(
        others.map(({ text }) =>
          eb.exists(
            eb
              .selectFrom('account_word as other')
              .select('other.account_id')
              .whereRef('other.account_id', '=', 'account_word.account_id')
              .where('other.word', '>=', text)
              .where('other.word', '<', text + lastSign),
          ),
        ),
      ),
    )
    .orderBy('account_word.word')
    .limit(mostOfMany)
    .execute()
  return rows.map(({ account_id }) => account_id)
}

/** Tells whether nothing but words says who is meant. */
const isWordsOnly = ({ state, role, organization, workgroup, lastSignIn }: Search, reach: Reach): boolean =>
  [state, role, organization, workgroup, lastSignIn, reach].every(limit => limit === undefined)

/** What states are judged by. */
interface Present {
  readonly now: number
  readonly policy: Policy
}

/** The accounts that a search means, for an agent with this limit. `throttled` are the ids of who has to wait. */
function wanted(
  { read }: Store,
  search: Omit<Search, 'text' | 'readings' | 'cursor'>,
  readings: readonly (readonly Prefix[])[],
  reach: Reach,
  throttled: readonly string[],
  { now, policy }: Present,
) {
  const { state, role, organization, workgroup, lastSignIn } = search
  return read
    .selectFrom('account')
    .where(inReach(reach))
    .$if(readings.length > 0, query =>
      query.where(eb =>
        eb.or(readings.map(prefixes => eb.and(prefixes.map(prefix => isNamed(eb, prefix, reach))))),
      ),
    )
    .$if(role !== undefined, query => query.where('account.role', '=', role ?? 'user'))
    .$if(state === 'throttled', query =>
      query.where(eb => (throttled.length === 0 ? sql<SqlBool>`1 = 0` : eb('account.id', 'in', throttled))),
    )
    .$if(state !== undefined && state !== 'throttled', query =>
      query.where(eb => conditionOf(state as StateName)(eb, now, policy)),
    )
    .$if(organization !== undefined, query =>
      query.where(eb => organizationIs(eb, organization === noOrganization ? undefined : organization)),
    )
    .$if(workgroup !== undefined, query => query.where(eb => workgroupIs(eb, workgroup ?? '')))
    .$if(lastSignIn !== undefined, query =>
      query.where(eb => lastSignInIs(lastSignIn ?? 'never')(eb, now, policy)),
    )
}

const nobody: PeoplePage = { rows: [], hasPrevious: false, hasNext: false, isPart: false }

/** One page of a search, by last name, first name and id. */
export async function findPeople(
  store: Store,
  search: Search,
  reach: Reach,
  throttled: readonly string[],
  now: number,
): Promise<PeoplePage> {
  const backwards = search.cursor?.direction === 'before'
  const order = backwards ? 'desc' : 'asc'
  const from = search.cursor && (await placeOf(store, search.cursor.id, reach))
  const readings = await measureReadings(store, search.readings, reach)
  const [first] = readings
  if (first === undefined && search.readings.length > 0) return nobody
  const isMany = first !== undefined && readings.flat().every(isBroad) && isWordsOnly(search, reach)
  const some = isMany ? await someOfMany(store, first) : undefined
  const present = { now, policy: await readPolicy(store) }
  const rows = await wanted(store, search, some === undefined ? readings : [], reach, throttled, present)
    .$if(some !== undefined, query => query.where('account.id', 'in', some ?? []))
    .leftJoin('credential', 'credential.account_id', 'account.id')
    .select([
      'account.id',
      'username',
      'username_key',
      'first_name',
      'last_name',
      'email',
      'role',
      'deactivated_at',
      'suspended_until',
      'leaving_at',
      'dormant_since',
      'password_blocked_at',
      'training_state',
      'last_sign_in_at',
      'is_temporary',
      'expires_at',
      organizationOf(reach).as('organization'),
    ])
    .$if(from !== undefined, query =>
      query.where(
        sql<SqlBool>`(account.last_name, account.first_name, account.id) ${sql.raw(backwards ? '<' : '>')} (${from?.last_name}, ${from?.first_name}, ${from?.id})`,
      ),
    )
    .orderBy('last_name', order)
    .orderBy('first_name', order)
    .orderBy('account.id', order)
    .limit(pageLength + 1)
    .execute()
  return { ...pageOf(rows, pageLength, backwards, from !== undefined), isPart: some?.length === mostOfMany }
}

const organizationOf = (reach: Reach) =>
  sql<string | null>`(select organization.name from account_organization membership
    join organization on organization.id = membership.organization_id
    where membership.account_id = account.id
    ${reach === undefined ? sql`` : reach.length === 0 ? sql`and 1 = 0` : sql`and organization.id in (${sql.join(reach)})`}
    order by membership.is_primary desc, organization.name_key limit 1)`

/** Where an account stands in the order; whom the agent may not see stands nowhere. */
const placeOf = ({ read }: Store, id: string, reach: Reach) =>
  read
    .selectFrom('account')
    .select(['id', 'last_name', 'first_name'])
    .where('account.id', '=', id)
    .where(inReach(reach))
    .executeTakeFirst()

/** Counting stops here; a queue as long as this is said to hold this many or more. */
export const mostCounted = 1_000

/** How many accounts a search without words means, at most `mostCounted`. */
export async function countPeople(
  store: Store,
  search: Search,
  reach: Reach,
  throttled: readonly string[],
  now: number,
): Promise<number> {
  const present = { now, policy: await readPolicy(store) }
  const some = wanted(store, search, [], reach, throttled, present).select('account.id').limit(mostCounted)
  const { count } = await store.read
    .selectFrom(some.as('some'))
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** How many accounts are in a state, at most `mostCounted`. */
export const countState = (store: Store, state: StateName, reach: Reach, now: number): Promise<number> =>
  countPeople(store, { ...everyone, state }, reach, [], now)

/** Organizations and workgroups to look for people by, retired ones too: who is in them is still there. */
export async function readPlacesOfSearch({ read }: Store, reach: Reach): Promise<PlacesOfSearch> {
  const organizations = await read
    .selectFrom('organization')
    .select(['id', 'name'])
    .$if(reach !== undefined, query => query.where('id', 'in', reach ?? []))
    .orderBy('name_key')
    .execute()
  const workgroups = await read.selectFrom('workgroup').select(['id', 'name']).orderBy('name_key').execute()
  return { organizations, workgroups }
}
