import type { AuditEvent } from '../audit/audit.ts'
import type { Notify } from '../mail/notices.ts'
import type { Policy } from '../policy/table.ts'
import { hashToken, newId, newToken } from '../store/ids.ts'
import type { Store, Tx } from '../store/store.ts'
import { tokenMark } from './current.ts'
import { type EndingParts, endSignIns } from './ending.ts'
import type { Place } from './facts.ts'
import { rotationGrace, seenEvery } from './limits.ts'
import { addSession, claimAccount, noteWork, takePending } from './opening.ts'
import { type ProofKind, type Proofs, proofsText, withProofs } from './proofs.ts'
import type { Services } from './services.ts'
import type { Visit } from './visit.ts'
import type { Holder, Pending, Session } from './visitor.ts'

/** A sign-in whose first step was right, before it is a row. */
interface ProvenSignIn {
  readonly accountId: string
  readonly epoch: number
  readonly proofs: Proofs
  readonly failuresBefore: number
  readonly returnTo: string
}

/** Starts a pending sign-in. @returns the cookie's value. */
export async function startPending(tx: Tx, proven: ProvenSignIn, visit: Visit): Promise<string> {
  const token = newToken()
  await tx.db
    .insertInto('pending_sign_in')
    .values({
      id: newId(visit.now),
      token_hash: hashToken(token),
      account_id: proven.accountId,
      epoch: proven.epoch,
      proofs: proofsText(proven.proofs),
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
interface NewSession extends Omit<ProvenSignIn, 'failuresBefore'> {
  /** May be on its way still: it is asked for together with the claim. */
  readonly failuresBefore: number | Promise<number>
  /** Row that becomes the session; undefined when no step was open. */
  readonly pending: Pick<Pending, 'id' | 'tokenHash'> | undefined
  readonly csrfSecret: string
  readonly organization: Place | undefined
  readonly workgroup: Place | undefined
  readonly previousSignInAt: number | null
  /** Tells whether the person has signed in to the full in this browser before. */
  readonly browserKnown: boolean
}

/** The parts of opening a session besides the store. */
interface OpeningParts extends EndingParts {
  readonly notify: Notify
}

/**
 * Turns a sign-in with no step left into a session and ends the person's others beyond the policy's number. The account's
 * row is changed first: sign-ins of one person wait for each other there, and one that saw an older credential loses.
 * @returns the cookie's value, or undefined when the claim was lost.
 */
export async function openSession(
  parts: OpeningParts,
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
    isPendingTaken(tx, given.pending),
  ])
  if (claimed.numAffectedRows !== 1n || !isTaken) return undefined
  const token = newToken()
  const [ended] = await Promise.all([
    endSignIns(parts, tx, { accountId, beyond: policy.sessionsPerPerson - 1 }, 'elsewhere', visit.now),
    addSession(tx, {
      id: given.pending?.id ?? newId(visit.now),
      token_hash: hashToken(token),
      previous_token_hash: given.pending?.tokenHash ?? null,
      previous_until: visit.now + rotationGrace,
      account_id: accountId,
      epoch,
      proofs: proofsText(given.proofs),
      csrf_secret: given.csrfSecret,
      now: visit.now,
      organization_id,
      workgroup_id,
      address: visit.address,
      user_agent: visit.userAgent,
      failures_before: failuresBefore,
      previous_sign_in_at: given.previousSignInAt,
    }),
    noteWork(tx, accountId, organization_id, visit.now),
  ])
  await recordOpening(parts.audit, tx, { accountId, failuresBefore, ended }, visit)
  if (policy.signInNotice && !given.browserKnown) {
    await parts.notify(tx, 'new-sign-in', accountId, { ...visit, policy: async () => policy })
  }
  return tokenMark.session + token
}

async function isPendingTaken(tx: Tx, pending: NewSession['pending']): Promise<boolean> {
  if (pending === undefined) return true
  return (await takePending(tx, { token_hash: pending.tokenHash })).numAffectedRows === 1n
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

/** Notes that a session was used now, and forgets the cookie before its newest: that is older. `now` in milliseconds since 1970. */
export async function touch(store: Store, session: Session, now: number): Promise<Session> {
  if (now - session.lastSeenAt < seenEvery) return session
  await store.writeOne(db =>
    db
      .updateTable('session')
      .set({ last_seen_at: now, previous_token_hash: null, previous_until: null })
      .where('id', '=', session.id)
      .where('last_seen_at', '<', now)
      .execute(),
  )
  return { ...session, lastSeenAt: now }
}

/**
 * Gives one's own sign-in the account's new epoch after a change that ends all others, or the same epoch after a
 * re-authentication, with what was proven. A session also gets a new cookie; the old one may read
 * for `rotationGrace` after a re-authentication, and is dead after a change.
 * @returns the new cookie value of a session; undefined when the cookie stays: for a pending sign-in, and for a session
 * whose cookie another request has changed meanwhile.
 */
export async function keepOwn(
  tx: Tx,
  holder: Holder,
  epoch: number,
  now: number,
  changes: { readonly reauthenticatedAt?: number; readonly proven?: readonly ProofKind[] } = {},
): Promise<string | undefined> {
  if (holder.kind === 'pending') {
    await tx.db
      .updateTable('pending_sign_in')
      .set({ epoch })
      .where('token_hash', '=', holder.tokenHash)
      .execute()
    return undefined
  }
  const token = newToken()
  const isSameCredential = epoch === holder.person.epoch
  const kept = await tx.db
    .updateTable('session')
    .set({
      epoch,
      token_hash: hashToken(token),
      previous_token_hash: isSameCredential ? holder.tokenHash : null,
      previous_until: isSameCredential ? now + rotationGrace : null,
      last_seen_at: now,
      proofs: proofsText(withProofs(holder.proofs, changes.proven ?? [], now)),
      ...(changes.reauthenticatedAt === undefined ? {} : { reauthenticated_at: changes.reauthenticatedAt }),
    })
    .where('token_hash', '=', holder.tokenHash)
    .executeTakeFirst()
  return kept.numUpdatedRows === 1n ? tokenMark.session + token : undefined
}
