import type { Notify } from '../mail/notices.ts'
import { parsePolicy } from '../policy/policy.ts'
import { done, type Outcome, type RefusalOf, refuse } from '../refusals.ts'
import { knownAs } from '../session/cookies.ts'
import { endOwnSignIn } from '../session/ending.ts'
import { type AccountRow, factsOf, placeInForce } from '../session/facts.ts'
import { nextStep } from '../session/next-step.ts'
import { isStepMet, type Proofs } from '../session/proofs.ts'
import type { Services } from '../session/services.ts'
import { openSession, startPending } from '../session/sign-ins.ts'
import { isHeld, type Visit } from '../session/visit.ts'
import { newToken } from '../store/ids.ts'
import type { Tx } from '../store/store.ts'

/** The next token of the person's own computer, whose last one stood for the second step. */
export interface NextComputer {
  readonly token: string
  readonly days: number
}

interface SignedIn {
  /** As their browsers know them. */
  readonly person: string
  /** Value for the sign-in's cookie. */
  readonly cookie: string
  /** A step is open: this is a pending sign-in. */
  readonly pending: boolean
  readonly computer: NextComputer | undefined
}

export type SignInOutcome = Outcome<SignedIn, RefusalOf<'sign-in'> | 'request.busy'>

/** How somebody's browsers know them. */
export const personOf = (account: Pick<AccountRow, 'account_id' | 'browser_generation'>): string =>
  knownAs(account.account_id, account.browser_generation)

interface Proven {
  readonly account: AccountRow
  /** As it stands in the store. */
  readonly policy: string
  readonly proofs: Proofs
  readonly failuresBefore: Promise<number>
  readonly browserKnown: boolean
  readonly returnTo: string
  readonly computer?: NextComputer | undefined
}

/** A sign-in whose beginning was right: it becomes a session, or waits for its next step. */
export async function letIn(
  parts: { readonly services: Services; readonly notify: Notify },
  tx: Tx,
  visit: Visit,
  given: Proven,
): Promise<SignInOutcome> {
  const { account, proofs, failuresBefore, returnTo, computer } = given
  if (isHeld(visit)) await endOwnSignIn(parts.services, tx, visit)
  const organization = placeInForce(account.organization_list, null)
  const workgroup = placeInForce(account.workgroup_list, null)
  const facts = factsOf(account, { codeProven: isStepMet(proofs), organization, workgroup })
  const proven = { accountId: account.account_id, epoch: account.account_epoch, proofs, returnTo }
  if (nextStep(facts, visit.now) !== undefined) {
    return done({
      person: personOf(account),
      cookie: await startPending(tx, { ...proven, failuresBefore: await failuresBefore }, visit),
      pending: true,
      computer,
    })
  }
  const cookie = await openSession(
    { ...parts.services, notify: parts.notify },
    tx,
    {
      ...proven,
      failuresBefore,
      pending: undefined,
      csrfSecret: newToken(),
      organization,
      workgroup,
      previousSignInAt: account.last_sign_in_at,
      browserKnown: given.browserKnown,
    },
    parsePolicy(given.policy),
    visit,
  )
  return cookie === undefined
    ? refuse({ code: 'sign-in.wrong' })
    : done({ person: personOf(account), cookie, pending: false, computer })
}
