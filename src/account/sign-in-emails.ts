import { sql } from 'kysely'
import { parsePolicy, policyRow } from '../policy/policy.ts'
import type { Store, Tx } from '../store/store.ts'
import { inRanges } from './ranges.ts'

/** The address as it serves at sign-in: nobody signs in with an empty one. */
const served = sql<string | null>`nullif(email_key, '')`

/**
 * Tells whether email addresses serve at sign-in. Waits for everyone else who gives accounts addresses or changes that
 * rule, and lets nobody else until the transaction ends: what is then found free stays free. Comes first in its
 * transaction, before any account is held, so that no two wait for each other.
 */
export async function holdSignInEmails(tx: Tx): Promise<boolean> {
  const row = await tx.db
    .updateTable('policy')
    .set(eb => ({ version: eb.ref('version') }))
    .where('id', '=', policyRow)
    .returning('overrides')
    .executeTakeFirst()
  return parsePolicy(row?.overrides ?? '{}').emailSignIn
}

/** Tells whether another account signs in with this folded address. */
export async function isSignInEmailTaken(
  db: Store['read'] | Tx['db'],
  emailKey: string,
  but = '',
): Promise<boolean> {
  if (emailKey === '') return false
  const found = await db
    .selectFrom('account')
    .select('id')
    .where('sign_in_email_key', '=', emailKey)
    .where('id', '<>', but)
    .executeTakeFirst()
  return found !== undefined
}

/** Lets these accounts sign in with the addresses that they have now. */
export async function serveEmailsOf({ db }: Tx, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return
  await db.updateTable('account').set({ sign_in_email_key: served }).where('id', 'in', accountIds).execute()
}

/** Lets everyone sign in with their address, or nobody. A shared address throws what `isTaken` knows. */
export const serveEveryEmail = (tx: Tx, serves: boolean): Promise<void> =>
  inRanges(tx, (after, last) =>
    tx.db
      .updateTable('account')
      .set({ sign_in_email_key: serves ? served : null })
      .where('id', '>', after)
      .$if(last !== undefined, update => update.where('id', '<=', last ?? ''))
      .execute(),
  )

/** Somebody whose address is somebody else's too. */
export interface Sharer {
  readonly id: string
  readonly username: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string
}

/** Sharers on one page; the rest follow when these were put right. */
const mostSharers = 50

/** People who share an address, those with one address together: while there are any, none can serve at sign-in. */
export const readSharers = (db: Store['read'] | Tx['db']): Promise<readonly Sharer[]> =>
  db
    .selectFrom('account')
    .select(['id', 'username', 'first_name', 'last_name', 'email'])
    .where('email_key', 'in', eb =>
      eb
        .selectFrom('account as other')
        .select('other.email_key')
        .where('other.email_key', '<>', '')
        .groupBy('other.email_key')
        .having(eb.fn.countAll(), '>', 1),
    )
    .orderBy('email_key')
    .orderBy('id')
    .limit(mostSharers)
    .execute()
