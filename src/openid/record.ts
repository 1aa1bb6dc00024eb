import type { Audit } from '../audit/audit.ts'
import type { Services } from '../session/services.ts'
import { preparedIn, type SlotOf } from '../store/prepared.ts'
import type { Tx } from '../store/store.ts'
import { refusalShare } from '../throttle/rules.ts'
import { claimShare, counterName } from '../throttle/store.ts'
import type { Recorder, Trace } from './asking.ts'
import { paths } from './paths.ts'
import { noteVisit, useEvery } from './visits.ts'
import type { Work } from './work.ts'

/** Records an entry to an application, and that a session is still in one. */
export const recorderOf =
  (audit: Audit): Recorder =>
  async (tx, work, trace) => {
    const { session, application, changes, now } = work
    const from = work.token?.session ?? session
    if (from === undefined || application === undefined) return
    const made = changes.flatMap(change => (change.kind === 'put' ? [change.of] : []))
    if (made.length === 0) return
    await noteVisit(tx, { sessionId: from.id, applicationId: application.id, accountId: from.person.id }, now)
    if (work.secretId !== undefined)
      await noteSecret(tx, { secret: work.secretId, now, since: now - useEvery })
    if (application.refreshIsActivity && made.includes('RefreshToken')) await noteActivity(tx, from.id, now)
    if (made.includes('AuthorizationCode'))
      await audit.record(tx, {
        event: 'authn_token_created',
        actor: from.person.id,
        subject: from.person.id,
        ...trace,
        args: {
          application: application.id,
          name: application.name,
          organization: from.organization?.id ?? null,
          workgroup: from.workgroup?.id ?? null,
        },
      })
  }

const noteSecret = preparedIn((db, slot: SlotOf<'secret' | 'now' | 'since'>) =>
  db
    .updateTable('application_secret')
    .set({ last_used_at: slot<number>('now') })
    .where('id', '=', slot<string>('secret'))
    .where(eb => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', slot<number>('since'))])),
)

/** Work inside an application keeps the session from its idle end; its longest time stays. */
async function noteActivity(tx: Tx, sessionId: string, now: number): Promise<void> {
  await tx.db
    .updateTable('session')
    .set({ last_seen_at: now })
    .where('id', '=', sessionId)
    .where('last_seen_at', '<', now)
    .where('ended_at', 'is', null)
    .execute()
}

/** Records that somebody tried an application's secret; each application has a share of such records. */
export const refusedSecret =
  ({ keyring, store, audit }: Pick<Services, 'keyring' | 'store' | 'audit'>) =>
  async ({ application, now }: Work, trace: Trace): Promise<void> => {
    const id = application?.id ?? ''
    const name = counterName(keyring, 'application', id)
    await store.write(async tx => {
      const claim = await claimShare(tx.db, name, refusalShare, now)
      const args = { path: paths.token, application: id, why: 'secret' }
      if (claim.ok) await audit.record(tx, { event: 'authz_fail', actor: 'anonymous', ...trace, args })
      else if (claim.first)
        await audit.record(tx, {
          event: 'excess_rate_limit_exceeded',
          actor: 'anonymous',
          ...trace,
          args: { ...args, until: claim.until },
        })
    })
  }
