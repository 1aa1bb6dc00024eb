/** The modules of the OpenID Foundation's plan for a Basic provider, each by its name. */

import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { rotateKeys } from '../../src/openid/keys.ts'
import { proofsText } from '../../src/session/proofs.ts'
import { newToken } from '../../src/store/ids.ts'
import { openFresh } from '../support/database/store.ts'
import { callback, claimsIn, openParty, type Tokens } from '../support/people/party.ts'

const noPkce = { code_challenge: '', code_challenge_method: '' }
const other = 'https://beds.example.org/other?kept=1'

describe('oidcc-basic', async () => {
  const opened = await openFresh({ after }, 'sqlite')
  const party = await openParty(opened, {
    pkceException: 'The modules of the plan send none.',
    redirectUris: [callback, other],
  })
  const { desk } = party
  const person = () => desk.signIn(desk.inside)
  const plain = async (more: Readonly<Record<string, string>> = {}): Promise<Tokens> => {
    const code = await party.codeFor(await person(), { ...noPkce, ...more })
    return (await party.exchange(code, { code_verifier: '' })).json() as Promise<Tokens>
  }
  const keys = async () =>
    ((await (await desk.ask('/oidc/jwks')).json()) as { keys: (JsonWebKey & { kid: string })[] }).keys
  const told = (answer: URL) => answer.searchParams.get('error')

  test('oidcc-server: the answer has the issuer and the state, the token what it must have', async () => {
    const who = await person()
    const answer = await party.answered(who, noPkce)
    assert.equal(answer.searchParams.get('iss'), desk.services.settings.LINTEL_ORIGIN)
    assert.equal(answer.searchParams.get('state'), 'state')
    const got = await party.exchange(answer.searchParams.get('code') ?? '', { code_verifier: '' })
    assert.equal(got.headers.get('cache-control'), 'no-store')
    const tokens = (await got.json()) as Tokens & { token_type: string }
    assert.equal(tokens.token_type, 'Bearer')
    assert.equal(tokens.expires_in, 300)
    const claims = claimsIn(tokens.id_token)
    assert.equal(claims['iss'], desk.services.settings.LINTEL_ORIGIN)
    assert.equal(claims['aud'], party.id)
    assert.equal(claims['nonce'], 'nonce')
    for (const name of ['sub', 'exp', 'iat', 'auth_time', 'acr', 'amr', 'sid'])
      assert.ok(name in claims, name)
  })

  test('oidcc-response-type-missing: refused', async () => {
    const answer = await party.authorize(await person(), { ...noPkce, response_type: '' })
    const to = answer.headers.get('location') ?? ''
    assert.ok(answer.status === 400 || to.includes('error=invalid_request'), to)
  })

  test('oidcc-idtoken-signature: signed by a key that is published', async () => {
    const { id_token } = await plain()
    const [head = '', body = '', signature = ''] = id_token.split('.')
    const { kid, alg } = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as Record<string, string>
    assert.equal(alg, 'RS256')
    const key = (await keys()).find(one => one.kid === kid)
    assert.ok(key)
    assert.ok(!('d' in key), 'the private part stays here')
    const publicKey = createPublicKey({ key: key as never, format: 'jwk' })
    assert.ok(
      verify('sha256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url')),
    )
  })

  test('oidcc-idtoken-unsigned: not offered', async () => {
    const found = (await (await desk.ask('/.well-known/openid-configuration')).json()) as Record<
      string,
      unknown
    >
    assert.deepEqual(found['id_token_signing_alg_values_supported'], ['RS256'])
  })

  test('oidcc-userinfo-get, oidcc-userinfo-post-header, oidcc-userinfo-post-body: the same claims', async () => {
    const { access_token, id_token } = await plain()
    const authorization = `Bearer ${access_token}`
    const type = 'application/x-www-form-urlencoded'
    const ways = [
      { headers: { authorization } },
      { method: 'POST', headers: { authorization } },
      { method: 'POST', headers: { 'content-type': type }, body: `access_token=${access_token}` },
    ]
    for (const way of ways) {
      const answer = await desk.ask('/oidc/userinfo', way)
      assert.equal(answer.status, 200)
      assert.equal(((await answer.json()) as { sub: string }).sub, claimsIn(id_token)['sub'])
    }
  })

  test('oidcc-ensure-request-without-nonce-succeeds-for-code-flow', async () => {
    assert.ok(!('nonce' in claimsIn((await plain({ nonce: '' })).id_token)))
  })

  const scopes = {
    'oidcc-scope-profile': ['openid profile', ['name', 'given_name', 'family_name', 'preferred_username']],
    'oidcc-scope-email': ['openid email', ['email']],
    'oidcc-scope-address': ['openid address', []],
    'oidcc-scope-phone': ['openid phone', []],
    'oidcc-scope-all': ['openid profile email address phone', ['name', 'email']],
  } as const
  for (const [name, [scope, wanted]] of Object.entries(scopes))
    test(`${name}: the claims that we have of it, and no others`, async () => {
      const { id_token, access_token } = await plain({ scope })
      const both = [claimsIn(id_token), (await (await party.userinfo(access_token)).json()) as object]
      for (const claims of both) {
        for (const claim of wanted) assert.ok(claim in claims, claim)
        if (!scope.includes('email')) assert.ok(!('email' in claims))
        if (!scope.includes('profile')) assert.ok(!('name' in claims))
      }
    })

  test('oidcc-alternate-happy-flow, redirect-uri-query-OK: each registered address, with its own query', async () => {
    const answer = await party.authorize(await person(), { ...noPkce, redirect_uri: other })
    const to = new URL(answer.headers.get('location') ?? '')
    assert.equal(to.searchParams.get('kept'), '1')
    const code = to.searchParams.get('code') ?? ''
    const got = await party.exchange(code, { redirect_uri: other, code_verifier: '' })
    assert.equal(got.status, 200)
  })

  const ignored: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'oidcc-display-page': { display: 'page' },
    'oidcc-display-popup': { display: 'popup' },
    'oidcc-login-hint': { login_hint: 'ines' },
    'oidcc-ui-locales': { ui_locales: 'se' },
    'oidcc-claims-locales': { claims_locales: 'se' },
    'oidcc-ensure-request-with-acr-values-succeeds': { acr_values: '1 2' },
    'oidcc-ensure-request-with-unknown-parameter-succeeds': { extra: 'foobar' },
    'oidcc-claims-essential': { claims: '{"userinfo":{"name":{"essential":true}}}' },
    'oidcc-max-age-10000': { max_age: '10000' },
    'oidcc-prompt-none-logged-in': { prompt: 'none' },
  }
  for (const [name, more] of Object.entries(ignored))
    test(`${name}: succeeds`, async () => assert.ok((await plain(more)).id_token))

  test('oidcc-prompt-none-not-logged-in: login_required, and no page', async () => {
    const answer = await party.answered(desk.callers.anonymous, { ...noPkce, prompt: 'none' })
    assert.equal(told(answer), 'login_required')
  })

  test('oidcc-prompt-login, oidcc-max-age-1: a later proof is asked for', async () => {
    const who = await person()
    // The engine reads the machine's clock: the password was given ten seconds before now.
    const proofs = proofsText({ password: Date.now() - 10_000 })
    await desk.store.writeOne(db =>
      db.updateTable('session').set({ proofs }).where('account_id', '=', who.id).execute(),
    )
    for (const more of [{ prompt: 'login' }, { max_age: '1' }]) {
      const answer = await party.authorize(who, { ...noPkce, ...more })
      assert.match(answer.headers.get('location') ?? '', /wish=prove-again/)
    }
    const silent = await party.answered(who, { ...noPkce, max_age: '1', prompt: 'none' })
    assert.equal(told(silent), 'login_required')
  })

  test('oidcc-id-token-hint: the person of the hint, and of nobody else', async () => {
    const { id_token } = await plain()
    const hint = { ...noPkce, prompt: 'none', id_token_hint: id_token }
    assert.ok((await party.answered(await person(), hint)).searchParams.has('code'))
    const someone = await desk.signIn(desk.outside)
    assert.equal(told(await party.answered(someone, hint)), 'login_required')
  })

  test('oidcc-codereuse, oidcc-codereuse-30seconds: refused, and what came from it dies', async () => {
    for (const wait of [0, 30_000]) {
      const code = await party.codeFor(await person(), noPkce)
      const first = (await (await party.exchange(code, { code_verifier: '' })).json()) as Tokens
      opened.clock.advance(wait)
      const again = await party.exchange(code, { code_verifier: '' })
      assert.equal(((await again.json()) as Tokens).error, 'invalid_grant')
      assert.equal((await party.userinfo(first.access_token)).status, 401)
    }
  })

  test('oidcc-ensure-registered-redirect-uri, redirect-uri-query-added, redirect-uri-query-mismatch: a page of ours', async () => {
    const wrong = ['https://beds.example.org/else', `${callback}?added=1`, other.replace('kept=1', 'kept=2')]
    for (const redirect_uri of wrong) {
      const answer = await party.authorize(await person(), { ...noPkce, redirect_uri })
      assert.equal(answer.status, 400)
      assert.equal(answer.headers.get('location'), null)
    }
  })

  test('oidcc-ensure-post-request-succeeds: goes on as a GET', async () => {
    const who = await person()
    const answer = await who.post('/oidc/authorize', { client_id: party.id, scope: 'openid' })
    assert.equal(answer.status, 303)
    assert.match(answer.headers.get('location') ?? '', /^\/oidc\/authorize\?.*client_id=/)
  })

  test('oidcc-server-client-secret-post: the secret in the body', async () => {
    const code = await party.codeFor(await person(), noPkce)
    const answer = await desk.ask('/oidc/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: callback,
        client_id: party.id,
        client_secret: party.secret,
      }).toString(),
    })
    assert.equal(answer.status, 200)
  })

  const unsupported = {
    'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported': [
      { request_uri: 'https://evil.example/request' },
      'request_uri_not_supported',
    ],
    'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported, oidcc-ensure-request-object-with-redirect-uri':
      [{ request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
  } as const
  for (const [name, [more, error]] of Object.entries(unsupported))
    test(`${name}: rejected`, async () => {
      assert.equal(told(await party.answered(await person(), { ...noPkce, ...more })), error)
    })

  test('oidcc-refresh-token: new tokens for the same person, session and nonce-less', async () => {
    const first = await plain()
    const next = (await (await party.refresh(first.refresh_token)).json()) as Tokens
    assert.notEqual(next.refresh_token, first.refresh_token)
    for (const name of ['sub', 'iss', 'aud', 'sid', 'auth_time'])
      assert.deepEqual(claimsIn(next.id_token)[name], claimsIn(first.id_token)[name], name)
    assert.equal((await party.userinfo(next.access_token)).status, 200)
  })

  test('oidcc-ensure-request-with-valid-pkce-succeeds', async () => {
    assert.ok((await party.tokensFor(await person())).id_token)
    const code = await party.codeFor(await person())
    assert.equal((await party.exchange(code, { code_verifier: newToken() })).status, 400)
  })

  test('oidcc-discovery-endpoint-verification, oidcc-rp-initiated-logout-discovery-endpoint-verification, oidcc-backchannel-logout-discovery-endpoint-verification', async () => {
    const answer = await desk.ask('/.well-known/openid-configuration', {
      headers: { 'x-forwarded-host': 'evil.example' },
    })
    const found = (await answer.json()) as Record<string, unknown>
    const origin = desk.services.settings.LINTEL_ORIGIN
    assert.equal(found['issuer'], origin)
    for (const [name, value] of Object.entries(found))
      if (name.endsWith('_endpoint') || name === 'jwks_uri')
        assert.ok(String(value).startsWith(`${origin}/oidc/`), name)
    assert.equal(found['end_session_endpoint'], `${origin}/oidc/sign-out`)
    assert.equal(found['backchannel_logout_supported'], true)
    assert.equal(found['backchannel_logout_session_supported'], true)
    assert.deepEqual(found['response_types_supported'], ['code'])
    assert.deepEqual(found['grant_types_supported'], ['authorization_code', 'refresh_token'])
    assert.deepEqual(found['code_challenge_methods_supported'], ['S256'])
    assert.equal(found['authorization_response_iss_parameter_supported'], true)
    for (const none of [
      'registration_endpoint',
      'device_authorization_endpoint',
      'pushed_authorization_request_endpoint',
    ])
      assert.ok(!(none in found), none)
  })

  test('oidcc-server-rotate-keys: what the former key signed can still be verified, and the new one was published before', async () => {
    const before = await keys()
    const first = await plain()
    await opened.store.write(tx => rotateKeys(tx, opened.services.keyring, opened.clock.now()))
    opened.clock.advance(1_000)
    const second = await plain()
    const kid = (token: string) =>
      (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')) as { kid: string })
        .kid
    assert.notEqual(kid(first.id_token), kid(second.id_token))
    assert.ok(before.some(key => key.kid === kid(second.id_token)))
    assert.ok((await keys()).some(key => key.kid === kid(first.id_token)))
  })
})
