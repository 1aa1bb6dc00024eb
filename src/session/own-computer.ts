import { sql } from 'kysely'
import type { Policy } from '../policy/table.ts'
import { hashToken, newId, newToken } from '../store/ids.ts'
import type { Store, Tx } from '../store/store.ts'
import type { AccountRow } from './facts.ts'
import type { Visit } from './visit.ts'

const day = 24 * 3_600_000

/** Days for which this person's own computer may be remembered: never one of staff or of an agency's contact. 0: not at all. Pure. */
export const computerDays = (
  { role, contact_since }: Pick<AccountRow, 'role' | 'contact_since'>,
  { ownComputerDays }: Pick<Policy, 'ownComputerDays'>,
): number => (role === 'user' && contact_since === null ? ownComputerDays : 0)

/** Remembers the computer of a sign-in that has proven its second step. @returns the cookie's value. */
export async function rememberComputer(
  tx: Tx,
  owner: { readonly accountId: string; readonly epoch: number },
  visit: Visit,
  days: number,
): Promise<string> {
  const token = newToken()
  await tx.db
    .insertInto('own_computer')
    .values({
      id: newId(visit.now),
      account_id: owner.accountId,
      token_hash: hashToken(token),
      epoch: owner.epoch,
      user_agent: visit.userAgent,
      address: visit.address,
      added_at: visit.now,
      used_at: visit.now,
      expires_at: visit.now + days * day,
    })
    .execute()
  return token
}

/**
 * Takes a computer's token in the place of the second step. The update is the claim: a token works once and is replaced, and
 * it is dead when the account's credentials have changed since, or the policy no longer gives it so many days.
 * @returns the next token.
 */
export async function useComputer(
  tx: Tx,
  token: string,
  owner: { readonly accountId: string; readonly epoch: number },
  now: number,
  days: number,
): Promise<string | undefined> {
  const next = newToken()
  const used = await tx.db
    .updateTable('own_computer')
    .set({ token_hash: hashToken(next), used_at: now })
    .where('token_hash', '=', hashToken(token))
    .where('account_id', '=', owner.accountId)
    .where('epoch', '=', owner.epoch)
    .where('expires_at', '>', now)
    .where('added_at', '>', now - days * day)
    .executeTakeFirst()
  return used.numUpdatedRows === 1n ? next : undefined
}

/** A computer that is remembered. Times are milliseconds since 1970. */
export interface OwnComputer {
  readonly id: string
  readonly userAgent: string
  readonly usedAt: number
  readonly expiresAt: number
}

/** The computers on which an account is not asked for its second step. */
export const readComputers = (
  { read }: Pick<Store, 'read'>,
  accountId: string,
  now: number,
  days: number,
): Promise<readonly OwnComputer[]> =>
  read
    .selectFrom('own_computer')
    .innerJoin('account', 'account.id', 'own_computer.account_id')
    .select([
      'own_computer.id',
      'user_agent as userAgent',
      'used_at as usedAt',
      sql<number>`case when expires_at < added_at + cast(${days * day} as bigint)
        then expires_at else added_at + cast(${days * day} as bigint) end`.as('expiresAt'),
    ])
    .where('account_id', '=', accountId)
    .whereRef('own_computer.epoch', '=', 'account.epoch')
    .where('expires_at', '>', now)
    .where('added_at', '>', now - days * day)
    .orderBy('used_at', 'desc')
    .execute()

/** Ends one of an account's computers. @returns false when it was gone. */
export async function endComputer(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const ended = await tx.db
    .deleteFrom('own_computer')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return ended.numDeletedRows === 1n
}
