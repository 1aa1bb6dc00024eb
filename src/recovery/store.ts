import type { StoredHash } from '../password/hashing.ts'
import type { Store, Tx } from '../store/store.ts'

/** Text of the person's own question; undefined: none is set. */
export async function readQuestion({ read }: Store, accountId: string): Promise<string | undefined> {
  const row = await read
    .selectFrom('recovery_question')
    .select('question')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.question
}

/** Stores the question and the hash of the folded answer; what asked for it is met. */
export async function putQuestion(
  tx: Tx,
  accountId: string,
  question: string,
  answer: StoredHash,
  now: number,
): Promise<void> {
  const columns = { question, answer_encoded: answer.encoded, pepper_id: answer.pepperId, set_at: now }
  await tx.db
    .insertInto('recovery_question')
    .values({ account_id: accountId, ...columns })
    .onConflict(conflict => conflict.column('account_id').doUpdateSet(columns))
    .execute()
  await tx.db
    .updateTable('account')
    .set({ recovery_asked: 0, security_changed_at: now })
    .where('id', '=', accountId)
    .execute()
}

/** Meets the step without a question. */
export async function skipQuestion(tx: Tx, accountId: string): Promise<void> {
  await tx.db.updateTable('account').set({ recovery_asked: 0 }).where('id', '=', accountId).execute()
}
