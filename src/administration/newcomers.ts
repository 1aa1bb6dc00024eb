import { foldName, soundOf, wordsOf } from '../account/names.ts'
import type { Store } from '../store/store.ts'
import { inReach, type Reach } from './reach.ts'
import { lookalikes, proposals } from './usernames.ts'

async function takenOf({ read }: Store, usernames: readonly string[]): Promise<ReadonlySet<string>> {
  if (usernames.length === 0) return new Set()
  const rows = await read
    .selectFrom('account')
    .select('username_key')
    .where('username_key', 'in', usernames)
    .execute()
  return new Set(rows.map(row => row.username_key))
}

/** The first username for a name that is free and like no other; '' when there is none. */
export async function proposeUsername(store: Store, firstName: string, lastName: string): Promise<string> {
  const list = proposals(firstName, lastName)
  const taken = await takenOf(store, list)
  for (const proposal of list)
    if (!taken.has(proposal) && !(await isConfusable(store, proposal))) return proposal
  return ''
}

/** Tells whether an account has a username that this one could be mistaken for. */
export const isConfusable = async (store: Store, username: string): Promise<boolean> =>
  (await takenOf(store, lookalikes(username))).size > 0

/** Somebody who may be the same person. */
export interface Duplicate {
  readonly id: string
  readonly username: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string
}

const mostDuplicates = 5
const columns = ['id', 'username', 'first_name', 'last_name', 'email'] as const

/** Candidates looked at for one reading of a name; those with more or other names fall away. */
const mostCandidates = 50

/** Accounts with the same email address or the same name as people hear it, in either order, as this agent may see them. */
export async function findDuplicates(
  { read }: Store,
  entry: { readonly firstName: string; readonly lastName: string; readonly email: string },
  reach: Reach,
): Promise<readonly Duplicate[]> {
  const seen = read.selectFrom('account').select(columns).where(inReach(reach))
  const named = (words: readonly string[]) =>
    seen
      .where(eb =>
        eb.and(
          words.map(word =>
            eb(
              'account.id',
              'in',
              eb
                .selectFrom('account_word')
                .select('account_id')
                .where('word', '=', word)
                .where('is_own', '=', 1),
            ),
          ),
        ),
      )
      .limit(mostCandidates)
      .execute()
  const email = foldName(entry.email)
  const sameEmail =
    email === '' ? [] : await seen.where('email_key', '=', email).limit(mostDuplicates).execute()
  const [first, last] = [entry.firstName, entry.lastName]
  const readings = [wordsOf(`${first} ${last}`), [soundOf(first), soundOf(last)].filter(word => word !== '')]
  const sameName = await Promise.all(readings.map(words => (words.length === 0 ? [] : named(words))))
  const wanted = [soundOf(first, last), soundOf(last, first)]
  const alike = sameName.flat().filter(row => wanted.includes(soundOf(row.first_name, row.last_name)))
  const byId = new Map([...sameEmail, ...alike].map(row => [row.id, row]))
  return [...byId.values()].slice(0, mostDuplicates)
}

/** The account that a form has made already, when it is sent once more: same username, name and address. */
export async function findMade(
  { read }: Store,
  entry: {
    readonly username: string
    readonly firstName: string
    readonly lastName: string
    readonly email: string
  },
  reach: Reach,
): Promise<Duplicate | undefined> {
  return read
    .selectFrom('account')
    .select(columns)
    .where(inReach(reach))
    .where('username_key', '=', foldName(entry.username))
    .where('email_key', '=', foldName(entry.email))
    .where('first_name', '=', entry.firstName)
    .where('last_name', '=', entry.lastName)
    .executeTakeFirst()
}
