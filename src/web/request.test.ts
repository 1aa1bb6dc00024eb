import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  clientAddress,
  crossSite,
  emptyForm,
  parseForm,
  safePath,
  sourceOf,
  trustedProxies,
} from './request.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const fieldName = fc
  .stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,20}$/)
  .filter(name => !['constructor', 'prototype'].includes(name))
const text = fc.string({ unit: 'grapheme' }).map(value => value.toWellFormed().replaceAll('\uFFFD', ''))

test('any body at all is read or refused, never an error', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), body => void parseForm(body)))
  fc.assert(fc.property(fc.string({ unit: 'binary' }), body => void parseForm(bytes(body))))
})

test('a form is read as it was sent, each name with its own values in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fieldName, text), { maxLength: 30 }), pairs => {
      const form = parseForm(bytes(new URLSearchParams(pairs).toString()))
      assert.ok(form)
      const names = new Set(pairs.map(([name]) => name))
      assert.deepEqual(new Set(form.names()), names)
      for (const name of names) {
        const values = pairs.filter(pair => pair[0] === name).map(pair => pair[1])
        assert.deepEqual(form.all(name), values)
        assert.equal(form.get(name), values[0])
      }
    }),
  )
})

test('what is not there is empty, and nothing is there that was not sent', () => {
  for (const form of [emptyForm, parseForm(bytes('')), parseForm(bytes('a=1'))]) {
    for (const name of ['b', 'constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      assert.deepEqual([form?.get(name), form?.all(name), form?.has(name)], ['', [], false])
    }
  }
})

const refused = {
  'a name with brackets': 'roles[]=a',
  'a name with a dot': 'a.b=1',
  'a name that is no name': '=1',
  'a name that begins with a digit': '1a=1',
  'a name of 65 signs': `${'a'.repeat(65)}=1`,
  __proto__: '__proto__=1',
  constructor: 'constructor=1',
  prototype: 'prototype=1',
  'a percent sign that leads to broken text': 'a=%ff',
  'more than 500 fields': 'a=1&'.repeat(500),
  'a multipart body': '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
}
for (const [claim, body] of Object.entries(refused))
  test(`a form is refused as a whole for ${claim}`, () => assert.equal(parseForm(bytes(body)), undefined))

test('bytes that are no UTF-8 are refused, 500 fields are not', () => {
  assert.equal(parseForm(new Uint8Array([0x61, 0x3d, 0xff])), undefined)
  assert.equal(parseForm(bytes(Array(500).fill('a=1').join('&')))?.all('a').length, 500)
})

const proxies = trustedProxies(['10.0.0.0/8', '::1', '2001:db8::/32'])
const chains: readonly (readonly [
  claim: string,
  from: string,
  header: string | undefined,
  address: string,
])[] = [
  ['a caller without a proxy', '192.0.2.1', undefined, '192.0.2.1'],
  ['a caller without a proxy who claims another address', '192.0.2.1', '198.51.100.1', '192.0.2.1'],
  ['a caller behind one proxy', '10.0.0.1', '192.0.2.1', '192.0.2.1'],
  ['a caller behind two proxies', '10.0.0.1', '192.0.2.1, 10.9.9.9', '192.0.2.1'],
  ['a claim to the left of the true address', '10.0.0.1', '1.2.3.4, 192.0.2.1', '192.0.2.1'],
  ['a claim to be a proxy, on the left', '10.0.0.1', '10.7.7.7, 192.0.2.1', '192.0.2.1'],
  ['a proxy that adds nothing', '10.0.0.1', undefined, '10.0.0.1'],
  ['an empty header', '10.0.0.1', '', '10.0.0.1'],
  ['words in the header', '10.0.0.1', 'unknown', '10.0.0.1'],
  ['words right of an address', '10.0.0.1', '192.0.2.1, unknown', '10.0.0.1'],
  ['a caller whom the proxy writes with a port', '10.0.0.1', '203.0.113.9:51234', '203.0.113.9'],
  ['an IPv6 caller in brackets', '10.0.0.1', '[2001:4860::7]', '2001:4860::7'],
  ['an IPv6 caller in brackets with a port', '10.0.0.1', '[2001:4860::7]:443', '2001:4860::7'],
  ['a caller behind two proxies that write ports', '10.0.0.1', '192.0.2.1:1, 10.9.9.9:2', '192.0.2.1'],
  ['brackets around words', '10.0.0.1', '[unknown]:443', '10.0.0.1'],
  ['a port that is too long to be one', '10.0.0.1', '192.0.2.1:443443', '10.0.0.1'],
  ['an IPv4 caller in IPv6 clothes with a port', '10.0.0.1', '[::ffff:192.0.2.1]:443', '192.0.2.1'],
  ['only proxies', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ['IPv4 in IPv6 clothes, on the socket', '::ffff:10.0.0.1', '192.0.2.1', '192.0.2.1'],
  ['IPv4 in IPv6 clothes, in the header', '::1', '::FFFF:192.0.2.1', '192.0.2.1'],
  ['a proxy in IPv6 clothes in the header', '::1', '192.0.2.1, ::ffff:10.0.0.9', '192.0.2.1'],
  ['an IPv6 caller', '2001:db8::1', '2001:4860::8', '2001:4860::8'],
]
for (const [claim, from, header, address] of chains)
  test(`the address of ${claim} is ${address}`, () =>
    assert.equal(clientAddress(from, header, proxies), address))

test('nothing that a caller sends before the last untrusted address changes it', () => {
  const octets = fc.tuple(fc.integer({ min: 11, max: 223 }), fc.nat(255), fc.nat(255), fc.nat(255))
  const address = octets.map(parts => parts.join('.'))
  fc.assert(
    fc.property(address, fc.string({ unit: 'binary' }), (caller, claim) => {
      assert.equal(clientAddress('10.0.0.1', `${claim}, ${caller}`, proxies), caller)
      assert.equal(clientAddress(caller, claim, proxies), caller)
      assert.equal(clientAddress(caller, claim, trustedProxies([])), caller)
    }),
  )
})

test('a range holds exactly the addresses whose first bits are its own', () => {
  const number = fc.nat(2 ** 32 - 1)
  const dotted = (value: number) => [24, 16, 8, 0].map(shift => (value >>> shift) & 255).join('.')
  fc.assert(
    fc.property(number, number, fc.integer({ min: 1, max: 32 }), fc.boolean(), (base, other, bits, near) => {
      const tested = near ? (base ^ (other & (2 ** (33 - bits) - 1))) >>> 0 : other
      const inside = base >>> (32 - bits) === tested >>> (32 - bits)
      const range = trustedProxies([`${dotted(base)}/${bits}`])
      const answer = clientAddress(dotted(tested), '0.0.0.1', range)
      assert.equal(answer === '0.0.0.1', inside || tested === 1)
    }),
  )
})

test('an IPv4 address is a source of its own, and so is each /64 of IPv6, however it is written', () => {
  assert.equal(sourceOf('192.0.2.1'), '192.0.2.1')
  const same = [
    '2001:db8:0:1::5',
    '2001:0DB8::1:0:0:0:5',
    '2001:db8:0:1:ffff:ffff:ffff:ffff',
    '2001:db8:0:1::',
  ]
  assert.deepEqual([...new Set(same.map(sourceOf))], ['2001:db8:0:1::/64'])
  assert.equal(sourceOf('::1'), '0:0:0:0::/64')
  assert.equal(sourceOf('fe80::1'), 'fe80:0:0:0::/64')
  assert.notEqual(sourceOf('2001:db8:0:2::5'), '2001:db8:0:1::/64')
})

const group = fc.nat(0xffff)
test('the last 64 bits of an address never change its source', () => {
  const half = fc.array(group, { minLength: 4, maxLength: 4 })
  const written = (groups: readonly number[]) => groups.map(value => value.toString(16)).join(':')
  fc.assert(
    fc.property(half, half, half, (net, one, other) => {
      assert.equal(sourceOf(written([...net, ...one])), `${written(net)}::/64`)
      assert.equal(sourceOf(written([...net, ...other])), `${written(net)}::/64`)
    }),
  )
})

const own = 'https://hmis.example.org'
const sites: readonly (readonly [Record<string, string>, ReturnType<typeof crossSite>])[] = [
  [{ 'sec-fetch-site': 'same-origin', origin: own }, undefined],
  [{ 'sec-fetch-site': 'same-origin' }, undefined],
  [{ origin: own }, undefined],
  [{}, 'unknown'],
  [{ 'sec-fetch-site': 'cross-site', origin: own }, 'site'],
  [{ 'sec-fetch-site': 'same-site', origin: own }, 'site'],
  [{ 'sec-fetch-site': 'none' }, 'site'],
  [{ 'sec-fetch-site': '' }, 'site'],
  [{ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, 'origin'],
  [{ origin: 'null' }, 'origin'],
  [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, undefined],
  [{ 'sec-fetch-site': 'cross-site', origin: 'null' }, 'site'],
  [{ origin: 'http://hmis.example.org' }, 'origin'],
  [{ origin: `${own}:444` }, 'origin'],
  [{ origin: `${own}.evil.example` }, 'origin'],
]
for (const [headers, found] of sites)
  test(`a POST with ${JSON.stringify(headers)} is ${found === undefined ? 'from a page of ours' : `refused: ${found}`}`, () =>
    assert.equal(crossSite(new Headers(headers), own), found))

test('a path of ours is kept with its query', () => {
  for (const path of ['/', '/terms', '/people?q=a%20b&page=2', '/a//b', '/%2f/x'])
    assert.equal(safePath(path), path)
})

test('what could lead elsewhere leads to the start', () => {
  const bad = [
    undefined,
    '',
    'terms',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' /terms',
    'https://evil.example/',
    'javascript:alert(1)',
    '/a\\b',
    '/é',
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    `/${'a'.repeat(512)}`,
  ]
  for (const path of bad) assert.equal(safePath(path), '/', path)
})

test('whatever comes in, what goes out is one slash and a path on our own origin, and stays as it is', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '//',
    '%2f',
    '%5c',
    ':',
    '@',
    '?',
    '#',
    'evil.example',
    '\t',
    'a',
  )
  const hostile = fc.array(piece, { maxLength: 10 }).map(parts => `/${parts.join('')}`)
  fc.assert(
    fc.property(fc.oneof(hostile, fc.webPath(), fc.string({ unit: 'binary' })), given => {
      const path = safePath(given)
      assert.match(path, /^\/(?![/\\])/)
      for (const base of ['http://localhost:3000', 'https://hmis.example.org'])
        assert.equal(new URL(path, base).origin, base)
      assert.equal(safePath(path), path)
    }),
    { numRuns: 2_000 },
  )
})
