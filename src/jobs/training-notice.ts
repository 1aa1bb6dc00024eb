import type { Policy } from '../policy/table.ts'
import type { Services } from '../session/services.ts'
import { afterMonths, lapsesAt } from '../training/rules.ts'
import { queueLetter } from './letters.ts'

/** Milliseconds before training has to be done again in which that is told; Home says it for as long. */
const notice = 30 * 24 * 3_600_000
/** Letters of one run. */
const most = 200

/** Tells by mail, once for each time that training was finished, that it has to be done again soon. @returns how many. */
export async function noticeTraining(
  services: Services,
  policy: Policy,
  now: number,
  stopping: AbortSignal,
): Promise<number> {
  const { trainingMonths: months } = policy
  if (months === 0) return 0
  const due = await services.store.read
    .selectFrom('account')
    .select(['id', 'training_finished_at'])
    .where('training_state', '=', 'finished')
    .where('training_finished_at', '<=', afterMonths(now + notice, -months))
    .where('deactivated_at', 'is', null)
    .where(eb =>
      eb.or([
        eb('training_noticed_for', 'is', null),
        eb('training_noticed_for', '<>', eb.ref('training_finished_at')),
      ]),
    )
    .orderBy('training_finished_at')
    .limit(most)
    .execute()
  let told = 0
  for (const { id, training_finished_at: finishedAt } of due) {
    if (stopping.aborted) break
    if (finishedAt !== null && (await tell(services, policy, id, finishedAt, now))) told += 1
  }
  return told
}

/** With several processes, only one claims the letter. */
function tell(
  services: Services,
  policy: Policy,
  id: string,
  finishedAt: number,
  now: number,
): Promise<boolean> {
  return services.store.write(async tx => {
    const claimed = await tx.db
      .updateTable('account')
      .set({ training_noticed_for: finishedAt })
      .where('id', '=', id)
      .where('training_state', '=', 'finished')
      .where('training_finished_at', '=', finishedAt)
      .where(eb =>
        eb.or([eb('training_noticed_for', 'is', null), eb('training_noticed_for', '<>', finishedAt)]),
      )
      .returning(['id', 'email', 'first_name', 'username', 'language'])
      .executeTakeFirst()
    const at = lapsesAt(finishedAt, policy.trainingMonths)
    if (claimed === undefined || at === undefined || at <= now) return false
    await queueLetter(services, tx, 'training-notice', claimed, { policy, at, now })
    return true
  })
}
