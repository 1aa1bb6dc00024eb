import type { Registrar } from '../applications/registry.ts'
import { entranceOf } from '../applications/rules.ts'
import { listApplications } from '../applications/store.ts'
import type { Audit } from '../audit/audit.ts'
import { askerOf } from '../session/asker.ts'
import type { VisitorReader } from '../session/current.ts'
import type { EndListener } from '../session/ending.ts'
import { newId } from '../store/ids.ts'
import { preparedIn, type SlotOf } from '../store/prepared.ts'
import type { EndReason } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'

/** Milliseconds between two notes that one application, or one secret, was used: everyone in it would wait for that one row. */
export const useEvery = 60_000

/** Notes that a session entered an application, or came back: with a refresh, or anew after the visit was ended. */
export async function noteVisit(
  tx: Tx,
  given: { readonly sessionId: string; readonly applicationId: string; readonly accountId: string },
  now: number,
): Promise<void> {
  const { sessionId: session, applicationId: application, accountId: account } = given
  await Promise.all([
    upsertVisit(tx, { session, application, account, now }),
    noteUse(tx, { application, now, since: now - useEvery }),
  ])
}

const upsertVisit = preparedIn((db, slot: SlotOf<'session' | 'application' | 'account' | 'now'>) =>
  db
    .insertInto('application_visit')
    .values({
      session_id: slot<string>('session'),
      application_id: slot<string>('application'),
      account_id: slot<string>('account'),
      began_at: slot<number>('now'),
      used_at: slot<number>('now'),
      ended_at: null,
    })
    .onConflict(conflict =>
      conflict
        .columns(['session_id', 'application_id'])
        .doUpdateSet({ used_at: slot<number>('now'), ended_at: null }),
    ),
)

const noteUse = preparedIn((db, slot: SlotOf<'application' | 'now' | 'since'>) =>
  db
    .updateTable('application')
    .set({ last_used_at: slot<number>('now') })
    .where('id', '=', slot<string>('application'))
    .where(eb => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', slot<number>('since'))])),
)

/** Why a visit ended: its session did, or the person may no longer use the application. */
type VisitEnd = EndReason | 'access-lost'

/**
 * Ends what sessions have open in applications, or in these: what came from them is removed, and applications that want to hear of it
 * have a notice waiting. Done in the transaction that ends the sessions.
 * @returns how many visits ended.
 */
async function endVisits(
  audit: Audit,
  tx: Tx,
  sessionIds: readonly string[],
  reason: VisitEnd,
  now: number,
  applicationIds?: readonly string[],
): Promise<number> {
  if (sessionIds.length === 0) return 0
  const ended = await tx.db
    .updateTable('application_visit')
    .set({ ended_at: now })
    .where('session_id', 'in', sessionIds)
    .where('ended_at', 'is', null)
    .$if(applicationIds !== undefined, query => query.where('application_id', 'in', applicationIds ?? []))
    .returning(['session_id', 'application_id', 'account_id'])
    .execute()
  if (ended.length === 0) return 0
  await tx.db
    .deleteFrom('openid_token')
    .where('session_id', 'in', sessionIds)
    .$if(applicationIds !== undefined, query => query.where('application_id', 'in', applicationIds ?? []))
    .execute()
  const listening = await tx.db
    .selectFrom('application')
    .select('id')
    .where('backchannel_uri', 'is not', null)
    .where('id', 'in', [...new Set(ended.map(({ application_id }) => application_id))])
    .execute()
  for (const visit of ended) {
    if (listening.some(({ id }) => id === visit.application_id)) await queueNotice(tx, visit, now)
    await audit.record(tx, {
      event: 'authn_token_revoked',
      actor: 'system',
      subject: visit.account_id,
      args: { application: visit.application_id, reason },
    })
  }
  return ended.length
}

async function queueNotice(
  tx: Tx,
  visit: { readonly session_id: string; readonly application_id: string; readonly account_id: string },
  now: number,
): Promise<void> {
  const untold = { tries: 0, next_try_at: now, last_error: null, created_at: now, sent_at: null }
  await tx.db
    .insertInto('logout_notice')
    .values({ id: newId(now), ...visit, ...untold })
    .onConflict(conflict => conflict.columns(['application_id', 'session_id']).doUpdateSet(untold))
    .execute()
}

/**
 * Ends what everybody has open in one application.
 * @returns how many visits ended.
 */
export async function endApplication(
  audit: Audit,
  tx: Tx,
  { actor, address, requestId, reason, now }: Registrar,
  applicationId: string,
): Promise<number> {
  const ended = await tx.db
    .updateTable('application_visit')
    .set({ ended_at: now })
    .where('application_id', '=', applicationId)
    .where('ended_at', 'is', null)
    .returning(['session_id', 'application_id', 'account_id'])
    .execute()
  await tx.db.deleteFrom('openid_token').where('application_id', '=', applicationId).execute()
  if (await isListening(tx, applicationId)) for (const visit of ended) await queueNotice(tx, visit, now)
  await audit.record(tx, {
    event: 'authn_token_revoked',
    actor,
    subject: applicationId,
    ...(address !== undefined && { address }),
    ...(requestId !== undefined && { requestId }),
    args: { application: applicationId, ended: ended.length, ...(reason !== '' && { reason }) },
  })
  return ended.length
}

async function isListening({ db }: Tx, applicationId: string): Promise<boolean> {
  const found = await db
    .selectFrom('application')
    .select('id')
    .where('id', '=', applicationId)
    .where('backchannel_uri', 'is not', null)
    .executeTakeFirst()
  return found !== undefined
}

/** Told of every end of a session, in the same transaction. */
export const endsVisits =
  (audit: Audit): EndListener =>
  async (tx, { ids, reason, now }) =>
    void (await endVisits(audit, tx, ids, reason, now))

/** Visits looked at in one go. */
const portion = 500

/**
 * Ends the visits that nobody ended: their session timed out, their account was shut, or the person lost what lets them in,
 * and no request came since.
 * @returns how many visits ended.
 */
export async function sweepVisits(
  {
    store,
    audit,
    visitors,
  }: { readonly store: Store; readonly audit: Audit; readonly visitors: VisitorReader },
  now: number,
  stopping: AbortSignal = new AbortController().signal,
): Promise<number> {
  const applications = await listApplications(store)
  let [ended, after] = [0, '']
  for (;;) {
    const open = await openVisits(store, after)
    for (const [id, visited] of open) {
      if (stopping.aborted) return ended
      const visitor = await visitors.bySession(id, now)
      if (visitor.kind === 'session') {
        const shut = applications.filter(
          application =>
            visited.includes(application.id) && entranceOf(application, askerOf(visitor)) !== 'open',
        )
        const shutIds = shut.map(application => application.id)
        if (shut.length > 0)
          ended += await store.write(tx => endVisits(audit, tx, [id], 'access-lost', now, shutIds))
        continue
      }
      const reason = visitor.kind === 'stranger' ? visitor.ended?.reason : undefined
      ended += await store.write(tx => endVisits(audit, tx, [id], reason ?? 'idle', now))
    }
    const last = [...open.keys()].at(-1)
    if (last === undefined || open.size < portion) return ended
    after = last
  }
}

/** What sessions have open, by session, in the order of their ids. */
async function openVisits({ read }: Store, after: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await read
    .selectFrom('application_visit')
    .select(['session_id', 'application_id'])
    .where('ended_at', 'is', null)
    .where('session_id', 'in', eb =>
      eb
        .selectFrom('application_visit')
        .select('session_id')
        .distinct()
        .where('ended_at', 'is', null)
        .where('session_id', '>', after)
        .orderBy('session_id')
        .limit(portion),
    )
    .orderBy('session_id')
    .execute()
  const bySession = Map.groupBy(rows, ({ session_id }) => session_id)
  return new Map(
    [...bySession].map(([id, visits]) => [id, visits.map(({ application_id }) => application_id)] as const),
  )
}
