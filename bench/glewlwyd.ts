/** Debian's Glewlwyd, written in C, on an SQLite store of its own, with one person and one application. */
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { freePort } from '../test/support/database/postgres.ts'
import { application, authorizationOf, codesBy, type Party, person } from './parties.ts'
import { start } from './processes.ts'

const program = '/usr/bin/glewlwyd'
const schema = '/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3'
const libraries = '/usr/lib/glewlwyd'
/** What the schema gives the first administrator. */
const administrator = { username: 'admin', password: 'password' }
const password = 'Frost-over-7-Lakes!'

export const hasGlewlwyd = (): boolean => existsSync(program) && existsSync(schema)

const configuration = (port: number, store: string) => `
port=${port}
bind_address="127.0.0.1"
external_url="http://localhost:${port}"
login_url="login.html"
api_prefix="api"
log_mode="console"
log_level="NONE"
cookie_secure=0
session_key="GLEWLWYD2_SESSION_ID"
user_module_path="${libraries}/user"
client_module_path="${libraries}/client"
user_auth_scheme_module_path="${libraries}/scheme"
plugin_module_path="${libraries}/plugin"
hash_algorithm="SHA512"
database={ type="sqlite3"; path="${store}"; };
`

/** The same that Lintel does: code with PKCE, RS256, five minutes, refresh tokens that work once. */
function protocol(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return {
    iss: `${origin}/api/oidc`,
    'jwt-type': 'rsa',
    'jwt-key-size': '256',
    key: privateKey,
    cert: publicKey,
    'access-token-duration': 300,
    'refresh-token-duration': 86_400,
    'code-duration': 60,
    'refresh-token-rolling': true,
    'refresh-token-one-use': 'always',
    'allow-non-oidc': false,
    'auth-type-code-enabled': true,
    'auth-type-refresh-enabled': true,
    'auth-type-id-token-enabled': true,
    'pkce-allowed': true,
    'pkce-method-plain-allowed': false,
    'introspection-revocation-allowed': true,
    'introspection-revocation-allow-target-client': true,
    'name-claim': 'mandatory',
    'email-claim': 'mandatory',
    'subject-type': 'public',
    claims: [],
  }
}

/** Somebody at its programming interface, with the cookie that it gives. */
function visitor(origin: string) {
  let cookie = ''
  return {
    cookie: () => cookie,
    async ask(method: 'POST' | 'PUT', path: string, value: object): Promise<void> {
      const answer = await fetch(`${origin}/api${path}`, {
        method,
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify(value),
      })
      if (!answer.ok) throw new Error(`Glewlwyd answered ${answer.status} to ${path}: ${await answer.text()}`)
      cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    },
  }
}

/** Starts it in this folder. */
export async function startGlewlwyd(folder: string): Promise<Party> {
  const store = join(folder, 'glewlwyd.db')
  const database = new DatabaseSync(store)
  database.exec(readFileSync(schema, 'utf8'))
  database.close()
  const port = await freePort()
  const file = join(folder, 'glewlwyd.conf')
  await writeFile(file, configuration(port, store))
  const running = await start(`exec ${program} --config-file=${file}`, '/config', { PORT: String(port) })
  const { origin } = running
  const { id, secret, callback } = application
  const desk = visitor(origin)
  await desk.ask('POST', '/auth/', administrator)
  await desk.ask('POST', '/mod/plugin/', {
    module: 'oidc',
    name: 'oidc',
    display_name: 'oidc',
    parameters: protocol(origin),
  })
  await desk.ask('POST', '/client/', {
    client_id: id,
    name: id,
    confidential: true,
    enabled: true,
    password: secret,
    client_secret: secret,
    redirect_uri: [callback],
    authorization_type: ['code', 'refresh_token', 'id_token'],
    token_endpoint_auth_method: ['client_secret_basic'],
    scope: [],
  })
  const { preferred_username: username, name, email } = person
  await desk.ask('POST', '/user/', { username, name, email, enabled: true, password, scope: ['openid'] })
  const browser = visitor(origin)
  await browser.ask('POST', '/auth/', { username, password })
  await browser.ask('PUT', `/auth/grant/${id}`, { scope: 'openid' })
  const asked = authorizationOf(id).replace('openid+profile+email', 'openid')
  return {
    running,
    paths: {
      token: '/api/oidc/token',
      userinfo: '/api/oidc/userinfo',
      introspection: '/api/oidc/introspect',
    },
    id,
    secret,
    codes: count =>
      codesBy(origin, `/api/oidc/auth?${asked}&g_continue`, Array(4).fill(browser.cookie()), count),
  }
}
