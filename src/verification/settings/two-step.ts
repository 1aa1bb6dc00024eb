import type { Refusal } from '../../refusals.ts'
import { factsOf } from '../../session/facts.ts'
import { redirect, redirectSaying, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { momentInWords } from '../../web/time.ts'
import { addsKeysAt } from '../add-key.ts'
import { showPairing } from '../app/answers.ts'
import { codesPath, leadToCodes } from '../backup-codes/answers.ts'
import { backupCodesLeft } from '../backup-codes/store.ts'
import { renewCodes, turnOff, turnOffByKey, turnOn } from '../changes.ts'
import { printsCards } from '../code-card/print.ts'
import { show, type VerificationParts } from '../common/answers.ts'
import type { Changed } from '../common/change.ts'
import { codeForm } from '../common/fields.ts'
import { readCodes } from '../common/kept.ts'
import { problemsOf } from '../common/pages.ts'
import type { VerificationCode } from '../common/way.ts'
import { isTwoStepMessage, type TwoStepMessage } from '../common/words.ts'
import { keyForm } from '../passkeys/fields.ts'
import { readKeysAt } from '../passkeys/own.ts'
import { keyProblemsOf } from '../passkeys/pages.ts'
import type { PasskeyCode } from '../passkeys/prove.ts'
import { siteOf } from '../passkeys/site.ts'
import { listOwnWays } from '../ways.ts'
import { addresses } from './addresses.ts'
import { newCodesPage, turnOffPage } from './confirm-pages.ts'
import { notOfferedPage, statePage } from './state-page.ts'

type Refusals = readonly Refusal<VerificationCode>[]

const messageOf = (visit: Visit): TwoStepMessage | undefined => {
  const named = visit.said()
  return isTwoStepMessage(named) ? named : undefined
}

/** Tells whether the policy would ask for set-up at once if it were off. */
function isRequired({ visitor, now }: Visit<Session>): boolean {
  const { organization, workgroup } = visitor
  const off = factsOf(
    { ...visitor.row, second_step_since: null },
    { codeProven: visitor.facts.codeProven, organization, workgroup },
  )
  return off.twoStepDueAt !== undefined && off.twoStepDueAt <= now
}

/** 2-Step Verification in Security Settings: set-up while it is off, its ways while it is on. */
export async function showTwoStep(
  parts: VerificationParts,
  visit: Visit<Session>,
  refusals: Refusals = [],
): Promise<Response> {
  if (visit.visitor.facts.hasSecondStep) return showState(parts, visit)
  const message = messageOf(visit)
  if (policyOf(visit.visitor).twoStep === 'off') return show(visit, frame => notOfferedPage(frame, message))
  const keys = addsKeysAt(parts, visit) && addresses.newKey
  const form = { action: addresses.twoStep, back: '/security', card: addresses.card, keys, message }
  return showPairing(parts, visit, { kind: 'first' }, form, refusals)
}

async function showState(parts: VerificationParts, visit: Visit<Session>): Promise<Response> {
  const { visitor } = visit
  const { timeZone } = policyOf(visitor)
  const { read } = parts.services.store
  const given = {
    codesLeft: await backupCodesLeft(read, visitor.person.id),
    ways: await listOwnWays(read, visitor.person.id),
    here: siteOf(parts.services.settings.LINTEL_ORIGIN)?.rpId,
    onSince: momentInWords(visitor.row.second_step_since, timeZone, visit.language),
    timeZone,
    printsCards: printsCards(policyOf(visitor)),
    addsKeys: addsKeysAt(parts, visit) !== undefined,
    message: messageOf(visit),
    unsaved: (await readCodes(parts.services, visitor, visit.now)) && codesPath,
  }
  return show(visit, frame => statePage(frame, given))
}

/** Turn On. */
export async function postTwoStep(parts: VerificationParts, visit: Visit<Session>): Promise<Response> {
  if (visit.visitor.facts.hasSecondStep || policyOf(visit.visitor).twoStep === 'off')
    return redirect(visit, addresses.twoStep)
  const outcome = await turnOn(parts, visit, addresses.saved)
  return outcome.ok ? leadToCodes(parts, visit, outcome) : showTwoStep(parts, visit, outcome.refusals)
}

/** After a change: back to the ways, which say what was done. */
export function changed(
  { cookies }: VerificationParts,
  visit: Visit<Session>,
  change: Changed | undefined,
  message: TwoStepMessage,
): Response {
  if (change?.cookie !== undefined) cookies.setHolder(visit.c, change.cookie)
  return change === undefined
    ? redirect(visit, addresses.twoStep)
    : redirectSaying(visit, addresses.twoStep, message)
}

/** For what can be changed only while it is on. */
export const whileOn =
  (answer: (parts: VerificationParts, visit: Visit<Session>) => Promise<Response>) =>
  async (parts: VerificationParts, visit: Visit<Session>): Promise<Response> =>
    visit.visitor.facts.hasSecondStep ? answer(parts, visit) : redirect(visit, addresses.twoStep)

async function askTurnOff(
  { services }: VerificationParts,
  visit: Visit<Session>,
  typed: Refusals = [],
  byKey: readonly Refusal<PasskeyCode>[] = [],
): Promise<Response> {
  const { visitor } = visit
  const site = siteOf(services.settings.LINTEL_ORIGIN)
  const hasKey = (await readKeysAt(services.store.read, visitor.person.id, site)).length > 0
  const { timeZone } = policyOf(visitor)
  return show(
    visit,
    (frame, refused) => {
      const problems = [
        ...problemsOf(frame, { ...refused, refusals: typed }, codeForm.name.code),
        ...keyProblemsOf(frame, { refusals: byKey, timeZone }),
      ]
      return turnOffPage(frame, problems, visitor, { required: isRequired(visit), hasKey })
    },
    [...typed, ...byKey],
  )
}

export const showTurnOff = whileOn((parts, visit) => askTurnOff(parts, visit))

export const postTurnOff = whileOn(async (parts, visit) => {
  const site = siteOf(parts.services.settings.LINTEL_ORIGIN)
  if (site !== undefined && keyForm.read(visit.form).passkey !== '') {
    const outcome = await turnOffByKey(parts, site, visit)
    return outcome.ok
      ? changed(parts, visit, outcome.value, 'off')
      : askTurnOff(parts, visit, [], outcome.refusals)
  }
  const outcome = await turnOff(parts, visit)
  return outcome.ok ? changed(parts, visit, outcome.value, 'off') : askTurnOff(parts, visit, outcome.refusals)
})

export const showNewCodes = whileOn((_, visit) => show(visit, newCodesPage))

export const postNewCodes = whileOn(async (parts, visit) => {
  const outcome = await renewCodes(parts, visit, addresses.saved)
  return outcome.ok ? leadToCodes(parts, visit, outcome) : redirect(visit, addresses.twoStep)
})
