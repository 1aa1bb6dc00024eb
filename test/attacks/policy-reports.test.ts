/** The address to which browsers report pages that broke the policy: anybody may send to it, without a token. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chromium } from 'playwright-core'
import { openBrowser } from '../support/browser/browser.ts'
import { freshFolder } from '../support/database/databases.ts'
import { freePort } from '../support/database/postgres.ts'
import { openClient } from '../support/http/client.ts'
import { makeCertificate } from '../support/outside/certificate.ts'
import { startLintel } from '../support/process/process.ts'
import { openData, rawRequest, statusOf, tally } from './support.ts'

const reports = '/policy-reports'
const oldType = { 'content-type': 'application/csp-report' }
const currentType = { 'content-type': 'application/reports+json' }

const violation = (blockedURL: string, effectiveDirective = 'img-src') => ({
  type: 'csp-violation',
  url: 'https://hmis.example/reset/secret-token',
  body: {
    effectiveDirective,
    blockedURL,
    documentURL: 'https://hmis.example/reset/secret-token',
    sample: 'typed',
  },
})
const linesOf = (output: string) =>
  output
    .split('\n')
    .filter(line => line.includes('a page broke the policy'))
    .map(line => JSON.parse(line))

test('a body that is not a report is refused and leaves no trace', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const data = await openData(t, lintel)
  const before = await data.services.store.read.selectFrom('audit_record').selectAll().execute()
  const client = openClient(lintel.origin)
  const send = async (headers: Readonly<Record<string, string>>, body: string) => {
    const answer = await client.send('POST', reports, headers, body)
    assert.equal(answer.text, '')
    assert.equal(answer.headers['set-cookie'], undefined)
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/)
    return answer.status
  }
  assert.equal(await send({ 'content-type': 'application/json' }, '{}'), 415)
  assert.equal(await send({ 'content-type': 'application/x-www-form-urlencoded' }, 'csrf=x'), 415)
  assert.equal(await send({}, '{}'), 415)
  for (const body of ['', '{', 'null', '[]', '7', '{"csp-report":[]}', '\u0000', '['.repeat(30_000)])
    assert.equal(await send(oldType, body), 400, body.slice(0, 20))
  for (const body of ['', '{}', '"x"', '['.repeat(30_000)]) assert.equal(await send(currentType, body), 400)
  assert.equal(await send(currentType, '[{"type":"csp-violation"},{"type":7,"body":{}},null,[]]'), 204)
  assert.equal(await send(currentType, `["${'x'.repeat(40_000)}"]`), 413)
  const chunked = ['Content-Type: application/csp-report', 'Transfer-Encoding: chunked']
  assert.equal(statusOf(await rawRequest(lintel, `POST ${reports} HTTP/1.1`, chunked)), 411)
  const announced = ['Content-Type: application/csp-report', 'Content-Length: 104857600']
  assert.equal(statusOf(await rawRequest(lintel, `POST ${reports} HTTP/1.1`, announced)), 413)
  assert.equal((await client.get(reports)).status, 405)
  assert.deepEqual(await data.services.store.read.selectFrom('audit_record').selectAll().execute(), before)
  assert.doesNotMatch(lintel.output(), /a page broke the policy|policy-reports|request failed/)
})

test('a report needs no token and no session, and changes nothing in one', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const client = openClient(lintel.origin)
  await client.get('/sign-in')
  const cookies = [...client.cookies]
  const from = [{}, { origin: 'null' }, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }]
  for (const headers of from) {
    const body = JSON.stringify({
      'csp-report': { 'effective-directive': 'img-src', 'blocked-uri': 'inline' },
    })
    assert.equal((await client.send('POST', reports, { ...oldType, ...headers }, body)).status, 204)
  }
  assert.deepEqual([...client.cookies], cookies)
  assert.equal(
    (await client.post('/sign-in', {}, { origin: 'null', 'sec-fetch-site': 'cross-site' })).status,
    403,
  )
  const form = { ...currentType, origin: lintel.origin, 'sec-fetch-site': 'same-origin' }
  assert.equal((await client.send('POST', '/sign-in', form, '[]')).status, 400)
})

test('a flood of reports comes to a few log lines, and people are served meanwhile', async t => {
  const metricsPort = await freePort()
  const lintel = await startLintel(t, {
    engine: 'sqlite',
    clockOffset: 0,
    env: { LINTEL_METRICS_PORT: String(metricsPort) },
  })
  const client = openClient(lintel.origin)
  const send = (body: unknown) => client.send('POST', reports, currentType, JSON.stringify(body))
  const long = await send(Array.from({ length: 10_000 }, () => 0))
  assert.equal(long.status, 204)
  assert.equal((await send(Array.from({ length: 10_000 }, () => violation('inline')))).status, 413)
  const flood = await Promise.all(
    Array.from({ length: 1_000 }, (_, turn) =>
      send([violation(`https://${turn}.example/`), violation(`https://b${turn}.example/`)]),
    ),
  )
  assert.deepEqual(tally(flood.map(({ status }) => status)), { 204: 1_000 })
  assert.ok(linesOf(lintel.output()).length <= 40)
  assert.doesNotMatch(lintel.output(), /"msg":"answered"/)
  assert.equal((await client.get('/sign-in')).status, 200)
  const { text } = await openClient(`http://127.0.0.1:${metricsPort}`).get('/metrics')
  assert.match(text, /^lintel_policy_reports_total 2000$/m)

  await lintel.advance(60_000)
  assert.equal((await send([violation('https://later.example/')])).status, 204)
  await lintel.printed(/"blocked":"https:\/\/later\.example"/)
})

test('a report cannot forge a log line, and no address or token from it is logged', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', env: { LOG_LEVEL: 'debug' } })
  const client = openClient(lintel.origin)
  const attacks = [
    violation('https://evil.example/path?token=secret-token#secret-token'),
    violation('https://evil.example\n{"level":60,"msg":"forged"}', 'img-src\n{"msg":"forged"}'),
    violation('\u001b[2Jforged', 'style-src\u001b[2J'),
    violation(`https://${'x'.repeat(300)}.example/`, '__proto__'),
    { type: 'csp-violation', body: { effectiveDirective: ['img-src'], blockedURL: { toString: 'forged' } } },
  ]
  assert.equal((await client.send('POST', reports, currentType, JSON.stringify(attacks))).status, 204)
  await lintel.stop()
  assert.doesNotMatch(lintel.output(), /secret-token|forged/)
  const told = linesOf(lintel.output())
  assert.deepEqual(
    told.map(({ directive, blocked }) => ({ directive, blocked })),
    [
      { directive: 'img-src', blocked: 'https://evil.example' },
      { directive: 'other', blocked: 'other' },
      { directive: 'other', blocked: 'https' },
    ],
  )
  for (const line of told)
    assert.deepEqual(Object.keys(line).sort(), [
      'blocked',
      'directive',
      'hostname',
      'level',
      'msg',
      'pid',
      'time',
    ])
  assert.doesNotMatch(lintel.output(), /forged|secret-token|typed/)
  assert.ok(!lintel.output().includes('\u001b'))
})

const breakPolicy = () => {
  const picture = document.createElement('img')
  picture.src = 'https://evil.example/picture.png?token=secret-token'
  document.body.append(picture)
  document.body.setAttribute('style', 'color: red')
}
const brokenPicture =
  /"directive":"img-src","blocked":"https:\/\/evil\.example","msg":"a page broke the policy"/
const brokenStyle = /"directive":"style-src-attr","blocked":"inline","msg":"a page broke the policy"/

test('a page in Chromium that breaks the policy is reported over http', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', env: { LOG_LEVEL: 'debug' } })
  const visitor = await openBrowser(t, { width: 1_000, height: 800, origin: lintel.origin })
  await visitor.open('/reset/secret-token')
  await visitor.page.evaluate(breakPolicy)
  await lintel.printed(brokenPicture)
  await lintel.printed(brokenStyle)
  assert.doesNotMatch(lintel.output(), /secret-token/)
})

test('a page in Chromium that breaks the policy is reported over https, by the name in the header', async t => {
  const fresh = await freshFolder()
  t.after(fresh.remove)
  const { cert, key } = await makeCertificate(fresh.path, 'own')
  const port = await freePort()
  const origin = `https://localhost:${port}`
  const lintel = await startLintel(t, {
    engine: 'sqlite',
    env: {
      PORT: String(port),
      LINTEL_ORIGIN: origin,
      LINTEL_TLS_CERT: cert,
      LINTEL_TLS_KEY: key,
      LOG_LEVEL: 'debug',
    },
  })
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    chromiumSandbox: false,
    args: ['--ignore-certificate-errors', '--short-reporting-delay', '--disable-background-networking'],
  })
  t.after(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`${origin}/reset/secret-token`)
  await page.evaluate(breakPolicy)
  await lintel.printed(brokenPicture)
  await lintel.printed(brokenStyle)
  assert.doesNotMatch(lintel.output(), /secret-token/)
})
