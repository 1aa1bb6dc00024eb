import { type AccountState, barOf } from '../../account/rules.ts'
import type { Policy } from '../../policy/table.ts'

/** Wrong answers after which a link is dead. */
export const mostAnswers = 5
/** Milliseconds in which a change of recovery data, second step or address makes "This was not me" a matter for the helpdesk. */
export const guardTime = 7 * 24 * 3_600_000
/** Milliseconds in which recovery mails are counted together. */
export const mailWindow = 3_600_000

export interface RecoveryFacts extends AccountState {
  readonly hasQuestion: boolean
  readonly securityChangedAt: number | null
}

/** The offer of a recovery email: a link, or why there is none. */
export type Offer = 'link' | 'no-question' | 'barred' | 'guarded'

/** Anyone who changed the recovery data shortly before the owner said "This was not me" may hold it: only people can tell. */
export const isGuarded = (securityChangedAt: number | null, since: number): boolean =>
  securityChangedAt !== null && securityChangedAt > since - guardTime

/** A blocked password is no bar: a new one is what it waits for. */
export function offerOf(facts: RecoveryFacts, policy: Pick<Policy, 'securityQuestion'>, now: number): Offer {
  if (barOf({ ...facts, passwordBlockedAt: null }, now) !== undefined) return 'barred'
  if (facts.passwordBlockedAt !== null && isGuarded(facts.securityChangedAt, facts.passwordBlockedAt))
    return 'guarded'
  return policy.securityQuestion && !facts.hasQuestion ? 'no-question' : 'link'
}
