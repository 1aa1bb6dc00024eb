import assert from 'node:assert/strict'
import { chmod, copyFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { connect, type SecureVersion } from 'node:tls'
import { pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { openHasher } from '../../src/services.ts'
import { firstSignInByClient } from '../journeys/guide.ts'
import { engines, freshFolder } from '../support/database/databases.ts'
import { freePort } from '../support/database/postgres.ts'
import { eachEngine } from '../support/database/store.ts'
import { openClient, sentName } from '../support/http/client.ts'
import { makeCertificate } from '../support/outside/certificate.ts'
import { commandOf } from '../support/process/command.ts'
import { startLintel } from '../support/process/process.ts'

for (const engine of engines) {
  test(`metrics stand on a loopback port of their own and name nobody (${engine})`, async t => {
    const port = await freePort()
    const lintel = await startLintel(t, { engine, env: { LINTEL_METRICS_PORT: String(port) } })
    const client = openClient(lintel.origin)
    await client.get('/sign-in')
    await client.submit({ username: 'someone', password: 'wrong' })
    await firstSignInByClient(lintel)
    const metrics = openClient(`http://127.0.0.1:${port}`)
    const { text, status } = await metrics.get('/metrics')
    assert.equal(status, 200)
    assert.match(text, /^lintel_request_seconds_count\{method="POST",route="\/sign-in",status="422"\} 1$/m)
    assert.match(text, /^lintel_request_seconds_count\{method="POST",route="\/sign-in",status="303"\} 1$/m)
    assert.match(text, /^lintel_audit_events_total\{event="authn_login_fail"\} 1$/m)
    assert.match(text, /^lintel_password_hashes\{state="waiting"\} 0$/m)
    assert.match(text, /^lintel_mail_waiting \d+$/m)
    assert.match(text, /^lintel_job_last_run_seconds\{job="clean-up"\} \d/m)
    assert.doesNotMatch(text, /admin|someone/)
    assert.equal((await metrics.get('/')).status, 404)
    assert.equal((await client.get('/metrics')).status, 404)
  })
}

test('metrics stand where LINTEL_METRICS_HOST says, for who knows the token; the log says the version', async t => {
  const port = await freePort()
  const token = 'a-token-of-sixteen-or-more'
  const env = {
    LINTEL_METRICS_PORT: String(port),
    LINTEL_METRICS_HOST: '127.0.0.2',
    LINTEL_METRICS_TOKEN: token,
  }
  const lintel = await startLintel(t, { engine: 'sqlite', env })
  await lintel.printed(/"version":"\d+\.\d+\.\d+".*"msg":"Lintel is up"/)
  const metrics = `http://127.0.0.2:${port}/metrics`
  const asked = async (authorization?: string) =>
    (await fetch(metrics, { headers: { ...(authorization && { authorization }) } })).status
  assert.deepEqual(
    [await asked(), await asked('Bearer other'), await asked(token), await asked(`Bearer ${token}`)],
    [401, 401, 401, 200],
  )
  await assert.rejects(openClient(`http://127.0.0.1:${port}`).get('/metrics'))
})

test('one request id leads from the page to the audit record and the log line', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const client = openClient(lintel.origin)
  const { text } = await client.post(
    '/sign-in',
    { username: 'x', password: 'y' },
    { origin: 'https://evil.example' },
  )
  const [, shown = ''] = text.match(/([0-9a-f]{16})/) ?? []
  assert.notEqual(shown, '')
  const [line = ''] = await lintel.printed(new RegExp(`^.*"requestId":"${shown}".*$`, 'm'))
  const { method, route, status } = JSON.parse(line)
  assert.deepEqual({ method, route, status }, { method: 'POST', route: '/sign-in', status: 403 })
  const exported = await commandOf(lintel)('audit', 'export', '--json')
  assert.match(exported.out, new RegExp(`malicious_csrf.*${shown}`))
})

test('a token in an address is in no log line', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', env: { LOG_LEVEL: 'debug' } })
  const client = openClient(lintel.origin)
  await client.get('/reset/secret-token-of-a-mailed-link?with=query')
  await client.get('/nowhere/another-secret')
  await lintel.printed(/"route":"\/reset\/:token"/)
  await lintel.stop()
  assert.doesNotMatch(lintel.output(), /secret-token|another-secret|with=query/)
})

eachEngine('a token in an address is in no log line, also when the request fails', async open => {
  const { services } = await open()
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: line => void lines.push(line) })
  const ask = () => Promise.reject(new Error('The store is away.'))
  const parts = { ...services, log, store: { ...services.store, ask } }
  const { app } = createApp({ services: parts, hasher: openHasher(services.keyring) })
  const { LINTEL_ORIGIN: origin } = services.settings
  const token = 'secret-token-of-a-mailed-link'.padEnd(43, '0')
  const headers = { host: new URL(origin).host, cookie: `${sentName('lintel', origin)}=s.${'0'.repeat(43)}` }
  const answer = await app.request(`${origin}/reset/${token}?with=query`, { headers })
  assert.ok(answer.status >= 500)
  assert.match(lines.join(''), /The store is away/)
  assert.doesNotMatch(lines.join(''), /secret-token|with=query/)
})

test('a secret file that everybody could read is closed at the next start, which says so; one that cannot be closed stops it', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const secretFile = join(lintel.folder, 'secret.json')
  await chmod(secretFile, 0o644)
  await lintel.restart()
  assert.equal((await stat(secretFile)).mode & 0o777, 0o600)
  assert.match(lintel.output(), /"level":40.*everybody on this machine could read the secret file/)
  const stopped = startLintel(t, { engine: 'sqlite', env: { LINTEL_SECRET_FILE: '/proc/self/status' } })
  await assert.rejects(
    stopped,
    /\nEverybody on this machine may read \/proc\/self\/status, and this user cannot/,
  )
})

test('a renewed certificate is taken up without a restart, and one that does not fit is not', async t => {
  const fresh = await freshFolder()
  t.after(fresh.remove)
  const [first, second] = [
    await makeCertificate(fresh.path, 'first'),
    await makeCertificate(fresh.path, 'second'),
  ]
  const cert = join(fresh.path, 'live.crt')
  const key = join(fresh.path, 'live.key')
  const put = async (pair: typeof first) => {
    await copyFile(pair.key, key)
    await copyFile(pair.cert, cert)
  }
  await put(first)
  const port = await freePort()
  const lintel = await startLintel(t, {
    engine: 'sqlite',
    env: {
      PORT: String(port),
      LINTEL_ORIGIN: `https://localhost:${port}`,
      LINTEL_TLS_CERT: cert,
      LINTEL_TLS_KEY: key,
    },
  })
  const served = () =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ port, host: 'localhost', rejectUnauthorized: false }, () => {
        resolve(String(socket.getPeerCertificate().subject.CN))
        socket.end()
      }).once('error', reject)
    })
  assert.equal(await served(), 'first')
  await writeFile(key, 'half a file')
  lintel.signal('SIGHUP')
  await lintel.printed(/the former one stays/)
  assert.equal(await served(), 'first')
  await put(second)
  lintel.signal('SIGHUP')
  await lintel.printed(/the renewed certificate is in use/)
  assert.equal(await served(), 'second')
})

test('with a certificate of its own Lintel speaks TLS 1.2 and 1.3 with keys that are gone afterwards, and nothing older', async t => {
  const fresh = await freshFolder()
  t.after(fresh.remove)
  const { cert, key } = await makeCertificate(fresh.path, 'own')
  const port = await freePort()
  await startLintel(t, {
    engine: 'sqlite',
    env: {
      PORT: String(port),
      LINTEL_ORIGIN: `https://localhost:${port}`,
      LINTEL_TLS_CERT: cert,
      LINTEL_TLS_KEY: key,
    },
  })
  const spoken = (version: SecureVersion, ciphers = 'ALL:@SECLEVEL=0') =>
    new Promise<string>(resolve => {
      const options = { minVersion: version, maxVersion: version, ciphers }
      const socket = connect({ port, host: 'localhost', rejectUnauthorized: false, ...options }, () => {
        resolve(socket.getProtocol() ?? 'none')
        socket.end()
      }).once('error', error => resolve('code' in error ? String(error.code) : 'none'))
    })
  assert.equal(await spoken('TLSv1.3'), 'TLSv1.3')
  assert.equal(await spoken('TLSv1.2'), 'TLSv1.2')
  for (const old of ['TLSv1.1', 'TLSv1'] as const)
    assert.equal(await spoken(old), 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', old)
  for (const lasting of ['AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-SHA'])
    assert.match(await spoken('TLSv1.2', lasting), /HANDSHAKE_FAILURE/, lasting)
})

test('until somebody has signed in every start says how to get in; SIGHUP ends nothing; idle connections outlast a balancer’s', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const hint = /^Nobody has signed in yet\. For a new temporary password .*: lintel account reset admin$/gm
  assert.equal(lintel.output().match(hint), null)
  await lintel.restart()
  assert.equal(lintel.output().match(hint)?.length, 1)
  await firstSignInByClient(lintel)
  await lintel.restart()
  assert.equal(lintel.output().match(hint)?.length, 1)
  lintel.signal('SIGHUP')
  const answer = await fetch(`${lintel.origin}/sign-in`)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('keep-alive'), 'timeout=75')
  await answer.arrayBuffer()
  assert.deepEqual(await lintel.stop(), { code: 0, signal: null })
})
