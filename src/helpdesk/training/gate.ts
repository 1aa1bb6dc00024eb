import { isReasonTooLong } from '../../administration/act.ts'
import type { Reach } from '../../administration/reach.ts'
import type { RefusalOf } from '../../refusals.ts'
import type { Services } from '../../session/services.ts'
import type { Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { checkTraining, type TrainingCheck } from '../../training/check.ts'
import { knowledgeInWords } from '../../training/say.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { alert, errorSummary, textArea } from '../../web/parts.ts'
import { dayInWords } from '../../web/time.ts'
import { refusalInWords } from '../shared/refusal-words.ts'
import { readCandidate } from './store.ts'
import { wordsFor } from './words.ts'

export type TrainingGateCode = Extract<
  RefusalOf<'helpdesk'>,
  'helpdesk.training-open' | 'helpdesk.reason-too-long'
>

const reasonField = 'trainingReason'

/**
 * Asks about the training of whom an account is to be made for. A candidate's id in Moodle counts only when Lintel has it
 * from Moodle and the agent may see the candidate; else the email address is asked for.
 */
export async function askTrainingGate(
  services: Services,
  visit: Visit<Session>,
  entry: { readonly email: string; readonly moodle: string; readonly workgroups: readonly string[] },
  reach: Reach,
): Promise<{ readonly check: TrainingCheck; readonly problem: TrainingGateCode | undefined }> {
  const candidate =
    entry.moodle === '' || reach !== undefined
      ? undefined
      : await readCandidate(services.store, Number(entry.moodle))
  const trainee = {
    ...{ moodleUserId: candidate?.moodle_user_id ?? null, email: entry.email },
    workgroupIds: entry.workgroups,
  }
  const reason = visit.form.get(reasonField).normalize('NFC')
  const check = await checkTraining(services, policyOf(visit.visitor), trainee, reason)
  if (isReasonTooLong(check.override)) return { check, problem: 'helpdesk.reason-too-long' }
  return { check, problem: check.answer === 'closed' ? 'helpdesk.training-open' : undefined }
}

/** The page's notes on training before an account is made. */
export interface TrainingGateView {
  readonly kind: 'none' | 'info' | 'warning'
  readonly text: string
  /** Tells whether a reason is asked for, and what was typed. */
  readonly asks: boolean
  readonly reason: string
  readonly problem: TrainingGateCode | undefined
}

export function trainingGateViewOf(
  { settings }: Pick<Services, 'settings'>,
  visit: Visit<Session>,
  { finding, override, policy }: TrainingCheck,
  problem: TrainingGateCode | undefined,
): TrainingGateView {
  const { timeZone } = policyOf(visit.visitor)
  const { known } = finding
  const isOpen = known.kind === 'finished'
  const day =
    known.kind === 'finished' && known.at !== undefined ? dayInWords(known.at, timeZone, visit.language) : ''
  const isSilent =
    policy.trainingGate === 'off' || (policy.trainingGate === 'warn' && settings.MOODLE_URL === undefined)
  return {
    kind: isSilent ? 'none' : isOpen ? 'info' : 'warning',
    text: knowledgeInWords(known, day, visit.language),
    asks: policy.trainingGate === 'required' && !isOpen,
    reason: override,
    problem,
  }
}

export function trainingGateNotice(gate: TrainingGateView, language: string): Content {
  if (gate.kind === 'none') return ''
  const words = wordsFor(language)
  const advice = gate.kind === 'info' ? '' : gate.asks ? words.gateAsks : words.gateWarns
  return alert(gate.kind, html`${gate.text} ${advice}`, words.gateHeading)
}

const problemText = ({ problem }: TrainingGateView, language: string): string | undefined =>
  problem && refusalInWords({ code: problem }, language)

export function trainingGateSummary(gate: TrainingGateView, language: string): Html {
  const text = problemText(gate, language)
  return errorSummary(text === undefined ? [] : [{ field: reasonField, text }], language)
}

/** The field for why an account is made without finished training. */
export function trainingGateField(gate: TrainingGateView, language: string): Content {
  if (!gate.asks) return ''
  const words = wordsFor(language)
  return textArea({
    name: reasonField,
    label: words.gateReason,
    hint: words.gateReasonHint,
    value: gate.reason,
    rows: 3,
    problem: problemText(gate, language),
    language,
  })
}
