import { sql } from 'kysely'
import { barOf, stateOf } from '../account/rules.ts'
import { moveStanding, standingOf } from '../account/standing.ts'
import { leaveAsPlanned, readDuePlans } from '../administration/planned-leaves.ts'
import type { StandingChanged } from '../audit/evidence.ts'
import { readPolicy } from '../policy/policy.ts'
import type { Policy } from '../policy/table.ts'
import { cutOff } from '../session/ending.ts'
import type { Services } from '../session/services.ts'
import type { Tx } from '../store/store.ts'
import { moveBelief } from './believed.ts'
import { queueLetter } from './letters.ts'

/** People in one look at the store. */
const batch = 200

/**
 * Changes that are due at a minute: leaving, the end of a suspension, and moves between organizations. That somebody may no longer, or again, sign in follows
 * from the stored times by themselves; here sessions end, the log is written and the count of administrators follows.
 */
export async function runLifecycle(services: Services, clock: number): Promise<string> {
  const now = await moveBelief(services, clock)
  const policy = await readPolicy(services.store)
  const left = await eachOf(
    () => dueToLeave(services, now),
    ({ id }) => services.store.write(tx => leaveNow(services, tx, id, now)),
  )
  const ended = await eachOf(
    () => dueToReturn(services, now),
    ({ id }) => services.store.write(tx => endSuspension(services, tx, id, policy, now)),
  )
  const moved = await eachOf(
    () => readDuePlans(services.store, now, batch),
    plan => services.store.write(tx => leaveAsPlanned(services, tx, plan, now)),
  )
  return JSON.stringify({ left, ended, moved })
}

/**
 * Does something to everyone that `due` names, in batches. Anyone who was done is due no longer, by whichever process; a
 * batch in which nobody was done is the last.
 */
async function eachOf<Due>(
  due: () => Promise<readonly Due[]>,
  one: (due: Due) => Promise<boolean>,
): Promise<number> {
  let all = 0
  for (;;) {
    const list = await due()
    let done = 0
    for (const each of list) if (await one(each)) done += 1
    all += done
    if (list.length < batch || done === 0) return all
  }
}

const dueToLeave = ({ store }: Services, now: number) =>
  store.read
    .selectFrom('account')
    .select('id')
    .where('left_at', 'is', null)
    .where('leaving_at', '<=', now)
    .orderBy('leaving_at')
    .limit(batch)
    .execute()

/** The plan to leave comes true: what is open dies with the epoch. Of several processes one gets the row. */
async function leaveNow(services: Services, tx: Tx, id: string, now: number): Promise<boolean> {
  const claimed = await tx.db
    .updateTable('account')
    .set({ left_at: now, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .where('left_at', 'is', null)
    .where('leaving_at', '<=', now)
    .returning('leaving_at')
    .executeTakeFirst()
  if (claimed === undefined) return false
  const ended = await cutOff(services, tx, id, 'ended-by-helpdesk', now)
  await services.audit.record(tx, {
    event: 'user_updated',
    actor: 'system',
    subject: id,
    args: { change: 'left', planned: claimed.leaving_at, ended },
  })
  return true
}

const dueToReturn = ({ store }: Services, now: number) =>
  store.read
    .selectFrom('account')
    .select('id')
    .where('suspended_until', '<=', now)
    .orderBy('suspended_until')
    .limit(batch)
    .execute()

/** A suspension is over; the time until dormancy begins anew. Who is barred for another reason gets no mail. */
async function endSuspension(
  services: Services,
  tx: Tx,
  id: string,
  policy: Policy,
  now: number,
): Promise<boolean> {
  const row = await tx.db
    .updateTable('account')
    .set(eb => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('suspended_until', '<=', now)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined || row.suspended_until === null) return false
  const before = standingOf(row)
  await moveStanding(tx, before, { role: row.role, state: { ...before.state, suspendedUntil: null } })
  await tx.db
    .updateTable('account')
    .set({ suspended_until: null, suspended_reason: null, active_since: now, dormancy_noticed_at: null })
    .where('id', '=', id)
    .execute()
  await services.audit.record(tx, {
    event: 'user_updated',
    actor: 'system',
    subject: id,
    args: { change: 'suspension-ended', until: row.suspended_until } satisfies StandingChanged,
  })
  if (barOf({ ...stateOf(row), suspendedUntil: null }, now) === undefined)
    await queueLetter(services, tx, 'suspension-ended', row, { policy, at: row.suspended_until, now })
  return true
}
