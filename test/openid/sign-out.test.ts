import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyPairKeyObjectResult, sign } from 'node:crypto'
import { eachEngine } from '../support/database/store.ts'
import type { Caller } from '../support/people/desk.ts'
import { afterSignOut, leadsTo, openParty, type Party } from '../support/people/party.ts'

type Fields = Readonly<Record<string, string>>

const ask = (who: Caller, fields: Fields) => who.get(`/oidc/sign-out?${new URLSearchParams(fields)}`)

/** What the form on the page would send. */
const fieldsOf = (text: string): Fields =>
  Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')],
    ),
  )

/** Agrees to what the page asks. @returns where the browser then is. */
async function agree(who: Caller, page: Response): Promise<Response> {
  const text = await page.text()
  assert.match(text, /<h1>Sign out\?<\/h1>/)
  const sent = await who.post(
    '/applications/sign-out',
    fieldsOf(text.slice(text.indexOf('action="/applications/sign-out"'))),
  )
  assert.equal(sent.status, 303)
  return who.get(sent.headers.get('location') ?? '')
}

const isInside = async (who: Caller) => (await who.get('/')).status === 200

async function signedIn(party: Party) {
  const who = await party.desk.signIn(party.desk.inside)
  return { who, tokens: await party.tokensFor(who) }
}

eachEngine(
  'rp-initiated-logout: once the person agrees the session ends, and the page leads to the application with its state',
  async open => {
    const party = await openParty(await open())
    const { who, tokens } = await signedIn(party)
    const asked = await ask(who, {
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: afterSignOut,
      state: 'a b&c',
    })
    assert.equal(asked.status, 200)
    assert.equal(await isInside(who), true)
    assert.equal(leadsTo(await agree(who, asked)), `${afterSignOut}?state=a%20b%26c`)
    assert.equal(await isInside(who), false)
    assert.equal((await party.userinfo(tokens.access_token)).status, 401)
  },
)

eachEngine(
  'rp-initiated-logout-no-state, -only-state, -no-params, -no-post-logout-redirect-uri: without a place to go, the way ends at the sign-in',
  async open => {
    const party = await openParty(await open())
    const { tokens } = await signedIn(party)
    const hint = { id_token_hint: tokens.id_token }
    for (const fields of [{}, { state: 'x' }, hint, { ...hint, state: 'x' }]) {
      const who = await party.desk.signIn(party.desk.inside)
      const left = await agree(who, await ask(who, fields))
      assert.equal(left.headers.get('location'), '/sign-in', JSON.stringify(fields))
      assert.equal(await isInside(who), false)
    }
    const who = await party.desk.signIn(party.desk.inside)
    const left = await agree(who, await ask(who, { ...hint, post_logout_redirect_uri: afterSignOut }))
    assert.equal(leadsTo(left), afterSignOut)
  },
)

eachEngine(
  'rp-initiated-logout-no-id-token-hint: an address without hint or application is led to by nobody, and with the application it is asked first',
  async open => {
    const party = await openParty(await open())
    const { who } = await signedIn(party)
    const nameless = await agree(who, await ask(who, { post_logout_redirect_uri: afterSignOut }))
    assert.equal(nameless.headers.get('location'), '/sign-in')
    const again = await party.desk.signIn(party.desk.inside)
    const named = await ask(again, { client_id: party.id, post_logout_redirect_uri: afterSignOut })
    assert.equal(leadsTo(named), '')
    assert.equal(leadsTo(await agree(again, named)), afterSignOut)
  },
)

eachEngine(
  'rp-initiated-logout-bad-post-logout-redirect-uri, -query-added-to-post-logout-redirect-uri: another address than the registered one gets a page and ends nothing',
  async open => {
    const party = await openParty(await open())
    const { who, tokens } = await signedIn(party)
    for (const uri of [
      `${afterSignOut}?added=1`,
      `${afterSignOut}/`,
      'https://evil.example/',
      'javascript:1',
    ]) {
      const answer = await ask(who, { id_token_hint: tokens.id_token, post_logout_redirect_uri: uri })
      assert.equal(answer.status, 400, uri)
      assert.equal(leadsTo(answer), '')
    }
    assert.equal(await isInside(who), true)
  },
)

/** The same token with another header, and no signature that fits. */
const withHeader = (token: string, header: object): string =>
  [Buffer.from(JSON.stringify(header)).toString('base64url'), ...token.split('.').slice(1)].join('.')

/** The same token, signed by somebody else. */
function signedBy({ privateKey }: KeyPairKeyObjectResult, token: string, header: object): string {
  const words = withHeader(token, header).split('.').slice(0, 2).join('.')
  return `${words}.${sign('sha256', Buffer.from(words), privateKey).toString('base64url')}`
}

eachEngine(
  'rp-initiated-logout-modified-id-token-hint, -bad-id-token-hint: a hint that we did not sign for it ends nothing',
  async open => {
    const party = await openParty(await open(), { tokenForm: 'jwt' })
    const { who, tokens } = await signedIn(party)
    const [head = '', body = ''] = tokens.id_token.split('.')
    const ours = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as object
    const attacker = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    const wrong = {
      'not a token': 'nonsense',
      'a changed signature': `${head}.${body}.${Buffer.alloc(256, 1).toString('base64url')}`,
      'no signature': withHeader(`${head}.${body}.`, { alg: 'none' }),
      'a shared secret': withHeader(tokens.id_token, { alg: 'HS256' }),
      'an access token': tokens.access_token,
      'a logout token': withHeader(tokens.id_token, { ...ours, typ: 'logout+jwt' }),
      'a key of its own': signedBy(attacker, tokens.id_token, {
        ...ours,
        jwk: attacker.publicKey.export({ format: 'jwk' }),
      }),
      'a key from elsewhere': signedBy(attacker, tokens.id_token, {
        ...ours,
        jku: 'https://evil.example/jwks',
      }),
    }
    for (const [name, id_token_hint] of Object.entries(wrong)) {
      const answer = await ask(who, { id_token_hint, post_logout_redirect_uri: afterSignOut })
      assert.equal(answer.status, 400, name)
    }
    const other = await party.register({ name: 'Other' })
    const stolen = await ask(who, { id_token_hint: tokens.id_token, client_id: other.id })
    assert.equal(stolen.status, 400)
    assert.equal(await isInside(who), true)
  },
)

eachEngine('a hint that has run out still says which application asks', async opened => {
  const start = await opened()
  const party = await openParty(start)
  const { who, tokens } = await signedIn(party)
  start.clock.advance(10 * 60_000)
  const asked = await ask(who, { id_token_hint: tokens.id_token, post_logout_redirect_uri: afterSignOut })
  assert.match(await asked.clone().text(), /Bed Board asks you to sign out/)
  assert.equal(leadsTo(await agree(who, asked)), afterSignOut)
})

eachEngine('a form or a link on another site signs nobody out', async open => {
  const party = await openParty(await open())
  const { who, tokens } = await signedIn(party)
  const query = new URLSearchParams({ id_token_hint: tokens.id_token }).toString()
  await who.get(`/oidc/sign-out?${query}`)
  const forged = await who.post('/applications/sign-out', { csrf: 'forged', request: query })
  assert.equal(forged.status, 303)
  const posted = await who.post('/oidc/sign-out', { id_token_hint: tokens.id_token })
  assert.match(posted.headers.get('location') ?? '', /^\/oidc\/sign-out\?/)
  assert.equal(await isInside(who), true)
})

eachEngine('backchannel-rp-initiated-logout: the other application is told too', async opened => {
  const start = await opened()
  const party = await openParty(start)
  const other = await party.register({ name: 'Other', backchannelUri: 'https://other.example.org/out' })
  const { who, tokens } = await signedIn(party)
  await other.tokensFor(who)
  await agree(who, await ask(who, { id_token_hint: tokens.id_token }))
  const waiting = await start.store.read.selectFrom('logout_notice').select('application_id').execute()
  assert.deepEqual(
    waiting.map(({ application_id }) => application_id),
    [other.id],
  )
})
