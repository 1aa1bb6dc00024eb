/** Forms, frames and scripts of other sites. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { sharedBrowser } from '../support/browser/browser.ts'
import { type Headers, openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { atSignIn, copyOf, openData, placeOf, signedIn, tokensOf } from './support.ts'

const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }
const lintel = await startLintel({ after }, { engine: 'sqlite', env })
const data = await openData({ after }, lintel)
await data.addPeople(
  { username: 'victim', workgroups: ['HMIS Users', 'Shelter Reservation Team'] },
  { username: 'attacker' },
  { username: 'plain' },
  { username: 'at-terms', termsOpen: true },
  { username: 'at-password', temporary: true },
  { username: 'at-recovery', account: { recovery_asked: 1 } },
)
const { origin } = lintel

/** Each form that exists, who may send it, and fields that would change something. */
const forms: readonly (readonly [
  path: string,
  who: string | undefined,
  fields: Readonly<Record<string, string>>,
])[] = [
  ['/sign-in', undefined, { username: 'attacker', password }],
  ['/sign-out', 'plain', {}],
  ['/settings/choose', 'victim', {}],
  ['/settings/apply', 'plain', {}],
  ['/preferences', 'plain', { theme: 'contrast' }],
  ['/terms', 'at-terms', { choice: 'decline' }],
  ['/password/new', 'at-password', { password: 'Gneiss quilt 71 walks', confirm: 'Gneiss quilt 71 walks' }],
  ['/recovery', 'at-recovery', {}],
  ['/recovery/question', 'at-recovery', { question: 'Whose dog was it?', answer: 'A neighbor' }],
]

const browserOf = (who: string | undefined) => (who === undefined ? atSignIn(lintel) : signedIn(lintel, who))

async function stateOf(): Promise<string> {
  const { read } = data.services.store
  const rows = [
    await read
      .selectFrom('account')
      .select(['username', 'theme', 'epoch', 'recovery_asked'])
      .orderBy('id')
      .execute(),
    await read.selectFrom('credential').select(['account_id', 'encoded']).orderBy('account_id').execute(),
    await read.selectFrom('recovery_question').selectAll().execute(),
    await read
      .selectFrom('session')
      .select(['organization_id', 'workgroup_id', 'ended_at'])
      .orderBy('token_hash')
      .execute(),
    await read
      .selectFrom('pending_sign_in')
      .select(['token_hash', 'organization_id'])
      .orderBy('token_hash')
      .execute(),
  ]
  return JSON.stringify(rows)
}

const foreign: Readonly<Record<string, Headers>> = {
  'another site': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  'a sandboxed frame': { origin: 'null', 'sec-fetch-site': 'cross-site' },
  'a page that may not say where it is': { origin: 'null', 'sec-fetch-site': undefined },
  'a sister host': { origin: 'http://other.localhost', 'sec-fetch-site': 'same-site' },
  'another port': { origin: 'http://localhost:1', 'sec-fetch-site': undefined },
  'an address typed': { origin: undefined, 'sec-fetch-site': 'none' },
  'another origin that claims to be same-origin': { origin: 'https://evil.example' },
  'a browser that says neither': { origin: undefined, 'sec-fetch-site': undefined },
  'an origin with our name in it': { origin: `${origin}.evil.example`, 'sec-fetch-site': undefined },
  'an origin sent twice': { origin: [origin, 'https://evil.example'] },
}

const fromHereWithoutName = { origin: 'null', 'sec-fetch-site': 'same-origin' }

test('behind a proxy that takes the name of our pages away a form with the right token works, and only with it', async () => {
  const client = await atSignIn(lintel)
  const fields = { username: 'plain', password }
  const answer = await client.post('/sign-in', fields, fromHereWithoutName)
  assert.equal(answer.location, '/')
  await client.get('/preferences')
  const theme = await client.post('/preferences', { theme: 'dark' }, fromHereWithoutName)
  assert.equal(theme.status, 303)
  for (const csrf of ['', 'x'])
    assert.equal(
      (await client.post('/preferences', { csrf, theme: 'light' }, fromHereWithoutName)).status,
      403,
    )
  const bare = { origin: 'null', 'sec-fetch-site': undefined }
  assert.equal((await client.post('/preferences', { theme: 'light' }, bare)).status, 403)
})

for (const [path, who, fields] of forms) {
  test(`POST ${path} from another site is refused even with the right token`, async () => {
    const client = await browserOf(who)
    const token = tokensOf(
      await client.get((await placeOf(client)) === '/sign-in' ? '/sign-in' : await placeOf(client)),
    )[0]
    assert.ok(token)
    const before = await stateOf()
    const cookie = client.cookies.get('lintel')
    for (const [name, headers] of Object.entries(foreign))
      assert.equal((await client.post(path, { ...fields, csrf: token }, headers)).status, 403, name)
    assert.equal(await stateOf(), before)
    assert.equal(client.cookies.get('lintel'), cookie)
  })
}

test('every form refuses a missing, altered or stolen token, and one from before the sign-in', async () => {
  const attacker = await signedIn(lintel, 'attacker')
  const stolen = tokensOf(await attacker.get('/'))[0] ?? ''
  const anonymous = tokensOf(await openClient(origin).get('/sign-in'))[0] ?? ''
  for (const [path, who, fields] of forms) {
    const client = await browserOf(who)
    const ofPreSession = tokensOf(await copyOf(client).get('/sign-in'))
    const early = who === undefined ? [] : ofPreSession
    const place = await placeOf(client)
    const right = tokensOf(await client.get(place))[0] ?? ''
    const before = await stateOf()
    const spoilt = [right.slice(0, -2), `${right}A`, right.toUpperCase(), [...right].reverse().join('')]
    for (const csrf of ['', stolen, anonymous, ...early, ...spoilt])
      assert.equal((await client.post(path, { ...fields, csrf })).status, 403, `${path} ${csrf}`)
    const twice = new URLSearchParams([['csrf', ''], ['csrf', right], ...Object.entries(fields)]).toString()
    const own = {
      origin,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    }
    assert.equal((await client.send('POST', path, own, twice)).status, 403, `${path}, token twice`)
    assert.equal(
      (await client.send('POST', `${path}?csrf=${right}`, own, '')).status,
      403,
      `${path}, token in query`,
    )
    assert.equal(await stateOf(), before, path)
  }
  const records = (await data.events('malicious_csrf')).length
  assert.ok(records >= 1 && records < 50, 'told in the log, but never once for each of hundreds')
})

test('a token of a session does not work on the sign-in page, nor the other way round', async () => {
  const client = await signedIn(lintel, 'plain')
  const holder = tokensOf(await client.get('/'))[0] ?? ''
  const stranger = await atSignIn(lintel)
  const pre = tokensOf(await stranger.get('/sign-in'))[0] ?? ''
  client.cookies.set('lintel-pre', stranger.cookies.get('lintel-pre') ?? '')
  assert.equal((await client.post('/sign-in', { csrf: holder, username: 'attacker', password })).status, 403)
  assert.equal((await client.post('/preferences', { csrf: pre, theme: 'dark' })).status, 403)
  assert.equal((await client.post('/sign-out', { csrf: pre })).status, 403)
})

test('text, JSON and multipart bodies that another site can send are not read', async () => {
  const client = await signedIn(lintel, 'plain')
  const csrf = tokensOf(await client.get('/'))[0] ?? ''
  const own = { origin, 'sec-fetch-site': 'same-origin' }
  for (const type of [
    'text/plain',
    'application/json',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencodedx',
    '',
  ]) {
    const answer = await client.send(
      'POST',
      '/preferences',
      { ...own, 'content-type': type },
      `csrf=${csrf}&theme=contrast`,
    )
    assert.equal(answer.status, 400, type)
  }
})

test('another site cannot sign a person in under the attacker’s name', async () => {
  const attacker = await atSignIn(lintel)
  const token = tokensOf(await attacker.get('/sign-in'))[0] ?? ''
  const victim = openClient(origin)
  const refused = await victim.post('/sign-in', { csrf: token, username: 'attacker', password })
  assert.equal(refused.status, 403)
  assert.match(refused.text, /did not send back a cookie from this site/)
  assert.equal(victim.cookies.has('lintel'), false)
  victim.cookies.set('lintel-pre', 'x.y')
  assert.equal((await victim.post('/sign-in', { csrf: token, username: 'attacker', password })).status, 403)
  assert.equal(
    (await victim.submit({ username: 'attacker', password })).status,
    303,
    'the form shown again works',
  )
})

test('a link or picture on another site signs nobody out', async () => {
  const client = await signedIn(lintel, 'plain')
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'PUT'])
    assert.equal(
      (await client.send(method, '/sign-out', { 'sec-fetch-site': 'cross-site' })).status,
      405,
      method,
    )
  assert.equal(await placeOf(client), '/')
})

test('no page can be framed', async () => {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<iframe src="${origin}${request.url}"></iframe>`)
  }).listen(0, '127.0.0.1')
  const context = await (await sharedBrowser()).newContext()
  try {
    const page = await context.newPage()
    const address = server.address()
    assert.ok(address !== null && typeof address === 'object')
    for (const path of ['/sign-in', '/', '/nowhere']) {
      await page.goto(`http://127.0.0.1:${address.port}${path}`)
      const frame = page.frames().find(frame => frame !== page.mainFrame())
      assert.equal(await frame?.locator('h1:has-text("Sign in")').count(), 0, path)
      assert.match(frame?.url() ?? '', /^chrome-error:/, path)
    }
  } finally {
    await context.close()
    server.close()
  }
})

const paths = [
  '/',
  '/sign-in',
  '/sign-out',
  '/terms',
  '/password/new',
  '/recovery',
  '/settings/choose',
  '/nowhere',
  '/health/live',
]

test('every answer forbids frames, and none lets another origin read it', async () => {
  const client = openClient(origin)
  const asset = /\/assets\/lintel\.[\w-]+\.css/.exec((await client.get('/sign-in')).text)?.[0] ?? ''
  assert.notEqual(asset, '')
  for (const from of ['https://evil.example', 'null', `${origin}.evil.example`, 'http://evil.localhost']) {
    for (const path of [...paths, asset]) {
      const wishes = {
        origin: from,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-a',
      }
      for (const method of ['GET', 'OPTIONS']) {
        const { headers } = await client.send(method, path, wishes)
        const allowing = Object.keys(headers).filter(name => name.startsWith('access-control-'))
        assert.deepEqual(allowing, [], `${method} ${path}`)
        assert.equal(headers['x-frame-options'], 'DENY', `${method} ${path}`)
        assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/)
      }
    }
  }
})
