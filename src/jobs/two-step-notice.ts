import { sql } from 'kysely'
import { readPolicy } from '../policy/policy.ts'
import type { Policy } from '../policy/table.ts'
import { hasSecondStep } from '../session/facts.ts'
import type { Services } from '../session/services.ts'
import { twoStepDueColumn } from '../session/two-step-duty.ts'
import { queueLetter } from './letters.ts'

/** Milliseconds before a duty begins in which it is told; the console's queue begins as early. */
const notice = 30 * 24 * 3_600_000
/** Letters of one run. */
const most = 200

/**
 * Tells by mail, once for each beginning, that a second step will be asked for. Who never signed in has an invitation to read
 * first, and is told after it. @returns how many were told.
 */
export async function noticeTwoStep(services: Services, now: number, stopping: AbortSignal): Promise<string> {
  const policy = await readPolicy(services.store)
  const due = await dueSoon(services, policy, now)
  let told = 0
  for (const { id, dueAt } of due) {
    if (stopping.aborted) break
    if (dueAt !== null && (await tell(services, policy, id, dueAt, now))) told += 1
  }
  return JSON.stringify({ told })
}

function dueSoon({ store }: Services, policy: Policy, now: number) {
  const due = twoStepDueColumn(policy)
  return store.read
    .selectFrom('account')
    .select(['id', due.as('dueAt')])
    .where('last_sign_in_at', 'is not', null)
    .where('deactivated_at', 'is', null)
    .where(eb => eb.or([eb('leaving_at', 'is', null), eb('leaving_at', '>', now)]))
    .where(eb => eb.not(hasSecondStep))
    .where(eb => eb.and([eb(due, '>', now), eb(due, '<=', now + notice)]))
    .where(sql<boolean>`(two_step_noticed_for is null or two_step_noticed_for <> ${due})`)
    .orderBy('id')
    .limit(most)
    .execute()
}

/** With several processes, only one claims the letter. */
function tell(services: Services, policy: Policy, id: string, at: number, now: number): Promise<boolean> {
  return services.store.write(async tx => {
    const claimed = await tx.db
      .updateTable('account')
      .set({ two_step_noticed_for: at })
      .where('id', '=', id)
      .where(eb => eb.or([eb('two_step_noticed_for', 'is', null), eb('two_step_noticed_for', '<>', at)]))
      .returning(['id', 'email', 'first_name', 'username', 'language'])
      .executeTakeFirst()
    if (claimed === undefined) return false
    await queueLetter(services, tx, 'two-step-due', claimed, { policy, at, now })
    return true
  })
}
