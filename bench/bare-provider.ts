/** The reference for applications: oidc-provider as it comes, with its memory adapter, a person and an application in memory. */
import { generateKeyPairSync } from 'node:crypto'
import Provider from 'oidc-provider'
import { application, challenge, person } from './parties.ts'

const port = Number(process.env['PORT'])
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const minute = 60

const provider = new Provider(`http://localhost:${port}`, {
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }] },
  clients: [
    {
      client_id: application.id,
      client_secret: application.secret,
      redirect_uris: [application.callback],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  ],
  scopes: ['openid', 'offline_access'],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'], email: ['email'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  rotateRefreshToken: true,
  issueRefreshToken: async () => true,
  expiresWithSession: () => false,
  ttl: { AuthorizationCode: minute, AccessToken: 5 * minute, IdToken: 5 * minute, RefreshToken: 60 * minute },
  cookies: { keys: ['bench'] },
  features: {
    devInteractions: { enabled: false },
    introspection: { enabled: true },
    resourceIndicators: { enabled: false },
  },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ ...person, sub: accountId }) }),
})

const scope = 'openid profile email'

/** A code as an authorization would have left it. */
async function newCode(): Promise<string> {
  const client = await provider.Client.find(application.id)
  if (client === undefined) throw new Error('The application is not there.')
  const grant = new provider.Grant({ accountId: person.sub, clientId: application.id })
  grant.addOIDCScope(scope)
  const code = new provider.AuthorizationCode({
    client,
    accountId: person.sub,
    grantId: await grant.save(),
    redirectUri: application.callback,
    scope,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    nonce: 'nonce',
    authTime: Math.floor(Date.now() / 1_000),
    gty: 'authorization_code',
  })
  return code.save()
}

provider.use(async (ctx, next) => {
  if (ctx.path === '/') ctx.body = 'ready'
  else if (ctx.path === '/codes')
    ctx.body = await Promise.all(Array.from({ length: Number(ctx.query['count']) }, newCode))
  else await next()
})
provider.listen(port, '127.0.0.1')
