/** What a real application (openid-client) hears of how somebody signed in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { newCardCodes } from '../../src/verification/code-card/code.ts'
import { prepareCard, putCard } from '../../src/verification/code-card/store.ts'
import { type Data, openData } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { type Client, openClient } from '../support/http/client.ts'
import { bits, createAuthenticator } from '../support/people/authenticator.ts'
import { addKeyBy, optionsAt, paths, setPolicy } from '../support/people/keys.ts'
import { clockOf, pair, throughGate, withPassword } from '../support/people/two-step.ts'
import { type Lintel, startLintel } from '../support/process/process.ts'
import { register } from './support.ts'

const redirect_uri = 'https://beds.example.org/callback'

/** An application that takes in whoever is signed in here. @returns how, as it was told. */
async function openBoard(lintel: Lintel, data: Data) {
  const { id, secret } = await register(data, { name: 'Bed Board', redirectUris: [redirect_uri] })
  const config = await client.discovery(new URL(lintel.origin), id, secret, undefined, {
    execute: [client.allowInsecureRequests],
  })
  return async (browser: Client): Promise<string> => {
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const asked = client.buildAuthorizationUrl(config, {
      redirect_uri,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    const answer = await browser.get(asked.pathname + asked.search)
    const tokens = await client.authorizationCodeGrant(config, new URL(answer.location ?? ''), {
      pkceCodeVerifier,
      idTokenExpected: true,
    })
    const { acr, amr } = { ...tokens.claims() } as { readonly acr?: string; readonly amr?: string[] }
    return `${acr}: ${amr?.join(' ')}`
  }
}

const passwordAlone = 'urn:lintel:password: pwd'

test('an application hears what was proven at the sign-in, and never more', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const data = await openData(t, lintel)
  const { store, keyring } = data.services
  await setPolicy(data, { passkeys: 'sign-in', ownComputerDays: 7 })
  const enter = await openBoard(lintel, data)
  await data.addPeople({ username: 'plain' }, { username: 'app' }, { username: 'key' })
  const [carded = ''] = await data.addPeople({ username: 'card' })
  const asked = async (username: string) => (await withPassword(lintel, username, password)).client
  const proving = async (who: Client, path: string, fields: Readonly<Record<string, string>>) => {
    await who.follow(await who.post(path, fields))
    return enter(who)
  }

  assert.equal(await enter(await asked('plain')), passwordAlone)

  const first = await asked('app')
  const { app } = await pair(first, clockOf(lintel), password)
  const own = await asked('app')
  assert.equal(
    await proving(own, '/sign-in/verify', { code: app.code(1), own: 'yes' }),
    'urn:lintel:two-step: pwd otp mfa',
  )
  own.cookies.delete('lintel')
  await own.get('/sign-in')
  await own.follow(await own.submit({ username: 'app', password }, 'Sign In'))
  assert.equal(await enter(own), passwordAlone, 'an own computer proves nothing')

  const codes = newCardCodes()
  const card = await prepareCard(keyring, carded, codes)
  await store.write(tx => putCard(tx, card, Date.now()))
  const withCard = { card: codes[0] ?? '' }
  assert.equal(
    await proving(await asked('card'), '/sign-in/code-card', withCard),
    'urn:lintel:two-step: pwd otp mfa',
  )

  const key = createAuthenticator(lintel.origin)
  const adds = await asked('key')
  await throughGate(adds, paths.add.passkey, password)
  await addKeyBy(adds, key, 'passkey')
  assert.equal(await enter(adds), passwordAlone, 'a key that was added has signed nothing yet')
  const touched = await asked('key')
  assert.equal(
    await proving(touched, paths.ask, {
      passkey: key.sign(await optionsAt(touched, paths.ask), { flags: bits.present }),
    }),
    'urn:lintel:two-step: pwd pop mfa phr',
  )
  const verified = await asked('key')
  assert.equal(
    await proving(verified, paths.ask, { passkey: key.sign(await optionsAt(verified, paths.ask)) }),
    'urn:lintel:two-step: pwd pop user mfa phr',
  )
  const alone = openClient(lintel.origin)
  await alone.get('/sign-in')
  assert.equal(
    await proving(alone, paths.alone, { passkey: key.sign(await optionsAt(alone, paths.alone)) }),
    'urn:lintel:two-step: pop user mfa phr',
  )
})
