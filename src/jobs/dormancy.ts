import { openIncident } from '../account/incidents.ts'
import { moveStanding, standingOf } from '../account/standing.ts'
import type { StandingChanged } from '../audit/evidence.ts'
import { readPolicy } from '../policy/policy.ts'
import type { Policy } from '../policy/table.ts'
import type { Services } from '../session/services.ts'
import type { Tx } from '../store/store.ts'
import { countRun, readBelief } from './believed.ts'
import { queueLetter } from './letters.ts'
import { type DormancyTimes, dormancyTimes, dormantFrom } from './rules.ts'

/** People in one look at the store. */
const batch = 200

interface Run {
  readonly services: Services
  readonly policy: Policy
  readonly times: DormancyTimes
  /** The believed time, and the number of this daily run. */
  readonly now: number
  readonly run: number
}

/** Where the last look at the store ended. */
interface Mark {
  readonly active_since: number
  readonly id: string
}

/**
 * Each day: tells who has not used their account for long, and makes dormant who was told and did not come. Nobody
 * becomes dormant untold, and never the last active administrator.
 */
export async function runDormancy(services: Services, clock: number, stopping: AbortSignal): Promise<string> {
  const policy = await readPolicy(services.store)
  const run = await countRun(services)
  const now = await readBelief(services, clock)
  const given = { services, policy, now, run, times: dormancyTimes(policy, now, run) }
  const dormant = await eachQuiet(given, given.times.quietSince, stopping, (tx, id) => sleep(given, tx, id))
  const told = await eachQuiet(given, given.times.noticeQuietSince, stopping, (tx, id) => tell(given, tx, id))
  return JSON.stringify({ told, dormant })
}

/** Does something to everyone who has been quiet since a time, one transaction each; the quietest first. */
async function eachQuiet(
  { services: { store } }: Run,
  since: number,
  stopping: AbortSignal,
  one: (tx: Tx, id: string) => Promise<boolean>,
): Promise<number> {
  let done = 0
  let after: Mark | undefined
  for (;;) {
    let query = store.read
      .selectFrom('account')
      .select(['id', 'active_since'])
      .where('dormant_since', 'is', null)
      .where('deactivated_at', 'is', null)
      .where('active_since', '<=', since)
    if (after !== undefined) {
      const { active_since, id } = after
      query = query.where(eb =>
        eb.or([
          eb('active_since', '>', active_since),
          eb.and([eb('active_since', '=', active_since), eb('id', '>', id)]),
        ]),
      )
    }
    const list = await query.orderBy('active_since').orderBy('id').limit(batch).execute()
    for (const { id } of list) {
      if (stopping.aborted) return done
      if (await store.write(tx => one(tx, id))) done += 1
    }
    after = list.at(-1)
    if (list.length < batch) return done
  }
}

/** Neither barred already nor about to be: who is suspended or gone could not come if they wanted to. */
const quiet = (tx: Tx, id: string, since: number, now: number) =>
  tx.db
    .updateTable('account')
    .where('id', '=', id)
    .where('dormant_since', 'is', null)
    .where('deactivated_at', 'is', null)
    .where('suspended_until', 'is', null)
    .where(eb => eb.or([eb('leaving_at', 'is', null), eb('leaving_at', '>', now)]))
    .where('active_since', '<=', since)

/** Tells one person, once. A notice from the future was written by a clock that has gone back: it does not count. */
async function tell({ services, policy, times, now, run }: Run, tx: Tx, id: string): Promise<boolean> {
  const row = await quiet(tx, id, times.noticeQuietSince, now)
    .set({ dormancy_noticed_at: now, dormancy_noticed_run: run })
    .where(eb => eb.or([eb('dormancy_noticed_at', 'is', null), eb('dormancy_noticed_at', '>', now)]))
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return false
  const at = dormantFrom(policy, row.active_since, now)
  await queueLetter(services, tx, 'dormancy-notice', row, { policy, at, now })
  await services.audit.record(tx, {
    event: 'user_updated',
    actor: 'system',
    subject: id,
    args: { change: 'dormancy-noticed', from: at },
  })
  return true
}

/** Makes one person dormant who was told long enough ago, and whose notice no longer waits to be sent. */
async function sleep({ services, times, now }: Run, tx: Tx, id: string): Promise<boolean> {
  const row = await quiet(tx, id, times.quietSince, now)
    .set(eb => ({ version: eb.ref('version') }))
    .where('dormancy_noticed_at', '<=', times.toldBy)
    .where('dormancy_noticed_run', '<=', times.toldByRun)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('mail')
            .select('mail.id')
            .whereRef('mail.account_id', '=', 'account.id')
            .where('mail.kind', '=', 'dormancy-notice')
            .where('mail.state', '=', 'waiting'),
        ),
      ),
    )
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return false
  const before = standingOf(row)
  const after = { role: row.role, state: { ...before.state, dormantSince: now } }
  if (!(await moveStanding(tx, before, after))) {
    await openIncident(tx, id, 'last-administrator', now)
    return false
  }
  await tx.db
    .updateTable('account')
    .set({ dormant_since: now, version: row.version + 1 })
    .where('id', '=', id)
    .execute()
  await services.audit.record(tx, {
    event: 'user_updated',
    actor: 'system',
    subject: id,
    args: { change: 'dormant', unusedSince: row.active_since } satisfies StandingChanged,
  })
  return true
}
