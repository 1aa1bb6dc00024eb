import type { Policy } from '../policy/table.ts'
import type { Services } from '../session/services.ts'
import type { Tx } from '../store/store.ts'
import { readCourses } from './courses.ts'
import { type Finding, lookUp, type Trainee } from './look-up.ts'
import { moodleOf } from './moodle.ts'
import { cannotTell, stillHolds, trainingGateFor } from './rules.ts'
import { type Asked, keepIn } from './store.ts'

type TrainingPolicy = Pick<Policy, 'trainingGate' | 'trainingMonths'>

/** Tells whether an account may be made for somebody, and what is known of their training. */
export interface TrainingCheck {
  readonly finding: Finding
  /** `warn`: yes, and say what is known. `closed`: only with a reason. */
  readonly answer: 'open' | 'warn' | 'closed'
  /** Why the account is made all the same; '' for no reason. */
  readonly override: string
  readonly policy: TrainingPolicy
}

/**
 * Asks Moodle before an account is made: the gate that policy's `trainingGate` is. With `off` nothing is asked.
 * `override`: why the account is made though training is not known to be finished; opens `required`, and is audited.
 */
export async function checkTraining(
  services: Pick<Services, 'settings' | 'now' | 'store'>,
  policy: TrainingPolicy,
  trainee: Trainee,
  override: string,
): Promise<TrainingCheck> {
  const found =
    policy.trainingGate === 'off'
      ? { known: cannotTell('no-moodle'), moodleUserId: undefined, fault: undefined }
      : await lookUp(
          moodleOf(services.settings, services.now),
          await readCourses(services.store.read),
          trainee,
        )
  const finding = { ...found, known: stillHolds(found.known, policy.trainingMonths, services.now()) }
  const answer = trainingGateFor(policy.trainingGate, finding.known, override)
  return { finding, answer, override: override.trim(), policy }
}

/** Keeps what was known of the training of a new account, and why it was made all the same, with its making. */
export async function keepTrainingCheck(
  services: Pick<Services, 'audit'>,
  tx: Tx,
  accountId: string,
  { finding, answer, override, policy }: TrainingCheck,
  asked: Pick<Asked, 'actor' | 'address' | 'requestId' | 'now'>,
): Promise<void> {
  const { known } = finding
  const trace = {
    actor: asked.actor,
    ...(asked.address !== undefined && { address: asked.address }),
    ...(asked.requestId !== undefined && { requestId: asked.requestId }),
  }
  if (finding.moodleUserId !== undefined || known.kind !== 'cannot-tell')
    await keepIn(services, tx, accountId, finding, {
      ...trace,
      months: policy.trainingMonths,
      now: asked.now,
      jitter: 0.5,
    })
  if (answer === 'warn' && override !== '')
    await services.audit.record(tx, {
      event: 'user_updated',
      ...trace,
      subject: accountId,
      args: {
        change: 'training-override',
        known: known.kind === 'cannot-tell' ? known.why : known.kind,
        reason: override,
      },
    })
}
