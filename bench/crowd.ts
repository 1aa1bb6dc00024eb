import { type RawBuilder, sql } from 'kysely'
import { searchWords } from '../src/account/names.ts'
import type { Store, Tx } from '../src/store/store.ts'

const firstNames = ['Amina', 'Ben', 'Carla', 'Dae', 'Elena', 'Faisal', 'Grace', 'Hodan', 'Ivan', 'Mohamed']
const lastNames = ['Anderson', 'Berg', 'Cruz', 'Dahl', 'Eide', 'Hassan', 'Lor', 'Moua', 'Nguyen', 'Warsame']

/** Accounts of one transaction: below PostgreSQL's time for one statement, also on a slow machine. */
const atOnce = 20_000

type Text = RawBuilder<string>

/** The name whose turn it is. */
function turnOf(list: readonly string[], turn: RawBuilder<number>): Text {
  const whens = list.map((name, index) => sql`when ${sql.lit(index)} then ${sql.lit(name)}`)
  return sql<string>`case ${turn} % ${sql.lit(list.length)} ${sql.join(whens, sql` `)} end`
}

const number = sql<number>`n.i`
const first = turnOf(firstNames, number)
const last: Text = sql`${turnOf(lastNames, sql<number>`(n.i / 10)`)} || cast(n.i / 400 as text)`
const username: Text = sql`'user' || cast(n.i as text)`
/** An id as long as a real one, in the order of the numbers. */
const id: Text = sql`'01900000-0000-7000-8000-' || substr(cast(1000000000000 + n.i as text), 2)`

/** `select …` for each number from `from` to before `to`; the same text on both engines. */
const forEach = (from: number, to: number, columns: RawBuilder<unknown>) =>
  sql`with recursive n(i) as (select cast(${from} as bigint) union all select i + 1 from n where i + 1 < ${to}) select ${columns} from n`

async function addSome({ db }: Tx, place: Place, from: number, to: number, now: number): Promise<void> {
  const insert = (into: string, columns: RawBuilder<unknown>) =>
    sql`insert into ${sql.raw(into)} ${forEach(from, to, columns)}`.execute(db)
  await insert(
    `account (id, username, username_key, first_name, last_name, email, email_key, role, role_since, epoch, version,
      created_at, active_since, recovery_asked, language, theme, training_state)`,
    sql`${id}, ${username}, ${username}, ${first}, ${last}, ${username} || '@scale.example', ${username} || '@scale.example',
      'user', cast(${now} as bigint), 1, 1, cast(${now} as bigint), cast(${now} as bigint), 0, '', 'system', 'unknown'`,
  )
  await insert(
    'account_organization (account_id, organization_id, is_active, may_sign_in, may_edit)',
    sql`${id}, ${sql.lit(place.id)}, 1, 1, 1`,
  )
  const shared = searchWords([], ['scale.example', place.name]).map(word => sql.lit(word))
  for (const word of [...shared, username, sql`lower(${first})`, sql`lower(${last})`])
    await insert('account_word (word, account_id)', sql`${word}, ${id}`)
}

/** The organization that all of them work in. */
interface Place {
  readonly id: string
  readonly name: string
}

/**
 * Adds accounts without a credential, and the words by which they are found, from one number to before another. Written
 * as statements over whole ranges: one by one, a million takes the better part of an hour. PostgreSQL counts them at once, as it
 * does by itself within a minute or so: until then it takes odd ways.
 */
export async function addCrowd(
  store: Store,
  place: Place,
  from: number,
  to: number,
  now: number,
): Promise<void> {
  for (let start = from; start < to; start += atOnce)
    await store.write(tx => addSome(tx, place, start, Math.min(start + atOnce, to), now))
  if (store.engine === 'postgres') await store.writeOne(db => sql`analyze`.execute(db))
}
