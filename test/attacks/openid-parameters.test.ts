/** What stands in the parameters of OpenID Connect, at every address that takes some. */
import assert from 'node:assert/strict'
import { newToken } from '../../src/store/ids.ts'
import { eachEngine } from '../support/database/store.ts'
import { callback, claimsIn, openParty, type Tokens } from '../support/people/party.ts'

const form = 'application/x-www-form-urlencoded'
const client = ['client_id', 'client_secret', 'client_assertion', 'client_assertion_type']
const asked = ['response_type', 'response_mode', 'redirect_uri', 'scope', 'state', 'nonce', 'resource']
const wished = ['prompt', 'max_age', 'acr_values', 'display', 'claims', 'request', 'request_uri']
const hints = ['id_token_hint', 'login_hint', 'logout_hint', 'ui_locales', 'claims_locales']
const proof = ['code_challenge', 'code_challenge_method', 'code_verifier']

/** What each address takes, by name. */
const parameters = {
  '/oidc/authorize': [
    ...['client_id', ...asked, ...wished, ...hints, ...proof],
    ...['lintel_asked', 'lintel_chosen', 'connector_id', '__proto__'],
  ],
  '/oidc/token': [
    ...client,
    ...proof,
    'grant_type',
    'code',
    'refresh_token',
    'redirect_uri',
    'scope',
    'resource',
  ],
  '/oidc/introspect': [...client, 'token', 'token_type_hint'],
  '/oidc/revoke': [...client, 'token', 'token_type_hint'],
  '/oidc/userinfo': ['access_token', 'scope'],
  '/oidc/sign-out': [...hints, 'client_id', 'post_logout_redirect_uri', 'state'],
} as const

const odd = [
  '\0',
  '%',
  '\u{1f98a}\ud800',
  "' or 1=1 --",
  '<script>alert(1)</script>',
  '../..',
  'a'.repeat(3_000),
  '\r\nSet-Cookie: x=1',
  '{"__proto__":{"admin":true}}',
]

eachEngine(
  'nonsense in any parameter of any address is a page or an error, never a fault of ours',
  async open => {
    const party = await openParty(await open())
    const who = await party.desk.signIn(party.desk.inside)
    const send = (path: string, name: string, value: string) => {
      if (path === '/oidc/authorize') return party.authorize(who, { [name]: value })
      if (path === '/oidc/sign-out') return who.get(`${path}?${new URLSearchParams({ [name]: value })}`)
      return party.post(path, { grant_type: 'authorization_code', [name]: value })
    }
    for (const [path, names] of Object.entries(parameters))
      for (const name of names)
        for (const value of odd) {
          const answer = await send(path, name, value)
          assert.ok(answer.status < 500, `${path} ${name} ${value.slice(0, 20)} ${answer.status}`)
          assert.doesNotMatch(answer.headers.get('set-cookie') ?? '', /x=1/, `${path} ${name}`)
          const isPage = answer.headers.get('content-type')?.startsWith('text/html')
          if (isPage) assert.doesNotMatch(await answer.text(), /<script>/, `${path} ${name}`)
        }
  },
)

eachEngine('a parameter that is sent twice is refused, whichever it is', async open => {
  const party = await openParty(await open())
  const who = await party.desk.signIn(party.desk.inside)
  const query = new URLSearchParams({
    client_id: party.id,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: callback,
    code_challenge: newToken(),
    code_challenge_method: 'S256',
    state: 'one',
    nonce: 'one',
  })
  for (const [name, value] of query) {
    const answer = await who.get(`/oidc/authorize?${query}&${new URLSearchParams({ [name]: value })}`)
    assert.doesNotMatch(answer.headers.get('location') ?? '', /[?&]code=/, name)
  }
  const { refresh_token } = await party.tokensFor(who)
  const fields = {
    grant_type: 'refresh_token',
    refresh_token,
    scope: 'openid',
    client_id: party.id,
    client_secret: party.secret,
  }
  const send = (body: string) =>
    party.desk.ask('/oidc/token', { method: 'POST', headers: { 'content-type': form }, body })
  const once = new URLSearchParams(fields).toString()
  for (const name of Object.keys(fields)) {
    const answer = await send(
      `${once}&${new URLSearchParams({ [name]: fields[name as keyof typeof fields] })}`,
    )
    assert.equal(((await answer.json()) as Tokens).error, 'invalid_request', name)
  }
  assert.equal((await send(once)).status, 200)
})

eachEngine(
  'state and nonce come back byte for byte, and every answer and error names who gives it',
  async open => {
    const party = await openParty(await open())
    const { desk } = party
    const who = await desk.signIn(desk.inside)
    const { LINTEL_ORIGIN: issuer } = desk.services.settings
    for (const words of ['a b+c&d=e', '%2B%', 'ä\u{1f98a}', '"><script>', ' ']) {
      const good = await party.answered(who, { state: words, nonce: words })
      assert.equal(good.searchParams.get('state'), words)
      assert.equal(good.searchParams.get('iss'), issuer)
      const tokens = (await (await party.exchange(good.searchParams.get('code') ?? '')).json()) as Tokens
      assert.equal(claimsIn(tokens.id_token)['nonce'], words)
      const bad = await party.answered(desk.callers.anonymous, { state: words, prompt: 'none' })
      assert.deepEqual(
        ['error', 'state', 'iss'].map(name => bad.searchParams.get(name)),
        ['login_required', words, issuer],
      )
    }
  },
)
