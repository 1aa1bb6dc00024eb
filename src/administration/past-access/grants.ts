import type { Bar } from '../../account/rules.ts'
import type { EventName } from '../../audit/events.ts'
import type { FlagsThen } from '../../audit/evidence.ts'

/** Events from which it is read who had access. */
export const accessEvents = [
  'access_baseline',
  'user_created',
  'privilege_permissions_changed',
  'user_updated',
  'user_archived',
  'sensitive_create',
  'sensitive_update',
] as const satisfies readonly EventName[]

/** A record of the log, as far as it is needed; in the order of `at`, then chain and position. */
export interface AccessRecord {
  readonly at: number
  readonly event: string
  readonly actor: string
  readonly subject: string | null
  readonly args: string
}

/** Since when, and by whom. Null: it was so when the log began to hold who has access. */
export interface Given {
  readonly since: number | null
  readonly by: string | null
}

export type GrantKind = 'account' | 'role' | 'organization' | 'workgroup' | 'limited-to' | 'contact'

export type GrantFlags = Pick<FlagsThen, 'signIn' | 'edit'>

/** One thing that somebody has, with the names of its day. */
export interface NamedGrant extends Given {
  readonly kind: GrantKind
  /** The id of a place, or the name of a role; empty for an account. */
  readonly id: string
  /** For an organization. */
  readonly flags?: GrantFlags | undefined
  readonly accountId: string
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  /** The role, organization or workgroup; nothing of an account. */
  readonly name: string
}

/** Why a grant ended: the account could not be used any more, or it was taken, changed or retired. */
export type Why = Exclude<Bar, 'locked-down'> | 'taken' | 'retired'

/** What ended; of an organization or workgroup that was retired once, for all who had it: nobody is named. */
export interface Ending extends NamedGrant {
  readonly endedAt: number
  readonly endedBy: string
  readonly why: Why
}
