import type { Outcome, Refusal } from '../refusals.ts'
import { redirect, type Visit } from '../session/visit.ts'
import { type Holder, policyOf } from '../session/visitor.ts'
import type { Frame } from '../web/frame.ts'
import type { Html } from '../web/html.ts'
import { pairingPage, verifyPage } from './app/pages.ts'
import { newSecret, pairingUri } from './app/totp.ts'
import { appCode } from './app/way.ts'
import { showCodes } from './backup-codes/answers.ts'
import { backupPage } from './backup-codes/pages.ts'
import { backupCode } from './backup-codes/way.ts'
import { turnOn } from './changes.ts'
import { show, type VerificationParts } from './common/answers.ts'
import { backupForm, codeForm } from './common/fields.ts'
import { keepFirstSecret } from './common/kept.ts'
import type { Refused } from './common/pages.ts'
import { proveStep } from './common/pending.ts'
import { proveTyped } from './common/prove.ts'
import type { TypedWay, VerificationCode } from './common/way.ts'
import { ways } from './ways.ts'

/** A page of the sign-in that asks for the second step by one way. */
export interface Question {
  readonly address: string
  readonly field: string
  readonly way: TypedWay
  readonly page: (frame: Frame, refused: Refused) => Html
}

export const questions: readonly Question[] = [
  { address: '/sign-in/verify', field: codeForm.name.code, way: appCode, page: verifyPage },
  { address: '/sign-in/backup-code', field: backupForm.name.backup, way: backupCode, page: backupPage },
]

/** The second step of a sign-in. The next request, with the new cookie, opens the session or leads to the next step. */
export async function answerQuestion(
  parts: VerificationParts,
  visit: Visit<Holder>,
  { field, way, page }: Question,
): Promise<Response> {
  const { visitor, now } = visit
  if (visitor.kind !== 'pending') return parts.door.advance(visit)
  const { id, epoch } = visitor.person
  const given = { text: visit.form.get(field), accepts: [way], ways } as const
  const outcome: Outcome<string | undefined, VerificationCode> = await proveTyped(
    parts.services,
    id,
    given,
    visit,
    (tx, proof) => proveStep(tx, visitor, now, { ...proof, epoch }),
  )
  if (!outcome.ok) return show(visit, page, outcome.refusals)
  if (outcome.value === undefined) return redirect(visit, '/sign-in')
  parts.cookies.setHolder(visit.c, outcome.value)
  return redirect(visit, '/')
}

/** Setting the second step up where a sign-in may not go on without it. */
export async function showSetUp(
  { services }: VerificationParts,
  visit: Visit<Holder>,
  refusals: readonly Refusal<VerificationCode>[] = [],
): Promise<Response> {
  const { visitor } = visit
  const secret = await keepFirstSecret(services, visitor, newSecret)
  const uri = pairingUri(secret, policyOf(visitor).siteName, visitor.person.username)
  return show(
    visit,
    (frame, refused) => pairingPage(frame, { ...refused, kind: 'sign-in', secret, uri }),
    refusals,
  )
}

export async function postSetUp(parts: VerificationParts, visit: Visit<Holder>): Promise<Response> {
  const outcome = await turnOn(parts, visit)
  return outcome.ok
    ? showCodes(parts, visit, outcome, { first: true, savedAction: '/sign-in/two-step/saved' })
    : showSetUp(parts, visit, outcome.refusals)
}
