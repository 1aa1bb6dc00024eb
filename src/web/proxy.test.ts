import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { hostKind, keepUncompressed, onceFor, proxyTrouble, widestProxies } from './proxy.ts'
import { trustedProxies } from './request.ts'

const proxies = trustedProxies(['10.0.0.0/8'])
const cases: readonly (readonly [
  from: string,
  forwarded: string | undefined,
  trouble: ReturnType<typeof proxyTrouble>,
])[] = [
  ['10.0.0.1', '192.0.2.1', undefined],
  ['10.0.0.1', '192.0.2.1:443', undefined],
  ['::ffff:10.0.0.1', '192.0.2.1', undefined],
  ['192.0.2.1', undefined, undefined],
  ['192.0.2.1', '198.51.100.1', 'unnamed'],
  ['10.0.0.1', undefined, 'silent'],
  ['10.0.0.1', ' ', 'silent'],
  ['10.0.0.1', 'unknown', 'unreadable'],
  ['10.0.0.1', '192.0.2.1, _hidden', 'unreadable'],
]
for (const [from, forwarded, trouble] of cases)
  test(`of a connection from ${from} that says ${forwarded ?? 'nothing'} of the caller it is noticed: ${trouble ?? 'nothing'}`, () =>
    assert.equal(proxyTrouble(from, forwarded, proxies), trouble))

test('each trouble is logged once', () => {
  const lines: string[] = []
  const warn = onceFor({ warn: (_: object, says?: string) => void lines.push(String(says)) })
  for (const says of ['a', 'b', 'a', 'b', 'a']) warn(says, {})
  assert.deepEqual(lines, ['a', 'b'])
})

test('ranges that hold a large part of the world are found', () => {
  const list = [
    '0.0.0.0/0',
    '0.0.0.0/1',
    '::/0',
    '10.0.0.0/8',
    '10.0.0.7',
    '2001:db8::/32',
    '::1',
    '128.0.0.0/7',
  ]
  assert.deepEqual(widestProxies(list), ['0.0.0.0/0', '0.0.0.0/1', '::/0', '128.0.0.0/7'])
})

const own = 'https://hmis.example.org'
const hosts: readonly (readonly [host: string | undefined, kind: ReturnType<typeof hostKind>])[] = [
  ['hmis.example.org', 'own'],
  ['hmis.example.org:443', 'own'],
  ['HMIS.Example.ORG', 'own'],
  ['hmis.example.org:8443', 'proxy'],
  ['127.0.0.1:3000', 'proxy'],
  ['127.0.0.1', 'proxy'],
  ['[::1]:3000', 'proxy'],
  ['localhost:3000', 'proxy'],
  ['lintel_upstream', 'proxy'],
  ['www.hmis.example.org', 'other'],
  ['evil.example', 'other'],
  ['hmis.example.org/', 'other'],
  ['hmis.example.org@evil.example', 'other'],
  ['evil.example@hmis.example.org', 'other'],
  ['hmis.example.org?', 'other'],
  ['', 'other'],
  [undefined, 'other'],
]
for (const [host, kind] of hosts)
  test(`the host ${host ?? 'of a request without one'} is ${kind === 'own' ? 'ours' : `of the kind "${kind}"`}`, () =>
    assert.equal(hostKind(host, own), kind))

test('pages are marked as encoded already, files that are compressed keep their mark, and data has none', async () => {
  const app = new Hono()
    .use(keepUncompressed)
    .get('/page', c => c.html('<p>page</p>'))
    .get('/style', c => c.body('x', 200, { 'content-type': 'text/css', 'content-encoding': 'br' }))
    .get('/data', c => c.json({}))
  const encoding = async (path: string) => (await app.request(path)).headers.get('content-encoding')
  assert.deepEqual(
    [await encoding('/page'), await encoding('/style'), await encoding('/data')],
    ['identity', 'br', null],
  )
})
