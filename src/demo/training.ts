import { foldName } from '../account/names.ts'
import { changePolicy } from '../policy/policy.ts'
import { newId } from '../store/ids.ts'
import type { Tx } from '../store/store.ts'

const day = 24 * 3_600_000

/** People who finished the course in a Moodle that the demo does not have: name, address, days ago. */
const trained = [
  [501, 'Halima', 'Abdi', 'halima.abdi@example.org', 1],
  [502, 'Jonah', 'Littlewolf', 'jonah.littlewolf@example.org', 2],
  [503, 'Pa Houa', 'Vang', 'pahoua.vang@example.org', 4],
  [504, 'Signe', 'Ekholm', 'signe.ekholm@example.org', 9],
] as const

const courses = [
  [7, 'HMIS basics'],
  [9, 'Privacy and security'],
] as const

/** Training that is repeated every year, and people who finished it and wait for an account. */
export async function putTraining(tx: Tx, now: number): Promise<void> {
  const { version } = await tx.db.selectFrom('policy').select('version').executeTakeFirstOrThrow()
  const changed = await changePolicy(tx, 'trainingMonths', 12, version)
  if (!changed.ok) throw new Error('The demo could not set its policy.')
  await tx.db
    .insertInto('course')
    .values(
      courses.map(([moodle_id, name]) => ({
        ...{ id: newId(now), moodle_id, name, workgroups: '[]' },
        ...{ created_at: now, retired_at: null, version: 1 },
      })),
    )
    .execute()
  await tx.db
    .insertInto('training_candidate')
    .values(
      trained.map(([id, first_name, last_name, email, daysAgo]) => ({
        moodle_user_id: id,
        first_name,
        last_name,
        email,
        email_key: foldName(email),
        state: 'finished' as const,
        finished_at: now - daysAgo * day,
        seen_at: now,
        due_at: now,
      })),
    )
    .execute()
}
