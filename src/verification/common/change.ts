import { holdAccount } from '../../account/store.ts'
import type { AuditEvent, PlainEvent } from '../../audit/audit.ts'
import type { Facts } from '../../audit/evidence.ts'
import type { Notify } from '../../mail/notices.ts'
import { done, type Outcome, type RefusalCode } from '../../refusals.ts'
import { endOtherSignIns } from '../../session/ending.ts'
import type { ProofKind } from '../../session/proofs.ts'
import type { Services } from '../../session/services.ts'
import { keepOwn } from '../../session/sign-ins.ts'
import type { Visit } from '../../session/visit.ts'
import type { Holder, Session } from '../../session/visitor.ts'
import type { Tx } from '../../store/store.ts'
import { proveStep } from './pending.ts'
import type { VerificationCode } from './way.ts'

export interface ChangeParts {
  readonly services: Services
  readonly notify: Notify
}

/** A change that was made: the browser's new cookie value, and codes to show once. */
export interface Changed {
  readonly cookie: string | undefined
  readonly codes: readonly string[]
}

/** `undefined`: the sign-in died or the state moved while the request was under way; nothing was changed. */
export type OutcomeBy<Code extends RefusalCode> = Outcome<Changed | undefined, Code>
export type ChangeOutcome = OutcomeBy<VerificationCode>

/** Takes a transaction back whose account was changed by another one meanwhile. */
export class Overtaken extends Error {}

/** Runs a change; one that was overtaken has changed nothing. */
export async function unlessOvertaken<Code extends RefusalCode>(
  work: () => Promise<OutcomeBy<Code>>,
): Promise<OutcomeBy<Code>> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Overtaken) return done(undefined)
    throw error
  }
}

/**
 * Whatever changes a person's second step holds the account's row first, as the helpdesk's verbs do, so that two changes
 * never wait for each other. Overtaken when the credentials have changed since the request was read.
 */
export async function holdOwn(tx: Tx, { visitor }: Visit<Holder>): Promise<void> {
  if (!(await holdAccount(tx, visitor.person.id, visitor.person.epoch))) throw new Overtaken()
}

/** Kills every sign-in of the person, this one too until `keepSignIn`. @returns the new epoch. */
export async function endOthers(services: Services, tx: Tx, visit: Visit<Holder>): Promise<number> {
  const epoch = await endOtherSignIns(services, tx, visit)
  if (epoch === undefined) throw new Overtaken()
  await tx.db
    .updateTable('account')
    .set({ security_changed_at: visit.now })
    .where('id', '=', visit.visitor.person.id)
    .execute()
  return epoch
}

/** Takes this sign-in over into the new epoch, with what was proven, under a new cookie. @returns its value. */
export async function keepSignIn(
  tx: Tx,
  { visitor, now }: Visit<Holder>,
  epoch: number,
  by: ProofKind,
): Promise<string> {
  const cookie =
    visitor.kind === 'pending'
      ? await proveStep(tx, visitor, now, { by, failures: 0, epoch })
      : await keepOwn(tx, visitor, epoch, now, { proven: [by] })
  if (cookie === undefined) throw new Overtaken()
  return cookie
}

/** The same after a change that rests on the gate alone. */
export async function keepSession(tx: Tx, { visitor, now }: Visit<Session>, epoch: number): Promise<string> {
  const cookie = await keepOwn(tx, visitor, epoch, now)
  if (cookie === undefined) throw new Overtaken()
  return cookie
}

/** An audit event about the person's own account. */
export const happened = (visit: Visit<Holder>, event: PlainEvent, args: Facts = {}): AuditEvent => ({
  event,
  ...visit.trace(),
  subject: visit.visitor.person.id,
  args,
})
