import { watchTakeover } from '../account/incidents.ts'
import { done } from '../refusals.ts'
import type { CodeCard } from '../session/code-card.ts'
import { cutOff } from '../session/ending.ts'
import { hasSecondStep } from '../session/facts.ts'
import type { Tx } from '../store/store.ts'
import { type PreparedCard, putCard } from '../verification/code-card/store.ts'
import { type Act, recordOf, takeWhole, touch, type VerbOutcome, type VerbParts } from './act.ts'
import { forgetWaits } from './credential.ts'

/**
 * Give a code card: the card before it is dead, and the new one proves the second step from now on. Whoever holds it needs
 * only the password more, so that a new password within a day opens an incident where there was a second step before.
 */
export async function giveCodeCard(
  parts: VerbParts,
  tx: Tx,
  act: Act,
  prepared: PreparedCard,
): Promise<VerbOutcome<CodeCard>> {
  const subject = await takeWhole(tx, act)
  if (!subject.ok) return subject
  const before = await tx.db
    .selectFrom('account')
    .select('id')
    .where('id', '=', act.subjectId)
    .where(hasSecondStep)
    .executeTakeFirst()
  const wasOn = before !== undefined
  const card = await putCard(tx, prepared, act.now)
  await touch(tx, act, { security_changed_at: act.now })
  await cutOff(parts, tx, act.subjectId, 'credential', act.now)
  await forgetWaits(parts, tx, subject.value, ['code'])
  await parts.audit.record(tx, recordOf(act, 'authn_mfa_enroll', { by: 'code-card', replaced: wasOn }))
  if (wasOn) await watchTakeover(tx, act.subjectId, 'two-step', act.now)
  return done(card)
}
