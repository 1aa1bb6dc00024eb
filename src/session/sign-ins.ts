import type { AuditEvent } from '../audit/audit.ts'
import type { Notify } from '../mail/notices.ts'
import type { Policy } from '../policy/table.ts'
import { hashToken, newToken } from '../store/ids.ts'
import type { EndReason } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { tokenMark } from './current.ts'
import type { Place } from './facts.ts'
import { rotationGrace } from './limits.ts'
import { addSession, claimAccount, dropPending, endOldest } from './opening.ts'
import type { Services } from './services.ts'
import type { Visit } from './visit.ts'
import type { Holder, Pending, Session } from './visitor.ts'

/** A sign-in whose password was right, before it is a row. */
export interface ProvenPassword {
  readonly accountId: string
  readonly epoch: number
  readonly failuresBefore: number
  readonly returnTo: string
}

type Trace = Pick<AuditEvent, 'address' | 'requestId'>

/** Starts a pending sign-in. @returns the cookie's value. */
export async function startPending(tx: Tx, proven: ProvenPassword, visit: Visit): Promise<string> {
  const token = newToken()
  await tx.db
    .insertInto('pending_sign_in')
    .values({
      id_hash: hashToken(token),
      account_id: proven.accountId,
      epoch: proven.epoch,
      csrf_secret: newToken(),
      created_at: visit.now,
      address: visit.address,
      user_agent: visit.userAgent,
      failures_before: proven.failuresBefore,
      return_to: proven.returnTo,
    })
    .execute()
  return tokenMark.pending + token
}

/** What a session begins with. */
export interface NewSession extends Omit<ProvenPassword, 'failuresBefore'> {
  /** May be on its way still: it is asked for together with the claim. */
  readonly failuresBefore: number | Promise<number>
  /** Row that becomes the session; undefined when no step was open. */
  readonly pendingIdHash: string | undefined
  readonly csrfSecret: string
  readonly organization: Place | undefined
  readonly workgroup: Place | undefined
  readonly previousSignInAt: number | null
  /** Whether the person has signed in to the full in this browser before. */
  readonly browserKnown: boolean
}

/** What opening a session needs beside the store. */
export interface OpeningParts {
  readonly audit: Services['audit']
  readonly notify: Notify
}

/**
 * Turns a sign-in with no step left into a session and ends the person's others beyond the policy's number. The account's
 * row is changed first: sign-ins of one person wait for each other there, and one that saw an older credential loses.
 * @returns the cookie's value, or undefined when the claim was lost.
 */
export async function openSession(
  { audit, notify }: OpeningParts,
  tx: Tx,
  given: NewSession,
  policy: Policy,
  visit: Visit,
): Promise<string | undefined> {
  const organization_id = given.organization?.id ?? null
  const workgroup_id = given.workgroup?.id ?? null
  const { accountId, epoch } = given
  const [failuresBefore, claimed, isTaken] = await Promise.all([
    given.failuresBefore,
    claimAccount(tx, { id: accountId, epoch, now: visit.now, organization_id, workgroup_id }),
    takePending(tx, given.pendingIdHash),
  ])
  if (claimed.numAffectedRows !== 1n || !isTaken) return undefined
  const token = newToken()
  const [ended] = await Promise.all([
    endOldest(tx, { account: accountId, keep: policy.sessionsPerPerson - 1, now: visit.now }),
    addSession(tx, {
      id_hash: hashToken(token),
      previous_id_hash: given.pendingIdHash ?? null,
      previous_until: visit.now + rotationGrace,
      account_id: accountId,
      epoch,
      csrf_secret: given.csrfSecret,
      now: visit.now,
      organization_id,
      workgroup_id,
      address: visit.address,
      user_agent: visit.userAgent,
      failures_before: failuresBefore,
      previous_sign_in_at: given.previousSignInAt,
    }),
  ])
  await recordOpening(audit, tx, { accountId, failuresBefore, ended: Number(ended.numAffectedRows) }, visit)
  if (policy.signInNotice && !given.browserKnown) {
    await notify(tx, 'new-sign-in', accountId, { ...visit, policy: async () => policy })
  }
  return tokenMark.session + token
}

async function takePending(tx: Tx, idHash: string | undefined): Promise<boolean> {
  if (idHash === undefined) return true
  return (await dropPending(tx, { idHash })).numAffectedRows === 1n
}

function recordOpening(
  audit: Services['audit'],
  tx: Tx,
  opened: { readonly accountId: string; readonly failuresBefore: number; readonly ended: number },
  visit: Visit,
): Promise<void> {
  const { accountId, failuresBefore, ended } = opened
  const trace = {
    actor: accountId,
    subject: accountId,
    address: visit.address,
    requestId: visit.requestId,
  }
  const success: AuditEvent =
    failuresBefore > 0
      ? {
          ...trace,
          event: 'authn_login_successafterfail',
          args: { failures: failuresBefore, browser: visit.userAgent },
        }
      : { ...trace, event: 'authn_login_success', args: { browser: visit.userAgent } }
  const more: AuditEvent[] = [{ ...trace, event: 'session_created' }]
  if (ended > 0) more.push({ ...trace, event: 'excess_sessions_exceeded', args: { ended } })
  return audit.record(tx, success, ...more)
}

/** Ends one session, once, and says why. */
export async function endSession(
  { audit }: Pick<Services, 'audit'>,
  tx: Tx,
  session: { readonly idHash: string; readonly accountId: string },
  reason: EndReason,
  now: number,
  trace: Trace,
): Promise<void> {
  const ended = await tx.db
    .updateTable('session')
    .set({ ended_at: now, end_reason: reason })
    .where('id_hash', '=', session.idHash)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (ended.numUpdatedRows !== 1n) return
  const event = reason === 'signed-out' ? 'session_logout' : 'session_expired'
  await audit.record(tx, {
    event,
    actor: session.accountId,
    subject: session.accountId,
    ...trace,
    args: { reason },
  })
}

/** Ends every session of a person, and says why; together with `raiseEpoch` nothing of theirs is left alive. */
export async function endAllSessions(
  { audit }: Pick<Services, 'audit'>,
  tx: Tx,
  accountId: string,
  reason: EndReason,
  now: number,
  trace: Trace & Pick<AuditEvent, 'actor'>,
): Promise<void> {
  const ended = await tx.db
    .updateTable('session')
    .set({ ended_at: now, end_reason: reason })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  await audit.record(tx, {
    event: 'session_expired',
    subject: accountId,
    ...trace,
    args: { reason, ended: Number(ended.numUpdatedRows) },
  })
}

/** Ends the sign-in that this request came with, by the person's own wish. */
export async function leave(
  services: Pick<Services, 'audit'>,
  tx: Tx,
  { visitor, now, address, requestId }: Visit<Holder>,
): Promise<void> {
  if (visitor.kind === 'pending') {
    await tx.db.deleteFrom('pending_sign_in').where('id_hash', '=', visitor.idHash).execute()
    return
  }
  const session = { idHash: visitor.idHash, accountId: visitor.person.id }
  await endSession(services, tx, session, 'signed-out', now, { address, requestId })
}

/**
 * Gives one's own sign-in the account's new epoch after a change that ends all others, or the same epoch after a
 * re-authentication. A session also gets a new id; the old one is honoured for `rotationGrace`.
 * @returns the new cookie value of a session; undefined when the cookie stays: for a pending sign-in, and for a session
 * whose id another request has changed meanwhile.
 */
export async function keepOwn(
  tx: Tx,
  holder: Pending | Session,
  epoch: number,
  now: number,
  changes: { readonly reauthenticatedAt?: number } = {},
): Promise<string | undefined> {
  if (holder.kind === 'pending') {
    await tx.db.updateTable('pending_sign_in').set({ epoch }).where('id_hash', '=', holder.idHash).execute()
    return undefined
  }
  const token = newToken()
  const kept = await tx.db
    .updateTable('session')
    .set({
      epoch,
      id_hash: hashToken(token),
      previous_id_hash: holder.idHash,
      previous_until: now + rotationGrace,
      ...(changes.reauthenticatedAt === undefined ? {} : { reauthenticated_at: changes.reauthenticatedAt }),
    })
    .where('id_hash', '=', holder.idHash)
    .executeTakeFirst()
  return kept.numUpdatedRows === 1n ? tokenMark.session + token : undefined
}
