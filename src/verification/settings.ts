import type { Refusal } from '../refusals.ts'
import { factsOf } from '../session/facts.ts'
import { redirect, redirectSaying, type Visit } from '../session/visit.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import { timeInWords } from '../web/time.ts'
import { pairingPage } from './app/pages.ts'
import { confirmReplacement } from './app/pairing.ts'
import { newSecret, pairingUri } from './app/totp.ts'
import { showCodes } from './backup-codes/answers.ts'
import { backupCodesLeft } from './backup-codes/store.ts'
import { askReplacement, renewCodes, turnOff, turnOn } from './changes.ts'
import { show, type VerificationParts } from './common/answers.ts'
import type { Changed } from './common/change.ts'
import { codeForm } from './common/fields.ts'
import { keepFirstSecret, readKept } from './common/kept.ts'
import type { VerificationCode } from './common/way.ts'
import { isTwoStepMessage, type TwoStepMessage } from './common/words.ts'
import { readOwnWays } from './own-ways.ts'
import { notOfferedPage, statePage } from './settings-pages.ts'

type Refusals = readonly Refusal<VerificationCode>[]

const address = '/security/two-step'
const savedAction = '/security/two-step/saved'

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

/** 2-Step Verification in Security Settings: pairing while it is off, its state while it is on. */
export async function showTwoStep(
  parts: VerificationParts,
  visit: Visit<Session>,
  refusals: Refusals = [],
): Promise<Response> {
  if (visit.visitor.facts.hasSecondStep) return showState(parts, visit, refusals)
  if (policyOf(visit.visitor).twoStep === 'off')
    return show(visit, frame => notOfferedPage(frame, messageOf(visit)))
  return showPairing(
    visit,
    'security',
    await keepFirstSecret(parts.services, visit.visitor, newSecret),
    refusals,
  )
}

async function showState(
  { services }: VerificationParts,
  visit: Visit<Session>,
  refusals: Refusals,
): Promise<Response> {
  const { visitor } = visit
  const { timeZone } = policyOf(visitor)
  const { read } = services.store
  const codesLeft = await backupCodesLeft(read, visitor.person.id)
  const own = await readOwnWays(read, visitor.person.id)
  const onSince = timeInWords(visitor.row.second_step_since, timeZone, visit.language)
  const message = messageOf(visit)
  const required = isRequired(visit)
  return show(
    visit,
    (frame, refused) =>
      statePage(frame, { ...refused, ...own, onSince, timeZone, codesLeft, required, message }),
    refusals,
  )
}

function showPairing(
  visit: Visit<Session>,
  kind: 'security' | 'replace',
  secret: string,
  refusals: Refusals,
): Promise<Response> {
  const uri = pairingUri(secret, policyOf(visit.visitor).siteName, visit.visitor.person.username)
  const message = messageOf(visit)
  return show(
    visit,
    (frame, refused) => pairingPage(frame, { ...refused, kind, secret, uri, message }),
    refusals,
  )
}

/** Turn On while it is off; while it is on, the three changes that ask for a code. */
export async function postTwoStep(parts: VerificationParts, visit: Visit<Session>): Promise<Response> {
  const wanted = codeForm.read(visit.form).do
  if (!visit.visitor.facts.hasSecondStep) {
    if (wanted !== '' || policyOf(visit.visitor).twoStep === 'off') return redirect(visit, address)
    const outcome = await turnOn(parts, visit)
    return outcome.ok
      ? showCodes(parts, visit, outcome, { first: true, savedAction })
      : showTwoStep(parts, visit, outcome.refusals)
  }
  if (wanted === 'turn-off') return postTurnOff(parts, visit)
  if (wanted === 'new-codes') return postNewCodes(parts, visit)
  if (wanted === 'replace') return postStartReplacement(parts, visit)
  return redirect(visit, address)
}

function changed(
  { cookies }: VerificationParts,
  visit: Visit<Session>,
  change: Changed | undefined,
  message: TwoStepMessage,
): Response {
  if (change?.cookie !== undefined) cookies.setHolder(visit.c, change.cookie)
  return change === undefined ? redirect(visit, address) : redirectSaying(visit, address, message)
}

async function postTurnOff(parts: VerificationParts, visit: Visit<Session>): Promise<Response> {
  const outcome = await turnOff(parts, visit)
  if (!outcome.ok) return showTwoStep(parts, visit, outcome.refusals)
  return changed(parts, visit, outcome.value, 'off')
}

async function postNewCodes(parts: VerificationParts, visit: Visit<Session>): Promise<Response> {
  const outcome = await renewCodes(parts, visit)
  return outcome.ok
    ? showCodes(parts, visit, outcome, { first: false, savedAction })
    : showTwoStep(parts, visit, outcome.refusals)
}

async function postStartReplacement(parts: VerificationParts, visit: Visit<Session>): Promise<Response> {
  const outcome = await askReplacement(parts, visit)
  return outcome.ok ? redirect(visit, `${address}/replace`) : showTwoStep(parts, visit, outcome.refusals)
}

/** The new app's picture and key, only after a code has asked for them. */
export async function showReplace(
  { services }: VerificationParts,
  visit: Visit<Session>,
  refusals: Refusals = [],
): Promise<Response> {
  const kept = await readKept(services, visit.visitor)
  return kept?.kind === 'replacement'
    ? showPairing(visit, 'replace', kept.secret, refusals)
    : redirect(visit, address)
}

export async function postReplace(parts: VerificationParts, visit: Visit<Session>): Promise<Response> {
  const outcome = await confirmReplacement(parts, visit)
  if (!outcome.ok) return showReplace(parts, visit, outcome.refusals)
  return changed(parts, visit, outcome.value, 'replaced')
}
