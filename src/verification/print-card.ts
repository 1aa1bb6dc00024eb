import type { Refusal } from '../refusals.ts'
import { letterOf } from '../session/code-card.ts'
import { redirect, redirectSaying, type Visit } from '../session/visit.ts'
import { type Holder, policyOf } from '../session/visitor.ts'
import { leadToCodes } from './backup-codes/answers.ts'
import { issueCodes } from './backup-codes/issue.ts'
import { newCardPage } from './code-card/pages.ts'
import { confirmCard, keepCard, printsCards } from './code-card/print.ts'
import { show, type VerificationParts } from './common/answers.ts'
import type { VerificationCode } from './common/way.ts'

/** Where a person prints a card: in Security Settings, or in a sign-in that asks for set-up. */
export interface CardDesk {
  readonly action: string
  readonly back: string
  readonly saved: string
}

const mayPrint = ({ visitor }: Visit<Holder>): boolean => {
  const policy = policyOf(visitor)
  return printsCards(policy) && (policy.twoStep !== 'off' || visitor.facts.hasSecondStep)
}

/** The card with its codes, the same until it is in force. */
export async function showNewCard(
  { services }: VerificationParts,
  visit: Visit<Holder>,
  { action, back }: CardDesk,
  refusals: readonly Refusal<VerificationCode>[] = [],
): Promise<Response> {
  if (!mayPrint(visit)) return redirect(visit, back)
  const { serial, codes } = await keepCard(services, visit.visitor)
  const { username } = visit.visitor.person
  const letter = letterOf(serial)
  return show(
    visit,
    (frame, refused) => newCardPage(frame, { ...refused, action, back, letter, codes, username }),
    refusals,
  )
}

/** Use This Card. */
export async function postNewCard(
  parts: VerificationParts,
  visit: Visit<Holder>,
  desk: CardDesk,
): Promise<Response> {
  if (!mayPrint(visit)) return redirect(visit, desk.back)
  const outcome = await confirmCard(parts, visit, tx =>
    issueCodes(parts.services, tx, visit, { first: true, savedAction: desk.saved }),
  )
  if (!outcome.ok) return showNewCard(parts, visit, desk, outcome.refusals)
  if (outcome.value === undefined) return redirect(visit, desk.back)
  const { cookie, codes } = outcome.value
  if (codes.length > 0) return leadToCodes(parts, visit, outcome)
  if (cookie !== undefined) parts.cookies.setHolder(visit.c, cookie)
  return redirectSaying(visit, desk.back, 'card')
}
