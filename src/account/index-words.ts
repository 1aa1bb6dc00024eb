import { setImmediate as turn } from 'node:timers/promises'
import { firstIdAt } from '../store/ids.ts'
import { putsRows } from '../store/many-rows.ts'
import type { Store, Tx } from '../store/store.ts'
import { searchWords } from './names.ts'

const putWords = putsRows('account_word', ['word', 'account_id', 'is_own'])

/** Rewrites the words by which a person is found: name, username, e-mail, organizations. */
export const indexWords = (tx: Tx, accountId: string): Promise<void> => indexWordsOfMany(tx, [accountId])

/** Accounts read by one statement: below the engines' limits of parameters. */
const indexedAtOnce = 100

/** The same for many people, after an organization of theirs has a new name. */
export async function indexWordsOfMany(tx: Tx, accountIds: readonly string[]): Promise<void> {
  for (let from = 0; from < accountIds.length; from += indexedAtOnce)
    await indexSome(tx, accountIds.slice(from, from + indexedAtOnce))
}

/** Writes the words of many people in short transactions, between which others write. */
export async function indexWordsInTurns(store: Store, accountIds: readonly string[]): Promise<void> {
  for (let from = 0; from < accountIds.length; from += indexedAtOnce) {
    await store.write(tx => indexSome(tx, accountIds.slice(from, from + indexedAtOnce)))
    await turn()
  }
}

/** Milliseconds after which what makes accounts is taken to have died before it wrote their words. */
const patience = 10 * 60_000
/** Milliseconds for which new accounts are looked at for that. */
const newFor = 30 * 86_400_000

/** Writes the words of new accounts that were left without them. @returns of how many. */
export async function indexLeftOver(store: Store, now: number): Promise<number> {
  let [count, from] = [0, firstIdAt(now - newFor)]
  for (;;) {
    const found = await withoutWords(store, from, firstIdAt(now - patience))
    if (found.length === 0) return count
    await indexWordsInTurns(store, found)
    count += found.length
    from = found.at(-1) ?? from
  }
}

async function withoutWords({ read }: Store, beyond: string, before: string): Promise<readonly string[]> {
  const rows = await read
    .selectFrom('account')
    .select('id')
    .where('id', '>', beyond)
    .where('id', '<', before)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('account_word')
            .select('word')
            .whereRef('account_word.account_id', '=', 'account.id')
            .where('is_own', '=', 1),
        ),
      ),
    )
    .orderBy('id')
    .limit(indexedAtOnce)
    .execute()
  return rows.map(({ id }) => id)
}

async function indexSome(tx: Tx, accountIds: readonly string[]): Promise<void> {
  const accounts = await tx.db
    .selectFrom('account')
    .select(['id', 'first_name', 'last_name', 'username', 'email'])
    .where('id', 'in', accountIds)
    .execute()
  const memberships = await tx.db
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['account_id', 'name'])
    .where('account_id', 'in', accountIds)
    .execute()
  const names = Map.groupBy(memberships, ({ account_id }) => account_id)
  const rows = accounts.flatMap(({ id, first_name, last_name, username, email }) => {
    const own = new Set(searchWords([first_name, last_name], [username, email]))
    const ofPlaces = searchWords(
      [],
      (names.get(id) ?? []).map(({ name }) => name),
    )
    return [...new Set([...own, ...ofPlaces])].map(word => ({
      word,
      account_id: id,
      is_own: own.has(word) ? 1 : 0,
    }))
  })
  await tx.db.deleteFrom('account_word').where('account_id', 'in', accountIds).execute()
  await putWords(tx.db, rows)
}
