/**
 * The facts of those records from which it is read who had access to what on a day. What is written here is never
 * changed: the records are read for years, and may be all that is left.
 */

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** Facts of an event; never a password, answer, code, token or session id. */
export type Facts = { readonly [name: string]: Json }

/** An organization or workgroup, by the name that it had then. */
export type PlaceThen = { readonly id: string; readonly name: string }

/** 1 or 0: what a membership of an organization allows; without `active` it is as if it were not there. */
export type FlagsThen = { readonly active: 0 | 1; readonly signIn: 0 | 1; readonly edit: 0 | 1 }

export type MembershipThen = PlaceThen & FlagsThen

/** A person as the log identifies them. */
export type NamesThen = {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
}

/** What somebody is given. */
export type AccessThen = {
  readonly role: string
  readonly organizations: readonly MembershipThen[]
  readonly workgroups: readonly PlaceThen[]
  /** Organizations that an agent of the helpdesk is limited to; none: no limit. Absent: no agent. */
  readonly limit?: readonly PlaceThen[]
}

/** One organization of a changed access; null: no membership. */
export type MembershipChange = PlaceThen & {
  readonly before: FlagsThen | null
  readonly after: FlagsThen | null
}

/** One workgroup of a changed access. */
type WorkgroupChange = PlaceThen & { readonly after: boolean }

export type PermissionsChanged =
  /** Only what was changed: who is limited to some organizations reads their own records. */
  | {
      readonly change: 'access'
      /** Their last day in the organization that they left. */
      readonly leftOn?: string
      /** The primary organization, where it moved with them. */
      readonly primary?: PlaceThen
      readonly organizations: readonly MembershipChange[]
      readonly workgroups: readonly WorkgroupChange[]
    }
  | {
      readonly change: 'role'
      readonly before: string
      readonly after: string
      readonly limit?: readonly PlaceThen[]
      /** Sessions that ended by it. */
      readonly ended?: number
    }
  /** Organizations that they are the contact of. */
  | {
      readonly change: 'contact'
      readonly before: readonly PlaceThen[]
      readonly after: readonly PlaceThen[]
      readonly ended: number
    }
  | {
      readonly change: 'limit'
      readonly before: readonly PlaceThen[]
      readonly limit: readonly PlaceThen[]
      readonly ended?: number
    }

/** Why somebody cannot sign in, each with its moment in milliseconds since 1970. */
export type StandingThen = {
  readonly deactivatedAt: number | null
  readonly suspendedUntil: number | null
  readonly leavingAt: number | null
  readonly dormantSince: number | null
  readonly lockedAt: number | null
  readonly trainingLapsed: boolean
}

/** How everything stood when the log began to hold who has access. */
export type Baseline =
  | ({ readonly of: 'account' } & NamesThen & AccessThen & StandingThen)
  | {
      readonly of: 'organization' | 'workgroup'
      readonly name: string
      readonly retiredAt: number | null
    }
  /** The last one: from its moment on a day can be asked for. */
  | { readonly of: 'everything'; readonly accounts: number }

/** What was, and what is instead of it. */
export type Replaced = { readonly before: string; readonly after: string }

/** Changed details of a person; what stayed as it was is absent. */
export type DetailsChanged = {
  readonly change: 'details'
  readonly emailChanged: boolean
  /** For a changed email: whether the old address was told. */
  readonly oldTold?: boolean
  /** Sessions that ended by it. */
  readonly ended?: number
  readonly firstName?: Replaced
  readonly lastName?: Replaced
  readonly email?: Replaced
  readonly workPhone?: Replaced
  readonly workExtension?: Replaced
  readonly jobTitle?: Replaced
  readonly supervisor?: Replaced
  /** Empty: none. */
  readonly primaryOrganization?: {
    readonly before: readonly PlaceThen[]
    readonly after: readonly PlaceThen[]
  }
}

/** Facts of `user_updated` that say whether an account may be used; moments in milliseconds since 1970. */
export type StandingChanged =
  | { readonly change: 'reactivated'; readonly ended: string }
  | { readonly change: 'suspended'; readonly until: number; readonly ended: number }
  | { readonly change: 'suspension-ended'; readonly until: number }
  | { readonly change: 'leaving'; readonly before: number | null; readonly after: number | null }
  | { readonly change: 'dormant'; readonly unusedSince: number }
  | {
      readonly change: 'training'
      readonly before: string
      readonly after: string
      readonly finishedAt?: number
      readonly reason?: string
    }

/** Facts of an organization or workgroup that was made or changed, by the name that it has since then. */
export type PlaceChanged = PlaceMade | PlaceEdited | PlaceRetired

type PlaceMade = {
  readonly what: 'organization' | 'workgroup'
  readonly name: string
  readonly key?: string
  /** For a workgroup where these changed: who may give it, and the organizations it is tied to. */
  readonly givenBy?: string
  readonly tiedTo?: readonly PlaceThen[]
}
type PlaceEdited = PlaceMade & {
  readonly change: 'edited'
  readonly nameBefore: string
  readonly allowsChanged: boolean
  /** Only where the key was changed. */
  readonly keyBefore?: string
}
type PlaceRetired = PlaceMade & { readonly change: 'retired' | 'brought-back' }

/** Why somebody did it, in their words, and how the caller was identified. */
export type Said = {
  readonly reason?: string
  readonly identified?: string
  readonly ticket?: string
  /** Shared by the records of all people to whom it was done at once. */
  readonly many?: string
}

/** Events whose facts have a shape of their own. */
export interface ShapedFacts {
  readonly user_created: NamesThen & AccessThen & Said & { readonly import?: string }
  readonly privilege_permissions_changed: PermissionsChanged & Said
  readonly access_baseline: Baseline
}
