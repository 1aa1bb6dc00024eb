import { type StateRow, stateColumns, stateOf } from '../../account/rules.ts'
import type { Tx } from '../../store/store.ts'
import type { LinkRow } from '../mailed-link.ts'
import { mostAnswers, type RecoveryFacts } from './rules.ts'

const mostAccounts = 5

export type Found = Awaited<ReturnType<typeof byKey>>[number]

/** The account of this username, or those of this email address: who forgot the name is told it in the mail. */
export async function findAccounts(tx: Tx, entry: string): Promise<readonly Found[]> {
  if (entry === '') return []
  const named = await byKey(tx, 'username_key', entry)
  return named.length > 0 ? named : byKey(tx, 'email_key', entry)
}

function byKey(tx: Tx, column: 'username_key' | 'email_key', entry: string) {
  return tx.db
    .selectFrom('account')
    .leftJoin('recovery_question as question', 'question.account_id', 'account.id')
    .select([
      'account.id',
      'browser_generation',
      'account.username',
      'account.first_name',
      'account.email',
      'account.epoch',
      'account.language',
      ...stateColumns,
      'account.security_changed_at',
      'question.question',
    ])
    .where(`account.${column}`, '=', entry)
    .orderBy('account.id')
    .limit(mostAccounts)
    .execute()
}

export const recoveryFacts = (
  row: StateRow & Pick<Found, 'security_changed_at' | 'question'>,
): RecoveryFacts => ({
  ...stateOf(row),
  hasQuestion: row.question !== null,
  securityChangedAt: row.security_changed_at,
})

/** Ends the reset links of an account, but for the newest and any whose question was answered rightly. */
export async function endOlderResets(tx: Tx, accountId: string, now: number): Promise<void> {
  const live = await tx.db
    .selectFrom('one_time_link')
    .select(['token_hash', 'proven_at'])
    .where('account_id', '=', accountId)
    .where('kind', '=', 'reset')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .orderBy('token_hash')
    .execute()
  const older = live.slice(1).filter(({ proven_at }) => proven_at === null)
  if (older.length === 0) return
  await tx.db
    .updateTable('one_time_link')
    .set(eb => ({ expires_at: eb.ref('created_at') }))
    .where(
      'token_hash',
      'in',
      older.map(({ token_hash }) => token_hash),
    )
    .execute()
}

/** Counts an answer as wrong before it is checked. @returns how many that makes, or undefined when the link is dead. */
export async function claimAnswer(tx: Tx, link: LinkRow, now: number): Promise<number | undefined> {
  const claimed = await tx.db
    .updateTable('one_time_link')
    .set(eb => ({ wrong_answers: eb('wrong_answers', '+', 1) }))
    .where('token_hash', '=', link.token_hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .where('wrong_answers', '<', mostAnswers)
    .returning('wrong_answers')
    .executeTakeFirst()
  return claimed?.wrong_answers
}

/** Takes a claimed answer back that could not be checked. */
export async function giveBackAnswer(tx: Tx, link: LinkRow): Promise<void> {
  await tx.db
    .updateTable('one_time_link')
    .set(eb => ({ wrong_answers: eb('wrong_answers', '-', 1) }))
    .where('token_hash', '=', link.token_hash)
    .where('wrong_answers', '>', 0)
    .execute()
}

/** The answer was right: it is no wrong one after all. */
export async function putProof(tx: Tx, link: LinkRow, now: number): Promise<void> {
  await tx.db
    .updateTable('one_time_link')
    .set(eb => ({ wrong_answers: eb('wrong_answers', '-', 1), proven_at: now }))
    .where('token_hash', '=', link.token_hash)
    .execute()
}
