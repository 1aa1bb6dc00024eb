import { type AccountState, type Bar, barOf } from '../../account/rules.ts'
import type { PasswordKind } from '../../recovery/welcome/standing.ts'
import { strangerLimit } from '../../throttle/rules.ts'

/** Everything that decides whether somebody can sign in now. Times are milliseconds since 1970. */
export interface SignInState {
  readonly state: AccountState
  /** `none`: there is no password yet; `mailed-link`: a temporary one that nobody was shown. */
  readonly password: PasswordKind
  readonly temporaryUntil: number | null
  readonly stranger: Wait
  readonly known: Wait
  readonly code: Wait
}

/** A counter of wrong tries. */
export interface Wait {
  readonly failures: number
  readonly until: number
}

export const noWait: Wait = { failures: 0, until: 0 }

/** The counters of several ways as one: all their wrong tries, and the longest wait. */
export const worstWait = (waits: readonly Wait[]): Wait => ({
  failures: waits.reduce((sum, { failures }) => sum + failures, 0),
  until: Math.max(0, ...waits.map(({ until }) => until)),
})

export type Verdict = {
  readonly can: boolean
  /** Key of the sentence. */
  readonly say:
    | Bar
    | 'no-password'
    | 'temporary-over'
    | 'link-over'
    | 'locked-out'
    | 'waits'
    | 'waits-code'
    | 'known-waits'
    | 'first-sign-in'
    | 'by-link'
    | 'leaving'
    | 'yes'
  /** Until when, or from when, for the sentence. */
  readonly at: number | null
}

const no = (say: Verdict['say'], at: number | null = null): Verdict => ({ can: false, say, at })
const yes = (say: Verdict['say'], at: number | null = null): Verdict => ({ can: true, say, at })

/** Tells whether a person can sign in now; the first thing that bars them is what is said. */
export function verdictOf(facts: SignInState, now: number): Verdict {
  const { state } = facts
  const bar = barOf(state, now)
  if (bar !== undefined) return no(bar, barEnd(bar, state))
  if (facts.password === 'none') return no('no-password')
  if (facts.password !== 'own' && facts.temporaryUntil !== null && facts.temporaryUntil <= now)
    return no(facts.password === 'mailed-link' ? 'link-over' : 'temporary-over', facts.temporaryUntil)
  if (facts.stranger.failures >= strangerLimit) return no('locked-out')
  if (facts.stranger.until > now) return no('waits', facts.stranger.until)
  if (facts.code.until > now) return no('waits-code', facts.code.until)
  if (facts.known.until > now) return no('known-waits', facts.known.until)
  if (facts.password === 'temporary') return yes('first-sign-in', facts.temporaryUntil)
  if (facts.password === 'mailed-link') return yes('by-link', facts.temporaryUntil)
  return state.leavingAt === null ? yes('yes') : yes('leaving', state.leavingAt)
}

function barEnd(bar: Bar, state: AccountState): number | null {
  if (bar === 'suspended') return state.suspendedUntil
  if (bar === 'closed') return state.leavingAt
  if (bar === 'deactivated') return state.deactivatedAt
  return null
}
