import type { Wish } from './work.ts'

/** Where the engine's parts are found; discovery names them. */
export const paths = {
  discovery: '/.well-known/openid-configuration',
  authorization: '/oidc/authorize',
  token: '/oidc/token',
  userinfo: '/oidc/userinfo',
  introspection: '/oidc/introspect',
  revocation: '/oidc/revoke',
  jwks: '/oidc/jwks',
  end_session: '/oidc/sign-out',
} as const

/** Where a person is led who has to do something before an application is entered. */
export const entryAddress = '/applications/enter'

/** Where the form goes by which a person signs out because an application asked. */
export const leavingAddress = '/applications/sign-out'

const wishes = '/wish/'

/** Where the engine leads when the person has to do something first; it never leaves the process. */
export const wishAddress = (wish: Wish): string => wishes + wish

export const wishOf = (address: string | undefined): Wish | undefined =>
  address?.startsWith(wishes) ? (address.slice(wishes.length) as Wish) : undefined
