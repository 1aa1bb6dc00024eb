import type { Adapter, AdapterPayload } from 'oidc-provider'
import { findApplication } from '../applications/store.ts'
import type { TokenKind } from '../store/schema.ts'
import { proofClaims } from './claims.ts'
import { clientOf } from './client.ts'
import { sidOf, subjectOf } from './subjects.ts'
import { findToken, isSpent, type TokenParts } from './tokens.ts'
import { currentWork, type Payload, type Work } from './work.ts'

/** The cookie by which the engine finds the session of the person who asks. It never leaves the process. */
export const sessionCookie = 'current'

const kinds: readonly string[] = ['AuthorizationCode', 'AccessToken', 'RefreshToken']
const isKind = (name: string): name is TokenKind => kinds.includes(name)

/** Seconds since 1970 that no token reaches. */
const never = 8_640_000_000

/**
 * The engine's store. Nothing is written while it runs: what it wants written is collected and written in one transaction
 * before the answer leaves. Its sessions and grants are not rows: they are derived from ours at every look-up.
 */
export const adapterOf =
  (parts: TokenParts) =>
  (name: string): Adapter => ({
    async upsert(id, payload, expiresIn = 0) {
      if (isKind(name))
        currentWork().changes.push({ kind: 'put', of: name, id, payload: payload as Payload, expiresIn })
    },
    find: id => find(parts, name, id),
    async consume(id) {
      if (isKind(name))
        currentWork().changes.push({
          kind: 'consume',
          of: name,
          id,
          family: currentWork().token?.family ?? '',
        })
    },
    async destroy(id) {
      if (isKind(name)) currentWork().changes.push({ kind: 'drop', id })
    },
    async revokeByGrantId(family) {
      currentWork().changes.push({ kind: 'revoke', family })
    },
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
  })

async function find(parts: TokenParts, name: string, id: string): Promise<AdapterPayload | undefined> {
  const work = currentWork()
  if (name === 'Client') return findClient(parts, work, id)
  if (name === 'Session') return id === sessionCookie ? sessionOf(work) : undefined
  if (name === 'Grant') return grantOf(work, id)
  if (!isKind(name)) return undefined
  const token = await findToken(parts, name, id, work)
  if (token === undefined) return undefined
  work.token = token
  const isUsedUp = isSpent(name, token.consumedAt, work.now)
  return { ...token.payload, ...(isUsedUp && { consumed: Math.floor((token.consumedAt ?? 0) / 1_000) }) }
}

async function findClient(
  { store }: TokenParts,
  work: Work,
  id: string,
): Promise<AdapterPayload | undefined> {
  const known = work.token?.application
  const application = known?.id === id ? known : await findApplication(store, id)
  if (application === undefined || (application.disabledAt !== null && !work.isNotice)) return undefined
  work.application = application
  return clientOf(application)
}

/** Stands for who is signed out already: the engine checks a request to sign out only of somebody. */
const nobody: AdapterPayload = {
  kind: 'Session',
  jti: sessionCookie,
  uid: sessionCookie,
  accountId: 'nobody',
  loginTs: 0,
  iat: 0,
  exp: never,
}

/** The person's session, for the application that asks. */
function sessionOf({ session, now, application, isLeaving }: Work): AdapterPayload | undefined {
  if (session === undefined) return isLeaving ? nobody : undefined
  const { acr, amr, authTime } = proofClaims(session.proofs)
  return {
    kind: 'Session',
    jti: sessionCookie,
    uid: session.id,
    accountId: subjectOf(session.person.id),
    loginTs: authTime,
    acr,
    amr: [...amr],
    iat: Math.floor(now / 1_000),
    exp: never,
    ...(application && { authorizations: { [application.id]: { sid: sidOf(session.id, application.id) } } }),
  }
}

/** All that was asked for is granted: the applications are the community's own, and the administrator has registered them. */
function grantOf({ token }: Work, id: string): AdapterPayload | undefined {
  if (token === undefined || token.family !== id) return undefined
  const { accountId, clientId, scope, resource } = token.payload
  return {
    kind: 'Grant',
    jti: id,
    iat: 0,
    exp: never,
    ...(accountId !== undefined && { accountId }),
    ...(clientId !== undefined && { clientId }),
    openid: { scope: String(scope ?? 'openid') },
    ...(typeof resource === 'string' && { resources: { [resource]: String(scope ?? 'openid') } }),
  }
}
