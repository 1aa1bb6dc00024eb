/** An application that listens: a real server, which checks what it is sent as Back-Channel Logout 1.0 (2.6) asks. */
import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { eachEngine } from '../support/database/store.ts'
import type { Desk } from '../support/people/desk.ts'
import { claimsIn, openParty } from '../support/people/party.ts'

interface Listener {
  readonly address: string
  /** Logout tokens in the order in which they came. */
  readonly tokens: string[]
  /** What it answers, and where that leads. */
  status: number
  leadsTo?: string
}

/** Listens on this machine until the test is over. */
async function listen(): Promise<Listener & AsyncDisposable> {
  const tokens: string[] = []
  const server: Server = createServer(async (request, response) => {
    tokens.push(new URLSearchParams(await text(request)).get('logout_token') ?? '')
    const { status, leadsTo } = listener
    response.writeHead(status, leadsTo === undefined ? {} : { location: leadsTo }).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const listener: Listener & AsyncDisposable = {
    address: `http://127.0.0.1:${port}/out`,
    tokens,
    status: 200,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return listener
}

/** The claims of a token, once its signature is good by a key that is published. */
async function checked({ ask }: Desk, token: string): Promise<Readonly<Record<string, unknown>>> {
  const [head = '', body = '', signature = ''] = token.split('.')
  const { typ, alg, kid } = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as Record<
    string,
    string
  >
  assert.deepEqual([typ, alg], ['logout+jwt', 'RS256'])
  const { keys } = (await (await ask('/oidc/jwks')).json()) as { keys: { kid: string }[] }
  const key = createPublicKey({ key: keys.find(one => one.kid === kid) as never, format: 'jwk' })
  assert.ok(verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')))
  return claimsIn(token)
}

const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }

eachEngine('a sign-out reaches the application, which can check who signed out of what', async open => {
  await using listener = await listen()
  const party = await openParty(await open(), { backchannelUri: listener.address })
  const { desk } = party
  const who = await desk.signIn(desk.inside)
  const { id_token } = await party.tokensFor(who)
  await who.post('/sign-out')
  await desk.notices.deliver()
  assert.equal(listener.tokens.length, 1)
  const claims = await checked(desk, listener.tokens[0] ?? '')
  const own = claimsIn(id_token)
  assert.equal(claims['iss'], desk.services.settings.LINTEL_ORIGIN)
  assert.equal(claims['aud'], party.id)
  assert.deepEqual([claims['sub'], claims['sid']], [own['sub'], own['sid']])
  assert.deepEqual(claims['events'], events)
  assert.ok(!('nonce' in claims))
  assert.ok(Number(claims['exp']) > Number(claims['iat']))
  assert.ok(String(claims['jti']).length > 8)
  await desk.notices.deliver()
  assert.equal(listener.tokens.length, 1, 'it is told once')
})

eachEngine(
  'whoever opens an application again after an end is signed out of it at the next end too',
  async open => {
    await using listener = await listen()
    const party = await openParty(await open(), { backchannelUri: listener.address })
    const { desk } = party
    const { administrator } = desk.callers
    const who = await desk.signIn(desk.inside)
    await party.tokensFor(who)
    await administrator.post(`/helpdesk/applications/${party.id}/end`, { reason: 'New version.' })
    await desk.notices.deliver()
    await party.tokensFor(who)
    const page = await (await administrator.get(`/helpdesk/applications/${party.id}`)).text()
    assert.match(page, /In 1 session/)
    await who.post('/sign-out')
    await desk.notices.deliver()
    assert.equal(listener.tokens.length, 2)
  },
)

eachEngine(
  'an application that did not answer is told again; meanwhile the console shows it, and the person stays out',
  async open => {
    await using listener = await listen()
    listener.status = 503
    const party = await openParty(await open(), { backchannelUri: listener.address })
    const { desk } = party
    const who = await desk.signIn(desk.inside)
    await party.tokensFor(who)
    await who.post('/sign-out')
    const page = async () =>
      (await desk.callers.administrator.get(`/helpdesk/applications/${party.id}`)).text()
    assert.doesNotMatch(await page(), /Sign-out notices that failed/)
    await desk.notices.deliver()
    assert.match(await page(), /Sign-out notices that failed/)
    assert.match(await page(), />ines<\/a>/)
    await desk.notices.deliver()
    assert.equal(listener.tokens.length, 1, 'not at once')
    listener.status = 204
    desk.clock.advance(2_000)
    await desk.notices.deliver()
    assert.equal(listener.tokens.length, 2)
    const [first, second] = listener.tokens.map(token => claimsIn(token)['sid'])
    assert.equal(first, second)
    assert.doesNotMatch(await page(), /Sign-out notices that failed/)
  },
)

eachEngine('a notice follows no redirect, and one that was answered with it counts as failed', async open => {
  await using listener = await listen()
  await using elsewhere = await listen()
  listener.leadsTo = elsewhere.address
  listener.status = 307
  const party = await openParty(await open(), { backchannelUri: listener.address })
  const { desk } = party
  const who = await desk.signIn(desk.inside)
  await party.tokensFor(who)
  await who.post('/sign-out')
  await desk.notices.deliver()
  assert.equal(listener.tokens.length, 1)
  assert.equal(elsewhere.tokens.length, 0)
  const page = await desk.callers.administrator.get(`/helpdesk/applications/${party.id}`)
  assert.match(await page.text(), /Sign-out notices that failed/)
})
