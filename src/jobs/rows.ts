import type { Selectable } from 'kysely'
import type { AccountState } from '../account/rules.ts'
import type { Standing } from '../account/standing.ts'
import type { AccountTable } from '../store/schema.ts'

export type AccountRow = Selectable<AccountTable>

export const stateOfRow = (row: AccountRow): AccountState => ({
  deactivatedAt: row.deactivated_at,
  suspendedUntil: row.suspended_until,
  leavingAt: row.leaving_at,
  dormantSince: row.dormant_since,
  passwordBlockedAt: row.password_blocked_at,
  trainingLapsed: row.training_state === 'lapsed',
})

export const standingOf = (row: AccountRow): Standing => ({ role: row.role, state: stateOfRow(row) })
