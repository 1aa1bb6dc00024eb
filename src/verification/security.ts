import type { Refusal } from '../refusals.ts'
import { factsOf } from '../session/facts.ts'
import { redirect, type Visit } from '../session/visit.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import { timeInWords } from '../web/time.ts'
import { show, showCodes, type VerificationParts } from './answers.ts'
import { type Changed, confirmReplacement, renewCodes, startReplacement, turnOff, turnOn } from './change.ts'
import { notOfferedPage, pairingPage, statePage } from './pages-security.ts'
import { firstSecret, readPairing } from './pairing.ts'
import type { VerificationCode } from './rules.ts'
import { backupCodesLeft } from './store.ts'
import { pairingUri } from './totp.ts'
import { isTwoStepMessage, type TwoStepMessage } from './words.ts'

type Refusals = readonly Refusal<VerificationCode>[]

const address = '/security/two-step'
const savedAction = '/security/two-step/saved'

const messageOf = ({ c }: Visit): TwoStepMessage | undefined => {
  const named = c.req.query('message')
  return isTwoStepMessage(named) ? named : undefined
}

const isPaired = ({ visitor }: Visit<Session>): boolean => visitor.row.paired_at !== null

/** Whether the policy would ask for set-up at once if it were off. */
function isRequired({ visitor, now }: Visit<Session>): boolean {
  const { organization, workgroup } = visitor
  const off = factsOf({ ...visitor.row, paired_at: null }, { codeProven: true, organization, workgroup })
  return off.twoStepDueAt !== undefined && off.twoStepDueAt <= now
}

/** 2-Step Verification in Security Settings: pairing while it is off, its state while it is on. */
export async function showTwoStep(
  parts: VerificationParts,
  visit: Visit<Session>,
  refusals: Refusals = [],
): Promise<Response> {
  if (isPaired(visit)) return showState(parts, visit, refusals)
  if (policyOf(visit.visitor).twoStep === 'off')
    return show(visit, frame => notOfferedPage(frame, messageOf(visit)))
  return showPairing(visit, 'security', await firstSecret(parts.services, visit.visitor), refusals)
}

async function showState(
  { services }: VerificationParts,
  visit: Visit<Session>,
  refusals: Refusals,
): Promise<Response> {
  const { visitor } = visit
  const codesLeft = await backupCodesLeft(services.store.read, visitor.person.id)
  const onSince = timeInWords(visitor.row.paired_at, policyOf(visitor).timeZone, visit.language)
  const message = messageOf(visit)
  const required = isRequired(visit)
  return show(
    visit,
    (frame, refused) => statePage(frame, { ...refused, onSince, codesLeft, required, message }),
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
  const wanted = visit.form.get('do')
  if (!isPaired(visit)) {
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
  return redirect(visit, change === undefined ? address : `${address}?message=${message}`)
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
  const outcome = await startReplacement(parts, visit)
  return outcome.ok ? redirect(visit, `${address}/replace`) : showTwoStep(parts, visit, outcome.refusals)
}

/** The new app's picture and key, only after a code has asked for them. */
export async function showReplace(
  { services }: VerificationParts,
  visit: Visit<Session>,
  refusals: Refusals = [],
): Promise<Response> {
  const pairing = await readPairing(services, visit.visitor)
  return pairing?.kind === 'replacement'
    ? showPairing(visit, 'replace', pairing.secret, refusals)
    : redirect(visit, address)
}

export async function postReplace(parts: VerificationParts, visit: Visit<Session>): Promise<Response> {
  const outcome = await confirmReplacement(parts, visit)
  if (!outcome.ok) return showReplace(parts, visit, outcome.refusals)
  return changed(parts, visit, outcome.value, 'replaced')
}
