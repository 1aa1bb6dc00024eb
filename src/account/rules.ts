import type { Selectable } from 'kysely'
import type { AccountTable, Role } from '../store/schema.ts'

/** What a username may be made of; anything else could be confused or break a line somewhere. */
export const usernameShape = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/
/** Longer entries are refused before anything is looked up. Code points. */
export const longestEntry = 256

/** Facts of an account that decide whether it may be inside. Times are milliseconds since 1970. */
export interface AccountState {
  readonly deactivatedAt: number | null
  readonly suspendedUntil: number | null
  readonly leavingAt: number | null
  readonly dormantSince: number | null
  readonly passwordBlockedAt: number | null
  readonly trainingLapsed: boolean
}

/** The columns of an account that are needed for them. */
export const stateColumns = [
  'deactivated_at',
  'suspended_until',
  'leaving_at',
  'dormant_since',
  'password_blocked_at',
  'training_state',
] as const satisfies readonly (keyof AccountTable)[]

export type StateRow = Pick<Selectable<AccountTable>, (typeof stateColumns)[number]>

export const stateOf = (row: StateRow): AccountState => ({
  deactivatedAt: row.deactivated_at,
  suspendedUntil: row.suspended_until,
  leavingAt: row.leaving_at,
  dormantSince: row.dormant_since,
  passwordBlockedAt: row.password_blocked_at,
  trainingLapsed: row.training_state === 'lapsed',
})

export type Bar = 'deactivated' | 'closed' | 'suspended' | 'inactive' | 'training-expired' | 'locked-down'

/** Why an account may not be inside now; undefined: it may. */
export function barOf(state: AccountState, now: number): Bar | undefined {
  if (state.deactivatedAt !== null) return 'deactivated'
  if (state.leavingAt !== null && state.leavingAt <= now) return 'closed'
  if (state.suspendedUntil !== null && state.suspendedUntil > now) return 'suspended'
  if (state.passwordBlockedAt !== null) return 'locked-down'
  if (state.dormantSince !== null) return 'inactive'
  if (state.trainingLapsed) return 'training-expired'
  return undefined
}

const ranks: Record<Role, number> = { user: 0, helpdesk: 1, administrator: 2 }

/** Nobody touches an account of an equal or higher role, save an administrator. */
export const mayManage = (agent: Role, subject: Role): boolean =>
  agent === 'administrator' || ranks[agent] > ranks[subject]

export const isStaff = (role: Role): boolean => role !== 'user'

/** At most two letters for the round button of the user settings menu. */
export function initialsOf(firstName: string, lastName: string): string {
  const first = (name: string) => Array.from(name.trim())[0]?.toUpperCase() ?? ''
  return `${first(firstName)}${first(lastName)}` || '?'
}
