import type { Outcome, Refusal } from '../refusals.ts'
import { redirect, type Visit } from '../session/visit.ts'
import type { Holder } from '../session/visitor.ts'
import type { Frame } from '../web/frame.ts'
import type { Html } from '../web/html.ts'
import { addsKeysAt } from './add-key.ts'
import { showPairing } from './app/answers.ts'
import { verifyPage } from './app/pages.ts'
import { appCode } from './app/way.ts'
import { leadToCodes } from './backup-codes/answers.ts'
import { backupPage } from './backup-codes/pages.ts'
import { backupCode } from './backup-codes/way.ts'
import { turnOn } from './changes.ts'
import { cardPage } from './code-card/pages.ts'
import { cardCode } from './code-card/way.ts'
import { anotherWay, askedAt } from './common/another-way.ts'
import { show, type VerificationParts } from './common/answers.ts'
import { backupForm, cardForm, codeForm } from './common/fields.ts'
import { computerOffer, keepsComputer } from './common/own-computer.ts'
import type { AskedPage, Refused } from './common/pages.ts'
import { proveStep } from './common/pending.ts'
import { proveTyped } from './common/prove.ts'
import type { Asked, TypedWay, VerificationCode } from './common/way.ts'
import { firstAsked, othersThan, readOwnWays } from './own-ways.ts'
import type { KeyAddresses } from './passkeys/pages.ts'
import { siteOf } from './passkeys/site.ts'
import { ways } from './ways.ts'

/** A page of the sign-in that asks for the second step by one way. */
export interface Question {
  readonly asked: Asked
  readonly address: string
  readonly field: string
  readonly way: TypedWay
  readonly page: (frame: Frame, refused: Refused, asked: AskedPage) => Html
}

export const questions: readonly Question[] = [
  { asked: 'app', address: '/sign-in/verify', field: codeForm.name.code, way: appCode, page: verifyPage },
  {
    asked: 'code-card',
    address: '/sign-in/code-card',
    field: cardForm.name.card,
    way: cardCode,
    page: cardPage,
  },
  {
    asked: 'backup-code',
    address: '/sign-in/backup-code',
    field: backupForm.name.backup,
    way: backupCode,
    page: backupPage,
  },
]

/** Asks for the second step by one way. The address that a sign-in leads to shows the way used last. */
export async function askQuestion(
  { services }: VerificationParts,
  visit: Visit<Holder>,
  { asked, page }: Question,
  refusals: readonly Refusal<VerificationCode>[] = [],
): Promise<Response> {
  const site = siteOf(services.settings.LINTEL_ORIGIN)
  const own = await readOwnWays(services.store.read, visit.visitor.person.id, site)
  const isChosen = refusals.length > 0 || visit.c.req.query('way') === asked
  const first = firstAsked(own)
  if (asked === 'app' && !isChosen && first !== 'app') return redirect(visit, askedAt[first])
  return show(
    visit,
    (frame, refused) =>
      page(frame, refused, {
        others: anotherWay(frame, othersThan(asked, own)),
        offer: computerOffer(frame, visit),
        card: own.card,
      }),
    refusals,
  )
}

/** The second step of a sign-in. The next request, with the new cookie, opens the session or leads to the next step. */
export async function answerQuestion(
  parts: VerificationParts,
  visit: Visit<Holder>,
  question: Question,
): Promise<Response> {
  const { visitor, now } = visit
  if (visitor.kind !== 'pending') return parts.door.advance(visit)
  const { id, epoch } = visitor.person
  const given = { text: visit.form.get(question.field), accepts: [question.way], ways } as const
  const outcome: Outcome<string | undefined, VerificationCode> = await proveTyped(
    parts.services,
    id,
    given,
    visit,
    (tx, proof) => proveStep(tx, visitor, now, { ...proof, epoch, keepsComputer: keepsComputer(visit) }),
  )
  if (!outcome.ok) return askQuestion(parts, visit, question, outcome.refusals)
  if (outcome.value === undefined) return redirect(visit, '/sign-in')
  parts.cookies.setHolder(visit.c, outcome.value)
  return redirect(visit, '/')
}

/** Where a sign-in that asks for set-up adds a passkey or security key. */
export const keysAtSetUp: KeyAddresses = {
  passkey: '/sign-in/two-step/passkey',
  'security-key': '/sign-in/two-step/security-key',
}

/** Setting the second step up where a sign-in may not go on without it. */
export async function showSetUp(
  parts: VerificationParts,
  visit: Visit<Holder>,
  refusals: readonly Refusal<VerificationCode>[] = [],
): Promise<Response> {
  const keys = addsKeysAt(parts, visit) && keysAtSetUp
  return showPairing(
    parts,
    visit,
    { kind: 'first' },
    { action: '/sign-in/two-step', card: '/sign-in/two-step/card', keys },
    refusals,
  )
}

export async function postSetUp(parts: VerificationParts, visit: Visit<Holder>): Promise<Response> {
  const outcome = await turnOn(parts, visit, '/sign-in/two-step/saved')
  return outcome.ok ? leadToCodes(parts, visit, outcome) : showSetUp(parts, visit, outcome.refusals)
}
