import type { Audit, AuditEvent } from '../audit/audit.ts'
import { done, type Outcome, refuse } from '../refusals.ts'
import type { DutyKind } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'

/** What a duty to have a second step covers. */
export interface DutyFor {
  readonly kind: DutyKind
  /** A role, or an id. */
  readonly target: string
}

export interface Duty extends DutyFor {
  /** Milliseconds since 1970. */
  readonly fromAt: number
}

export const readDuties = ({ read }: Store): Promise<readonly Duty[]> =>
  read
    .selectFrom('two_step_duty')
    .select(['kind', 'target', 'from_at as fromAt'])
    .orderBy('from_at')
    .orderBy('kind')
    .orderBy('target')
    .execute()

interface DutyChange extends DutyFor {
  /** Its name, for the log. */
  readonly name: string
  /** From when it holds; null: it ends. */
  readonly fromAt: number | null
  readonly reason: string
}

/** Begins, moves or ends a duty, with its audit record. Refused when it is so already. */
export async function setDuty(
  { audit }: { readonly audit: Audit },
  tx: Tx,
  { kind, target, name, fromAt, reason }: DutyChange,
  trace: Pick<AuditEvent, 'actor' | 'address' | 'requestId'>,
): Promise<Outcome<undefined, 'duty.unchanged'>> {
  const row = await tx.db
    .selectFrom('two_step_duty')
    .select('from_at')
    .where('kind', '=', kind)
    .where('target', '=', target)
    .executeTakeFirst()
  const before = row?.from_at ?? null
  if (before === fromAt) return refuse({ code: 'duty.unchanged', field: 'from' })
  await (fromAt === null
    ? tx.db.deleteFrom('two_step_duty').where('kind', '=', kind).where('target', '=', target).execute()
    : tx.db
        .insertInto('two_step_duty')
        .values({ kind, target, from_at: fromAt })
        .onConflict(conflict => conflict.columns(['kind', 'target']).doUpdateSet({ from_at: fromAt }))
        .execute())
  await audit.record(tx, {
    event: 'sensitive_update',
    ...trace,
    args: { what: 'two-step-duty', kind, target, name, before, after: fromAt, reason },
  })
  return done(undefined)
}
