/** Answers that tell too much: errors, files left behind, the wrong kind. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import pg from 'pg'
import { password } from '../journeys/guide.ts'
import { openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { exchange, openData, placeOf, rawRequest, signedIn } from './support.ts'

const lintel = await startLintel(
  { after },
  { engine: 'sqlite', env: { LINTEL_TRUSTED_PROXIES: '127.0.0.1' } },
)
const data = await openData({ after }, lintel)
await data.addPeople({ username: 'normal' })

test('an answer is as long and of the kind that it says', async () => {
  const page = await openClient(lintel.origin).get('/sign-in')
  const asset = /\/assets\/lintel\.[\w-]+\.css/.exec(page.text)?.[0] ?? assert.fail('no style sheet')
  const kinds = {
    '/sign-in': 'text/html; charset=UTF-8',
    '/nowhere': 'text/html; charset=UTF-8',
    '/health/live': 'text/plain; charset=UTF-8',
    [asset]: 'text/css; charset=utf-8',
  }
  for (const [path, kind] of Object.entries(kinds)) {
    const raw = Buffer.from(await rawRequest(lintel, `GET ${path} HTTP/1.1`, []))
    const end = raw.indexOf('\r\n\r\n') + 4
    const head = raw.subarray(0, end).toString()
    assert.match(head, new RegExp(`^content-type: ${kind}\r$`, 'im'), path)
    assert.equal(/^content-length: (\d+)\r$/im.exec(head)?.[1], String(raw.length - end), path)
  }
})

test('a page asked for under the name of a file is not found and not cached', async () => {
  const client = await signedIn(lintel, 'normal', password, { 'x-forwarded-for': '198.51.100.3' })
  assert.equal(await placeOf(client), '/')
  for (const path of [
    '/x.css',
    '/security/x.css',
    '/security.js',
    '/security;x.css',
    '/security%2fx.png',
    '/%0a.css',
  ]) {
    const { status, headers, text } = await client.get(path)
    assert.equal(status, 404, path)
    assert.equal(headers['cache-control'], 'no-store', path)
    assert.doesNotMatch(text, /Security Settings<\/h1>/, path)
  }
})

const nothingInside =
  /node_modules|\/work\/|at \w+ \(|\.ts:\d|Error:|sqlite|postgres|kysely|hono|node\/|select |insert /i

test('error pages tell nothing of the program and carry the same headers as any page', async () => {
  const client = openClient(lintel.origin)
  const own = { origin: lintel.origin, 'sec-fetch-site': 'same-origin' }
  const answers = [
    await client.get('/nowhere'),
    await client.send('PUT', '/sign-in', own),
    await client.send('POST', '/sign-in', { ...own, 'content-type': 'application/json' }, '{'),
    await client.send(
      'POST',
      '/sign-in',
      { ...own, 'content-type': 'application/x-www-form-urlencoded' },
      '%ff',
    ),
    await client.send('POST', '/sign-in', { ...own, 'content-length': '70000' }, 'a'.repeat(70_000)),
    await client.post('/sign-in', { csrf: 'x' }),
    await client.get('/%ff'),
    await client.get('/%'),
    await client.get('/sign-in?message[]=x&to[]=y&%ff=%fe'),
  ]
  for (const { status, text, headers } of answers) {
    assert.ok(status < 500)
    assert.doesNotMatch(text, nothingInside, text)
    assert.match(String(headers['content-security-policy']), /default-src 'none'/)
    assert.equal(headers['x-powered-by'], undefined)
    assert.equal(headers['server'], undefined)
  }
  for (const raw of [
    await exchange(lintel, 'nonsense\r\n\r\n'),
    await rawRequest(lintel, 'GET / HTTP/1.1', ['Host: [']),
  ])
    assert.doesNotMatch(raw, nothingInside)
  assert.doesNotMatch(lintel.output(), /request failed/)
})

test('no leftover file, debug page or source map is served', async () => {
  const client = openClient(lintel.origin)
  const leftovers = [
    '/.git/config',
    '/.git/HEAD',
    '/.env',
    '/server.js.map',
    '/package.json',
    '/package-lock.json',
    '/node_modules/',
    '/src/main.ts',
    '/debug',
    '/debug/pprof',
    '/test/clock',
    '/metrics',
    '/openapi.json',
    '/swagger',
    '/graphql',
    '/actuator/health',
    '/health',
    '/health/',
    '/data/lintel.sqlite',
    '/lintel.sqlite',
    '/secret.json',
    '/outbox/',
    '/backup',
    '/admin',
    '/phpinfo.php',
    '/wp-login.php',
    '/.DS_Store',
    '/.well-known/security.txt',
    '/robots.txt',
    '/crossdomain.xml',
    '/trace',
    '/console',
    '/server-status',
    '/demo',
    '/health/debug',
  ]
  for (const path of leftovers) assert.equal((await client.get(path)).status, 404, path)
  for (const path of ['/health/live', '/health/ready']) {
    const answer = await client.get(path)
    assert.deepEqual([answer.status, answer.text], [200, 'ok'])
  }
})

test('while the database does not answer, people get an honest page; afterwards all works without a restart', async t => {
  const other = await startLintel(t, { engine: 'postgres' })
  await (await openData(t, other)).addPeople({ username: 'waits' })
  const client = await signedIn(other, 'waits')
  assert.equal(await placeOf(client), '/')
  const url = new URL(other.env['DATABASE_URL'] ?? '')
  const name = url.pathname.slice(1)
  url.pathname = '/postgres'
  const server = new pg.Client({ connectionString: url.href })
  await server.connect()
  try {
    await server.query(`alter database ${name} allow_connections false`)
    await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    for (const path of ['/', '/sign-in', '/nowhere', '/health/ready']) {
      const answer = await client.get(path)
      assert.ok([404, 500, 503].includes(answer.status), `${path} ${answer.status}`)
      assert.doesNotMatch(answer.text, nothingInside)
      assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/, path)
    }
    const denied = await client.post('/sign-in', { username: 'waits', password })
    assert.ok(denied.status >= 500 || denied.status === 403)
    assert.equal((await client.get('/health/live')).status, 200)
    assert.equal((await client.get('/health/ready')).status, 503)
  } finally {
    await server.query(`alter database ${name} allow_connections true`)
    await server.end()
  }
  assert.equal(await placeOf(client), '/')
  assert.equal(await placeOf(await signedIn(other, 'waits')), '/')
})
