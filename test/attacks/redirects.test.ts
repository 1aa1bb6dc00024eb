/** Redirects, host names and methods. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { openClient, sentName } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import {
  atSignIn,
  exchange,
  openData,
  rawRequest,
  signedIn,
  statusOf,
  tokensOf,
  tryPassword,
} from './support.ts'

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

const elsewhere = [
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '///evil.example',
  '/%09/evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '/%2e%2e//evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/ /evil.example',
  'evil.example',
  '@evil.example',
  `${origin}@evil.example`,
  '/\r\nLocation: https://evil.example',
  '/%0d%0aSet-Cookie:%20x=1',
  '/\u2028/evil.example',
  '/\u560d\u560aset-cookie:x=1',
  `/${'a'.repeat(600)}`,
  '?x',
  '#x',
  ' ',
]

test('no return path leads to another site or adds a header', async () => {
  const hasFled = (location: string | undefined) =>
    location === undefined || !URL.canParse(location, origin) || new URL(location, origin).origin !== origin
  for (const to of elsewhere) {
    const client = openClient(origin)
    await client.get(`/sign-in?to=${encodeURIComponent(to)}`)
    const byPage = await client.submit({ username: 'plain', password })
    assert.equal(byPage.status, 303)
    const direct = await atSignIn(lintel)
    const byForm = await direct.post('/sign-in', { username: 'plain', password, to })
    for (const answer of [byPage, byForm]) {
      assert.equal(hasFled(answer.location), false, `${JSON.stringify(to)} leads to ${answer.location}`)
      const names = (answer.headers['set-cookie'] ?? []).map(line => line.split('=')[0])
      assert.deepEqual(
        names.toSorted(),
        ['lintel', 'lintel-device'].map(name => sentName(name, origin)).toSorted(),
      )
      assert.ok([200, 303, 404].includes((await client.get(answer.location ?? '/')).status), to)
    }
  }
})

test('a page asked for under another host name leads to ours', async () => {
  const { host } = new URL(origin)
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    '/@evil.example',
    '/.evil.example',
    '/%2f%2fevil.example',
    '/a?b=//evil.example',
  ]) {
    const client = openClient(origin, { host: 'evil.example' })
    const raw = await rawRequestFor(`GET ${path} HTTP/1.1`, 'evil.example')
    const location = /^location: (.*)$/im.exec(raw)?.[1]?.trim()
    assert.ok([302, 400].includes(statusOf(raw)), path)
    if (statusOf(raw) === 302) assert.equal(new URL(location ?? '').host, host, path)
    assert.equal((await client.send('POST', '/sign-in')).status, 400)
  }
})

const rawRequestFor = (startLine: string, host: string) =>
  exchange(lintel, `${startLine}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)

test('a doubled, absolute or forwarded Host names no other site', async () => {
  const { host } = new URL(origin)
  const twice = await rawRequest(lintel, 'GET /sign-in HTTP/1.1', ['Host: evil.example'])
  assert.ok(statusOf(twice) === 400 || !/evil\.example/.test(twice))
  const absolute = await rawRequest(lintel, 'GET http://evil.example/sign-in HTTP/1.1', [])
  assert.doesNotMatch(absolute, /evil\.example/)
  const claimed = await rawRequest(lintel, 'GET /sign-in HTTP/1.1', [
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-Proto: https',
    'X-Original-URL: /helpdesk',
    'X-Rewrite-URL: /helpdesk',
  ])
  assert.equal(statusOf(claimed), 200)
  assert.doesNotMatch(claimed, /evil\.example/)
  for (const name of [
    '',
    ' ',
    'evil.example',
    `${host}.evil.example`,
    `evil@${host}`,
    `${host}:80`,
    `${host},evil`,
    'a/b',
    '[::1',
    `${host}#`,
  ]) {
    const raw = await rawRequestFor('GET /sign-in HTTP/1.1', name)
    const location = /^location: (.*)$/im.exec(raw)?.[1]?.trim()
    assert.ok([302, 400].includes(statusOf(raw)), `${name} ${statusOf(raw)}`)
    if (location !== undefined) assert.equal(new URL(location).host, host, name)
  }
})

test('a header, field or query cannot change the method', async () => {
  const client = await signedIn(lintel, 'plain')
  const csrf = tokensOf(await client.get('/'))[0] ?? ''
  const override = { 'x-http-method-override': 'POST', 'x-http-method': 'POST', 'x-method-override': 'POST' }
  assert.equal((await client.get(`/sign-out?_method=POST&csrf=${csrf}`, override)).status, 405)
  await client.get(`/preferences?_method=POST&theme=contrast&csrf=${csrf}`, override)
  assert.doesNotMatch((await client.get('/')).text, /data-theme="contrast"/)
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'SEARCH', 'PURGE']) {
    const answer = await client.send(method, '/sign-in', { origin })
    assert.equal(answer.status, 405, method)
    assert.equal(answer.headers.allow, 'GET, HEAD, POST')
  }
})

test('TRACE echoes nothing and an unknown method is refused', async () => {
  for (const method of ['TRACE', 'TRACK', 'CONNECT', 'FOO', 'get']) {
    const raw = await rawRequest(lintel, `${method} /sign-in HTTP/1.1`, ['Cookie: lintel=secret-value'])
    assert.ok([0, 400, 405, 501].includes(statusOf(raw)), `${method} ${statusOf(raw)}`)
    assert.doesNotMatch(raw, /secret-value/)
  }
})

test('HEAD answers like GET without a body and changes nothing', async () => {
  const client = await signedIn(lintel, 'plain')
  const head = await client.send('HEAD', '/')
  assert.deepEqual([head.status, head.text], [200, ''])
  assert.equal((await client.send('HEAD', '/settings/apply')).status, 405)
  assert.equal((await tryPassword(await atSignIn(lintel), 'plain', password)).status, 303)
})
