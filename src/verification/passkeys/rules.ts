import type { AuthData } from './answer.ts'

/** What is kept of a credential for the next time. */
export interface KeptState {
  readonly backupEligible: boolean
  readonly signCount: number
}

/**
 * Whether a credential looks like the one that was added. One that may be copied by its provider has a counter that says
 * nothing; of any other there is one, whose counter only goes up. Whether it may be copied never changes
 * (W3C Web Authentication 3, 6.1.1, 6.1.3).
 */
export function isCopy(kept: KeptState, now: Pick<AuthData, 'backupEligible' | 'signCount'>): boolean {
  if (kept.backupEligible !== now.backupEligible) return true
  if (kept.backupEligible) return false
  return (kept.signCount > 0 || now.signCount > 0) && now.signCount <= kept.signCount
}

/** Passkeys and security keys of one person at most. */
export const mostPasskeys = 20
