/** A real application: openid-client, against the real process. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { openData, signedIn } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { register } from './support.ts'

const callback = 'https://beds.example.org/callback'
const afterSignOut = 'https://beds.example.org/bye'

for (const engine of engines)
  test(`openid-client signs a person in, refreshes, looks the token up and signs out (${engine})`, async t => {
    const lintel = await startLintel(t, { engine })
    const data = await openData(t, lintel)
    const { id, secret } = await register(data, {
      name: 'Bed Board',
      redirectUris: [callback],
      signOutUris: [afterSignOut],
    })
    await data.addPeople({ username: 'ines' })
    const config = await client.discovery(
      new URL(lintel.origin),
      id,
      secret,
      client.ClientSecretBasic(secret),
      {
        execute: [client.allowInsecureRequests],
      },
    )
    const verifier = client.randomPKCECodeVerifier()
    const [state, nonce] = [client.randomState(), client.randomNonce()]
    const asked = client.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: 'openid profile email',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    const stranger = await openClient(lintel.origin).get(asked.pathname + asked.search)
    assert.match(stranger.location ?? '', /^\/applications\/enter\?wish=sign-in&/)
    const browser = await signedIn(lintel, 'ines', password)
    const page = await browser.get(stranger.location ?? '')
    const onward = String(page.headers['refresh']).replace('0; url=', '')
    const answer = await browser.get(onward)
    const tokens = await client.authorizationCodeGrant(config, new URL(answer.location ?? ''), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    const sub = tokens.claims()?.sub ?? ''
    const info = await client.fetchUserInfo(config, tokens.access_token, sub)
    assert.equal(info.preferred_username, 'ines')
    const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
    assert.equal((await client.tokenIntrospection(config, next.access_token)).active, true)
    const out = client.buildEndSessionUrl(config, {
      id_token_hint: next.id_token ?? '',
      post_logout_redirect_uri: afterSignOut,
      state: 'done',
    })
    await browser.get(out.pathname + out.search)
    const left = await browser.follow(await browser.submit({}, 'Sign Out'))
    assert.match(left.text, /You are signed out/)
    assert.equal((await client.tokenIntrospection(config, next.access_token)).active, false)
    await assert.rejects(client.refreshTokenGrant(config, next.refresh_token ?? ''), {
      error: 'invalid_grant',
    })
  })
