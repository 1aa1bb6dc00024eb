import { timingSafeEqual } from 'node:crypto'
import Provider, {
  type Configuration,
  interactionPolicy,
  type JWK,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import type { Application } from '../applications/rules.ts'
import { entranceOf } from '../applications/rules.ts'
import { secretsOf } from '../applications/store.ts'
import { isCodeProven } from '../session/proofs.ts'
import { hashToken } from '../store/ids.ts'
import { adapterOf, sessionCookie } from './adapter.ts'
import { claimsOf, contexts, scopes } from './claims.ts'
import { postedMode } from './client.ts'
import { ensureKeys, listKeys, openKeys, type SigningKey } from './keys.ts'
import { paths, wishAddress } from './paths.ts'
import { accountOf, pairwiseSubject, sidOf } from './subjects.ts'
import { askerOf, type TokenParts } from './tokens.ts'
import { currentWork, type Posted, type Wish } from './work.ts'

interface EngineParts extends TokenParts {
  /** Such as `https://hmis.example.org`. */
  readonly issuer: string
  readonly now: () => number
}

const minute = 60
/** Milliseconds that an application has to take a notice. */
const noticePatience = 5_000

/** Seconds that each lives at most; none outlives the session that it came from. */
const lifetimes = {
  AuthorizationCode: minute,
  AccessToken: 5 * minute,
  IdToken: 5 * minute,
  RefreshToken: 24 * 60 * minute,
  Session: 24 * 60 * minute,
  Grant: 24 * 60 * minute,
  Interaction: minute,
} as const

const { Check, Prompt, base } = interactionPolicy

/** What the person must do before an application is entered, in the order in which it is asked. */
function policyOfEntry() {
  const policy = base()
  policy.get('consent')?.checks.clear()
  const entry = (wish: Wish, error: string) =>
    new Check(wish, 'something has to be done first', error, ctx => {
      const { session, application } = currentWork()
      if (session === undefined || application === undefined) return Check.NO_NEED_TO_PROMPT
      return wishFor(ctx, application) === wish ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
    })
  policy.add(
    new Prompt(
      { name: 'entry', requestable: false },
      entry('not-allowed', 'access_denied'),
      entry('second-step', 'interaction_required'),
      entry('workplace', 'interaction_required'),
    ),
  )
  return policy
}

function wishFor({ oidc }: KoaContextWithOIDC, application: Application): Wish | undefined {
  const { session, hasChosenPlace } = currentWork()
  if (session === undefined) return undefined
  const entrance = entranceOf(application, askerOf(session))
  if (entrance === 'second-step') return 'second-step'
  if (entrance !== 'open') return 'not-allowed'
  const asked = String(oidc.params?.['acr_values'] ?? '').split(' ')
  if (asked[0] === contexts.twoStep && !isCodeProven(session.proofs)) return 'second-step'
  const isSilent = oidc.prompts.has('none')
  const { organizations, workgroups } = session.facts
  const hasChoice = organizations > 1 || workgroups > 1
  const asksPlace = application.asksWorkplace && hasChoice && !hasChosenPlace && !isSilent
  return asksPlace ? 'workplace' : undefined
}

/** Whether a secret is one of the application's; takes the same time for each wrong one. */
async function isRightSecret({ store }: TokenParts, applicationId: string, given: string): Promise<boolean> {
  const hash = Buffer.from(hashToken(given))
  let right: string | undefined
  for (const secret of await secretsOf(store, applicationId))
    if (timingSafeEqual(Buffer.from(secret.hash), hash)) right = secret.id
  if (right !== undefined) currentWork().secretId = right
  return right !== undefined
}

function configurationOf(parts: EngineParts, keys: readonly SigningKey[]): Configuration {
  const { store } = parts
  const audience = (application: Application | undefined) => `${parts.issuer}/applications/${application?.id}`
  return {
    adapter: adapterOf(parts),
    jwks: { keys: [...keys] as JWK[] },
    routes: paths,
    ttl: lifetimes,
    scopes: ['openid', 'offline_access'],
    claims: { ...scopes, iss: null },
    acrValues: Object.values(contexts),
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    subjectTypes: ['public', 'pairwise'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    cookies: { names: { session: sessionCookie, interaction: 'interaction', resume: 'resume' } },
    pkce: { required: () => currentWork().application?.pkceException === undefined },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    expiresWithSession: () => false,
    enabledJWA: { idTokenSigningAlgValues: ['RS256'], userinfoSigningAlgValues: ['RS256'] },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      userinfo: { enabled: true },
      introspection: {
        enabled: true,
        allowedPolicy: (_, client, token) => client.clientId === token.clientId,
      },
      revocation: { enabled: true, allowedPolicy: (_, client, token) => client.clientId === token.clientId },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: ctx => {
          const { post_logout_redirect_uri: to, state } = ctx.oidc.params ?? {}
          ctx.type = 'json'
          ctx.body = { application: ctx.oidc.client?.clientId, to, state } satisfies SignOutAnswer
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => {
          const { application } = currentWork()
          return application?.tokenForm === 'jwt' ? audience(application) : []
        },
        useGrantedResource: () => currentWork().application?.tokenForm === 'jwt',
        getResourceServerInfo: () => ({
          scope: 'openid profile email offline_access',
          audience: currentWork().application?.id ?? '',
          accessTokenFormat: 'jwt',
          accessTokenTTL: lifetimes.AccessToken,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    interactions: {
      policy: policyOfEntry(),
      url: (_, interaction) => {
        const { name, reasons } = interaction.prompt
        if (name === 'entry') return wishAddress(reasons[0] as Wish)
        return wishAddress(currentWork().session === undefined ? 'sign-in' : 'prove-again')
      },
    },
    loadExistingGrant: async ({ oidc }) => {
      const { session, application } = currentWork()
      const accountId = oidc.session?.accountId
      if (session === undefined || application === undefined || accountId === undefined || !oidc.session)
        return undefined
      oidc.session.sidFor(application.id, sidOf(session.id, application.id))
      const grant = new oidc.provider.Grant({ accountId, clientId: application.id })
      const asked = String(oidc.params?.['scope'] ?? 'openid')
      grant.addOIDCScope(asked)
      if (application.tokenForm === 'jwt') grant.addResourceScope(audience(application), asked)
      await grant.save()
      return grant
    },
    findAccount: async ({ oidc }, accountId) => {
      const work = currentWork()
      const session = work.token?.session ?? work.session
      if (session === undefined || session.person.id !== accountOf(accountId)) return undefined
      return {
        accountId,
        claims: () =>
          claimsOf(store, session, {
            subject: accountId,
            sid: sidOf(session.id, oidc.client?.clientId ?? ''),
            emailProven: session.row.email_proven_at !== null,
          }),
      }
    },
    pairwiseIdentifier: (_, accountId, client) =>
      pairwiseSubject(store, client.clientId, accountOf(accountId)),
    fetch: (address, options) =>
      fetch(address, {
        method: options?.method ?? 'POST',
        headers: options?.headers ?? {},
        body: options?.body ?? null,
        redirect: 'manual',
        signal: AbortSignal.timeout(noticePatience),
      }),
    renderError: (ctx, out) => {
      ctx.type = 'json'
      ctx.body = out
    },
  }
}

/** What the engine says of a request to sign out. */
export interface SignOutAnswer {
  readonly application: string | undefined
  /** A registered address; undefined: none that may be led to. */
  readonly to: unknown
  readonly state: unknown
}

export type Engine = Provider

/** Makes an engine that signs with these keys. */
function createEngine(parts: EngineParts, keys: readonly SigningKey[]): Engine {
  const provider = new Provider(parts.issuer, configurationOf(parts, keys))
  provider.proxy = true
  provider.registerResponseMode(postedMode, (ctx, action, fields) => {
    currentWork().posted = { action, fields: fields as Posted['fields'] }
    ctx.status = 200
    ctx.body = ''
  })
  provider.Client.prototype.compareClientSecret = function compare(given: string) {
    return isRightSecret(parts, this.clientId, given)
  }
  return provider
}

/** Milliseconds for which keys are not read again: the next one was published long before it signs, the former stays for a day. */
const keysAge = 1_000

/** The engine for the keys as they stand: a key that another process changes is seen within a second. */
export function createEngines(parts: EngineParts): () => Promise<Engine> {
  let made: { readonly keys: string; readonly engine: Engine; readonly readAt: number } | undefined
  return async () => {
    const now = parts.now()
    if (made !== undefined && made.readAt <= now && now < made.readAt + keysAge) return made.engine
    let keys = await listKeys(parts.store, now)
    if (keys.length === 0) {
      await ensureKeys(parts, now)
      keys = await listKeys(parts.store, now)
    }
    const name = keys.map(({ id, stage }) => `${id} ${stage}`).join()
    const engine = made?.keys === name ? made.engine : createEngine(parts, openKeys(parts.keyring, keys))
    made = { keys: name, engine, readAt: now }
    return engine
  }
}
