import { parsePolicy } from '../policy/policy.ts'
import type { Policy } from '../policy/table.ts'
import type { EndReason, Role, Theme } from '../store/schema.ts'
import type { AccountRow, Place } from './facts.ts'
import type { Facts, Step } from './next-step.ts'
import type { Proofs } from './proofs.ts'

export interface Person {
  readonly id: string
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly role: Role
  readonly language: string
  readonly theme: Theme
  readonly epoch: number
}

interface HolderBase {
  /** Stays from the right password to the end, whatever the cookie holds. */
  readonly id: string
  /** SHA-256 of the cookie's token: what a change of the cookie claims. */
  readonly tokenHash: string
  readonly proofs: Proofs
  readonly person: Person
  readonly csrfSecret: string
  readonly facts: Facts
  /** The step that is open; undefined: the way inside is free. */
  readonly step: Step | undefined
  readonly organization: Place | undefined
  readonly workgroup: Place | undefined
  /** How many failed tries came before this sign-in since the one before. */
  readonly failuresBefore: number
  readonly returnTo: string
  readonly row: AccountRow
}

/** Has given the right password and still has steps to do; can do nothing else. */
export interface Pending extends HolderBase {
  readonly kind: 'pending'
  /** The computer is to be remembered as the person's own. */
  readonly keepsComputer: boolean
  readonly createdAt: number
}

/** Has done every step. */
export interface Session extends HolderBase {
  readonly kind: 'session'
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly previousSignInAt: number | null
  /** Came with the cookie before the newest: what was on its way may be read, and nothing more. */
  readonly isFormer: boolean
  /** When the password was last asked for again, in milliseconds since 1970. */
  readonly reauthenticatedAt: number | null
}

export type Holder = Pending | Session

/** A session that this browser still has a cookie of, and that is over. */
export interface EndedSession {
  readonly id: string
  readonly accountId: string
  /** The credential epoch that it was made under. */
  readonly epoch: number
  readonly csrfSecret: string
  readonly reason: EndReason
  /** Tells whether the row already says so; a time-out is first seen by the request after it. */
  readonly stored: boolean
}

export interface Stranger {
  readonly kind: 'stranger'
  readonly ended: EndedSession | undefined
}

export type Visitor = Holder | Stranger

export const personOf = (row: AccountRow): Person => ({
  id: row.account_id,
  username: row.username,
  firstName: row.first_name,
  lastName: row.last_name,
  email: row.email,
  role: row.role,
  language: row.language,
  theme: row.theme,
  epoch: row.account_epoch,
})

export const policyOf = (holder: Holder): Policy => parsePolicy(holder.row.policy)
