import { moveStanding } from '../account/standing.ts'
import type { StandingChanged } from '../audit/evidence.ts'
import { parsePolicy, policyRow } from '../policy/policy.ts'
import type { Tx } from '../store/store.ts'
import { afterMonths } from '../training/rules.ts'
import { type Act, lockSubject, recordOf, type VerbParts } from './act.ts'

/**
 * Asks somebody who comes back for training first, when policy says so and the account was not used for that long: until
 * all their courses are finished after they used it last, it counts as expired. Never the last active administrator.
 * @param unusedSince when the account was used last; milliseconds since 1970
 * @returns whether it is asked for.
 */
export async function askTrainingAgain(
  { audit }: Pick<VerbParts, 'audit'>,
  tx: Tx,
  act: Act,
  unusedSince: number,
): Promise<boolean> {
  const row = await tx.db
    .selectFrom('policy')
    .select('overrides')
    .where('id', '=', policyRow)
    .executeTakeFirst()
  const { retrainMonths } = parsePolicy(row?.overrides ?? '{}')
  if (retrainMonths === 0 || afterMonths(unusedSince, retrainMonths) > act.now) return false
  const subject = await lockSubject(tx, act.subjectId)
  if (subject === undefined) return false
  const { role, state } = subject
  if (!(await moveStanding(tx, subject, { role, state: { ...state, trainingLapsed: true } }))) return false
  const before = await tx.db
    .selectFrom('account')
    .select('training_state')
    .where('id', '=', act.subjectId)
    .executeTakeFirstOrThrow()
  await tx.db
    .updateTable('account')
    .set({ training_state: 'lapsed', training_since: unusedSince, training_due_at: 0 })
    .where('id', '=', act.subjectId)
    .execute()
  await audit.record(
    tx,
    recordOf(act, 'user_updated', {
      ...{ change: 'training', before: before.training_state, after: 'lapsed' },
    } satisfies StandingChanged),
  )
  return true
}
