import type { Role } from '../store/schema.ts'

/** What an application is known as to the protocol and to people. */
export interface Application {
  /** The client id. */
  readonly id: string
  readonly name: string
  /** What it is for, in one line; shown on Home. */
  readonly purpose: string
  readonly preset: string
  /** Where Home leads; undefined: it is opened from elsewhere. */
  readonly launchUrl: string | undefined
  /** Addresses that a code may be sent to; compared byte by byte (RFC 9700, 2.1). */
  readonly redirectUris: readonly string[]
  readonly signOutUris: readonly string[]
  /** Told when a session ends (OpenID Connect Back-Channel Logout 1.0). */
  readonly backchannelUri: string | undefined
  /** A JWT goes to an application that reads it by itself; it cannot be called back. */
  readonly tokenForm: 'opaque' | 'jwt'
  /** Why it need not send a PKCE challenge; undefined: it must. */
  readonly pkceException: string | undefined
  readonly takesFormPost: boolean
  /** A subject of its own, so that two applications cannot compare people. */
  readonly pairwise: boolean
  readonly needsSecondStep: boolean
  /** Asks which organization and workgroup before each entry, where there is a choice. */
  readonly asksWorkplace: boolean
  /** A refresh counts as the person's activity. */
  readonly refreshIsActivity: boolean
  /** The people who may use it: everybody, or those who match one of these. */
  readonly allowed: Allowed
  readonly createdAt: number
  readonly disabledAt: number | null
  readonly lastUsedAt: number | null
  readonly version: number
}

/** Roles, and ids of workgroups and organizations that a person works as in this sign-in. */
export interface Allowed {
  readonly roles: readonly Role[]
  readonly workgroups: readonly string[]
  readonly organizations: readonly string[]
}

export const everybody: Allowed = { roles: [], workgroups: [], organizations: [] }

/** The person who asks, as they work in this sign-in. */
export interface Asker {
  readonly role: Role
  readonly workgroup: string | undefined
  readonly organization: string | undefined
  readonly hasSecondStep: boolean
}

type Entrance = 'open' | 'disabled' | 'not-allowed' | 'second-step'

const isOne = (list: readonly string[], value: string | undefined): boolean =>
  value !== undefined && list.includes(value)

/** Whether somebody matches what the application is limited to. Pure. */
export function isAllowed({ roles, workgroups, organizations }: Allowed, asker: Asker): boolean {
  const isForAll = roles.length + workgroups.length + organizations.length === 0
  return (
    isForAll ||
    isOne(roles, asker.role) ||
    isOne(workgroups, asker.workgroup) ||
    isOne(organizations, asker.organization)
  )
}

/** What stands between a person inside and an application; asked at every entry, refresh and use of a token. Pure. */
export function entranceOf(
  application: Pick<Application, 'allowed' | 'disabledAt' | 'needsSecondStep'>,
  asker: Asker,
): Entrance {
  if (application.disabledAt !== null) return 'disabled'
  if (!isAllowed(application.allowed, asker)) return 'not-allowed'
  return application.needsSecondStep && !asker.hasSecondStep ? 'second-step' : 'open'
}
