import { startRenewal } from '../../../src/agency/renewals.ts'
import { newId } from '../../../src/store/ids.ts'
import type { Store } from '../../../src/store/store.ts'
import type { Desk } from './desk.ts'

/** A course for everyone. @returns its id. */
export async function addCourse(store: Store, moodle_id: number, now: number): Promise<string> {
  const id = newId(now)
  const row = { id, moodle_id, name: `Course ${moodle_id}`, workgroups: '[]', created_at: now }
  await store.writeOne(db =>
    db
      .insertInto('course')
      .values({ ...row, retired_at: null, version: 1 })
      .execute(),
  )
  return id
}

/** A renewal of everyone that is open. @returns its id. */
export async function addRenewal(desk: Desk, course: string): Promise<string> {
  const now = desk.clock.now()
  const act = { agent: { actor: desk.callers.administrator.id, role: 'administrator' as const }, now }
  const started = await desk.store.write(tx =>
    startRenewal(desk.services, tx, act, {
      ...{
        name: 'Renewal',
        startsAt: now,
        endsAt: now + 30 * 24 * 3_600_000,
        courses: [course],
        terms: false,
      },
      audience: { joinedBefore: null, organizations: [], workgroups: [] },
      ...{ reminders: [7], keepsOut: false },
    }),
  )
  if (!started.ok) throw new Error('The renewal was not started.')
  return started.value
}
