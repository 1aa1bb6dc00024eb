import type { Role } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { type AccountState, type StateRow, stateOf } from './rules.ts'
import { countAdministrator } from './store.ts'

export interface Standing {
  readonly role: Role
  readonly state: Pick<
    AccountState,
    'deactivatedAt' | 'suspendedUntil' | 'leavingAt' | 'dormantSince' | 'trainingLapsed'
  >
}

export const standingOf = (row: StateRow & { readonly role: Role }): Standing => ({
  role: row.role,
  state: stateOf(row),
})

/** Tells whether an account is among the counted active administrators. One that is to leave, is suspended or lacks training no longer is. */
export const isCounted = ({ role, state }: Standing): boolean =>
  role === 'administrator' &&
  state.deactivatedAt === null &&
  state.suspendedUntil === null &&
  state.leavingAt === null &&
  state.dormantSince === null &&
  !state.trainingLapsed

/**
 * Brings the count of active administrators in line with a change of one account, whose row the transaction holds.
 * @returns false when it would take the last one: then nothing may be written.
 */
export async function moveStanding(tx: Tx, before: Standing, after: Standing): Promise<boolean> {
  const change = Number(isCounted(after)) - Number(isCounted(before))
  if (change === 0) return true
  return countAdministrator(tx, change > 0 ? 1 : -1)
}
