import type { Audit } from '../audit/audit.ts'
import type { Recorder } from './asking.ts'
import { noteVisit } from './visits.ts'

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
      await tx.db
        .updateTable('application_secret')
        .set({ last_used_at: now })
        .where('id', '=', work.secretId)
        .execute()
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
