import { raiseEpoch } from '../account/store.ts'
import type { Audit, AuditEvent } from '../audit/audit.ts'
import { preparedIn, type SlotOf } from '../store/prepared.ts'
import type { EndReason } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import type { Visit } from './visit.ts'
import type { Holder } from './visitor.ts'

/** Sessions that were alive until now. */
export interface EndedSessions {
  readonly accountId: string
  readonly ids: readonly string[]
  readonly reason: EndReason
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Told of an end in the transaction that ends: what it writes is there exactly when the end is. */
export type EndListener = (tx: Tx, ended: EndedSessions) => Promise<void>

export interface EndingParts {
  readonly audit: Audit
  readonly onEnd: readonly EndListener[]
}

/** Sign-ins of one person: all, one, all but one, or the sessions beyond the newest so many. */
export interface Which {
  readonly accountId: string
  readonly one?: string
  readonly except?: string
  readonly beyond?: number
}

const endSessions = preparedIn(
  (db, slot: SlotOf<'account' | 'one' | 'except' | 'keep' | 'now' | 'reason'>) => {
    const newest = db
      .selectFrom('session')
      .select('id')
      .where('account_id', '=', slot<string>('account'))
      .where('ended_at', 'is', null)
      .orderBy('created_at', 'desc')
      .limit(slot<number>('keep'))
    return db
      .updateTable('session')
      .set({ ended_at: slot<number>('now'), end_reason: slot<EndReason>('reason') })
      .where('account_id', '=', slot<string>('account'))
      .where('ended_at', 'is', null)
      .where(eb => eb.or([eb(slot<string>('one'), '=', ''), eb('id', '=', slot<string>('one'))]))
      .where('id', '<>', slot<string>('except'))
      .where('id', 'not in', newest)
      .returning('id')
  },
)

async function dropPending({ db }: Tx, { accountId, one, except }: Which): Promise<void> {
  await db
    .deleteFrom('pending_sign_in')
    .where('account_id', '=', accountId)
    .$if(one !== undefined, query => query.where('id', '=', one ?? ''))
    .$if(except !== undefined, query => query.where('id', '<>', except ?? ''))
    .execute()
}

/**
 * Ends sign-ins, pending ones too, once and for a reason; nothing else in Lintel ends a session that has not timed out.
 * @returns how many sessions were alive.
 */
export async function endSignIns(
  { onEnd }: Pick<EndingParts, 'onEnd'>,
  tx: Tx,
  which: Which,
  reason: EndReason,
  now: number,
): Promise<number> {
  const { accountId, one = '', except = '', beyond } = which
  const { rows } = await endSessions(tx, { account: accountId, one, except, keep: beyond ?? 0, now, reason })
  if (beyond === undefined) await dropPending(tx, which)
  const ended = { accountId, ids: rows.map(({ id }) => id), reason, now }
  if (rows.length > 0) for (const tell of onEnd) await tell(tx, ended)
  return rows.length
}

/** Ends one session and records why, once. A time-out or a lost credential is first seen by the request after it. */
export async function endSession(
  parts: EndingParts,
  tx: Tx,
  session: { readonly id: string; readonly accountId: string },
  reason: EndReason,
  now: number,
  trace: Pick<AuditEvent, 'address' | 'requestId'>,
): Promise<void> {
  const { id, accountId } = session
  const ended = await endSignIns(parts, tx, { accountId, one: id }, reason, now)
  if (ended === 0) return
  const event = reason === 'signed-out' ? 'session_logout' : 'session_expired'
  await parts.audit.record(tx, {
    event,
    actor: accountId,
    subject: accountId,
    ...trace,
    args: { reason },
  })
}

/** Ends the sign-in that this request came with, by the person's own wish. */
export async function endOwnSignIn(
  parts: EndingParts,
  tx: Tx,
  { visitor, now, address, requestId }: Visit<Holder>,
): Promise<void> {
  const signIn = { id: visitor.id, accountId: visitor.person.id }
  await endSession(parts, tx, signIn, 'signed-out', now, { address, requestId })
}

/**
 * Ends every sign-in of a person and raises the epoch, so that links, kept forms and sign-ins in flight die too.
 * @returns how many sessions were alive.
 */
export async function cutOff(
  parts: Pick<EndingParts, 'onEnd'>,
  tx: Tx,
  accountId: string,
  reason: EndReason,
  now: number,
): Promise<number> {
  await raiseEpoch(tx, accountId)
  return endSignIns(parts, tx, { accountId }, reason, now)
}

/**
 * Ends every sign-in of a person but the one that changes what guards the account, and records it. The epoch is the claim.
 * @returns the epoch to go on with (`keepOwn`); undefined: another request was first.
 */
export async function endOtherSignIns(
  parts: EndingParts,
  tx: Tx,
  visit: Visit<Holder>,
): Promise<number | undefined> {
  const { id, person } = visit.visitor
  const epoch = await raiseEpoch(tx, person.id, person.epoch)
  if (epoch === undefined) return undefined
  const others = { accountId: person.id, except: id }
  const ended = await endSignIns(parts, tx, others, 'credential', visit.now)
  if (ended > 0)
    await parts.audit.record(tx, {
      event: 'session_expired',
      ...visit.trace(),
      subject: person.id,
      args: { reason: 'credential', ended },
    })
  return epoch
}
