import type { Registrar } from '../applications/registry.ts'
import type { Audit } from '../audit/audit.ts'
import type { VisitorReader } from '../session/current.ts'
import type { EndListener } from '../session/ending.ts'
import { newId } from '../store/ids.ts'
import type { EndReason } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'

/** Notes that a session entered an application, or came back with a refresh. */
export async function noteVisit(
  tx: Tx,
  given: { readonly sessionId: string; readonly applicationId: string; readonly accountId: string },
  now: number,
): Promise<void> {
  const { sessionId: session_id, applicationId: application_id, accountId: account_id } = given
  await tx.db
    .insertInto('application_visit')
    .values({ session_id, application_id, account_id, began_at: now, used_at: now, ended_at: null })
    .onConflict(conflict => conflict.columns(['session_id', 'application_id']).doUpdateSet({ used_at: now }))
    .execute()
  await tx.db.updateTable('application').set({ last_used_at: now }).where('id', '=', application_id).execute()
}

/**
 * Ends what sessions have open in applications: what came from them is removed, and applications that want to hear of it
 * have a notice waiting. Done in the transaction that ends the sessions.
 * @returns how many visits ended.
 */
async function endVisits(
  audit: Audit,
  tx: Tx,
  sessionIds: readonly string[],
  reason: EndReason,
  now: number,
): Promise<number> {
  if (sessionIds.length === 0) return 0
  const ended = await tx.db
    .updateTable('application_visit')
    .set({ ended_at: now })
    .where('session_id', 'in', sessionIds)
    .where('ended_at', 'is', null)
    .returning(['session_id', 'application_id', 'account_id'])
    .execute()
  if (ended.length === 0) return 0
  await tx.db.deleteFrom('openid_token').where('session_id', 'in', sessionIds).execute()
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
  await tx.db
    .insertInto('logout_notice')
    .values({
      id: newId(now),
      ...visit,
      tries: 0,
      next_try_at: now,
      last_error: null,
      created_at: now,
      sent_at: null,
    })
    .onConflict(conflict => conflict.columns(['application_id', 'session_id']).doNothing())
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
 * Ends the visits of sessions that nobody ended: they timed out, or their account was shut, and no request came since.
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
  let [ended, after] = [0, '']
  for (;;) {
    const ids = await openSessions(store, after)
    for (const id of ids) {
      if (stopping.aborted) return ended
      const visitor = await visitors.bySession(id, now)
      if (visitor.kind === 'session') continue
      const reason = visitor.kind === 'stranger' ? visitor.ended?.reason : undefined
      ended += await store.write(tx => endVisits(audit, tx, [id], reason ?? 'idle', now))
    }
    const last = ids.at(-1)
    if (last === undefined || ids.length < portion) return ended
    after = last
  }
}

/** Sessions with something open, by id. */
async function openSessions({ read }: Store, after: string): Promise<readonly string[]> {
  const rows = await read
    .selectFrom('application_visit')
    .select('session_id')
    .distinct()
    .where('ended_at', 'is', null)
    .where('session_id', '>', after)
    .orderBy('session_id')
    .limit(portion)
    .execute()
  return rows.map(({ session_id }) => session_id)
}
