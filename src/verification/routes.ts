import type { Outcome, Refusal } from '../refusals.ts'
import { atStep, holder, inside } from '../session/access.ts'
import { heldRoute, insideRoute, type Route, redirect, type Visit } from '../session/visit.ts'
import { type Holder, policyOf, type Session } from '../session/visitor.ts'
import { downloadPath, show, showCodes, type VerificationParts } from './answers.ts'
import { turnOn } from './change.ts'
import { proveFactor } from './factor.ts'
import { backupPage, verifyPage } from './pages.ts'
import { pairingPage } from './pages-security.ts'
import { firstSecret, forgetCodes, readPairing } from './pairing.ts'
import type { FactorKind, VerificationCode } from './rules.ts'
import { postReplace, postTwoStep, showReplace, showTwoStep } from './security.ts'
import { proveStep } from './store.ts'
import { pairingUri } from './totp.ts'
import { wordsFor } from './words.ts'

export type { Gate, VerificationParts } from './answers.ts'

export function verificationRoutes(parts: VerificationParts): readonly Route[] {
  const behindGate = (handle: (parts: VerificationParts, visit: Visit<Session>) => Promise<Response>) => {
    return async (visit: Visit<Session>) => (await parts.gate(visit)) ?? handle(parts, visit)
  }
  return [
    heldRoute('GET', '/sign-in/verify', atStep('verify'), visit => show(visit, verifyPage)),
    heldRoute('POST', '/sign-in/verify', atStep('verify'), visit => postFactor(parts, visit, 'code')),
    heldRoute('GET', '/sign-in/backup-code', atStep('verify'), visit => show(visit, backupPage)),
    heldRoute('POST', '/sign-in/backup-code', atStep('verify'), visit =>
      postFactor(parts, visit, 'backup-code'),
    ),
    heldRoute('GET', '/sign-in/two-step', atStep('two-step'), visit => showSetUp(parts, visit)),
    heldRoute('POST', '/sign-in/two-step', atStep('two-step'), visit => postSetUp(parts, visit)),
    heldRoute('POST', '/sign-in/two-step/saved', holder, async visit => {
      await forgetCodes(parts.services, visit.visitor)
      return parts.door.advance(visit)
    }),
    heldRoute('GET', downloadPath, holder, visit => download(parts, visit)),
    insideRoute('GET', '/security/two-step', inside, behindGate(showTwoStep)),
    insideRoute('POST', '/security/two-step', inside, behindGate(postTwoStep)),
    insideRoute('GET', '/security/two-step/replace', inside, behindGate(showReplace)),
    insideRoute('POST', '/security/two-step/replace', inside, behindGate(postReplace)),
    insideRoute('POST', '/security/two-step/saved', inside, async visit => {
      await forgetCodes(parts.services, visit.visitor)
      return redirect(visit, '/security/two-step?message=saved')
    }),
  ]
}

/** The second step of a sign-in. The next request, with the new cookie, opens the session or leads to the next step. */
async function postFactor(
  parts: VerificationParts,
  visit: Visit<Holder>,
  kind: FactorKind,
): Promise<Response> {
  const { visitor, now } = visit
  if (visitor.kind !== 'pending') return parts.door.advance(visit)
  const { id, epoch } = visitor.person
  const text = visit.form.get(kind === 'code' ? 'code' : 'backup')
  const outcome: Outcome<string | undefined, VerificationCode> = await proveFactor(
    parts.services,
    id,
    { text, accepts: kind },
    visit,
    (tx, proof) => proveStep(tx, visitor, now, { failures: proof.failures, epoch }),
  )
  if (!outcome.ok) return show(visit, kind === 'code' ? verifyPage : backupPage, outcome.refusals)
  if (outcome.value === undefined) return redirect(visit, '/sign-in')
  parts.cookies.setHolder(visit.c, outcome.value)
  return redirect(visit, '/')
}

async function showSetUp(
  { services }: VerificationParts,
  visit: Visit<Holder>,
  refusals: readonly Refusal<VerificationCode>[] = [],
): Promise<Response> {
  const { visitor } = visit
  const secret = await firstSecret(services, visitor)
  const uri = pairingUri(secret, policyOf(visitor).siteName, visitor.person.username)
  return show(
    visit,
    (frame, refused) => pairingPage(frame, { ...refused, kind: 'sign-in', secret, uri }),
    refusals,
  )
}

async function postSetUp(parts: VerificationParts, visit: Visit<Holder>): Promise<Response> {
  const outcome = await turnOn(parts, visit)
  return outcome.ok
    ? showCodes(parts, visit, outcome, { first: true, savedAction: '/sign-in/two-step/saved' })
    : showSetUp(parts, visit, outcome.refusals)
}

/** The codes as a file, for the sign-in that made them, until it says that they are saved. Works without scripts. */
async function download({ services, door }: VerificationParts, visit: Visit<Holder>): Promise<Response> {
  const kept = await readPairing(services, visit.visitor)
  if (kept?.kind !== 'codes' || kept.until <= visit.now) return door.fail(visit.c, 404)
  const words = wordsFor(visit.language)
  const title = words.codesFor(policyOf(visit.visitor).siteName, visit.visitor.person.username)
  visit.c.header('content-disposition', 'attachment; filename="backup-codes.txt"')
  return visit.c.text([words.codesTitle, title, '', ...kept.codes, '', words.fileNote, ''].join('\r\n'))
}
