import type { Tx } from '../store/store.ts'

/** Accounts in one statement: a million at once take longer than PostgreSQL is given for one. */
const mostAtOnce = 20_000

/** Does `work` for all accounts, those with ids after `after` up to `last` at a time; without `last` it is the end. */
export async function inRanges(
  { db }: Tx,
  work: (after: string, last: string | undefined) => Promise<unknown>,
  atOnce = mostAtOnce,
): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const last = await db
      .selectFrom('account')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .offset(atOnce - 1)
      .limit(1)
      .executeTakeFirst()
    await work(after, last?.id)
    after = last?.id
  }
}
