import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import fc from 'fast-check'
import { base32 } from '../common/base32.ts'
import { qrCode } from './pages.ts'
import { codeAt, matchCode, newSecret, type PairedSite, pairingUri, stepAt, stepLength } from './totp.ts'

const rfcSecret = base32(Buffer.from('12345678901234567890'))

/** Another implementation, from Debian, computes the code of a moment in seconds. */
const oathtool = (secret: string, seconds: number) =>
  execFileSync('oathtool', ['--totp', '--base32', '--now', `@${seconds}`, secret], {
    encoding: 'utf8',
  }).trim()

// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
const vectors: readonly (readonly [seconds: number, code: string])[] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
]

for (const [seconds, code] of vectors) {
  test(`the code at ${seconds} s is that of RFC 6238`, () => {
    assert.equal(codeAt(rfcSecret, stepAt(seconds * 1_000)), code)
  })
}

test('codes are those that oathtool computes', () => {
  for (let round = 0; round < 10; round++) {
    const secret = newSecret()
    const seconds = 1_700_000_000 + round * 86_399
    assert.equal(codeAt(secret, stepAt(seconds * 1_000)), oathtool(secret, seconds))
  }
})

// Hostile case 70.
const now = 1_800_000_010_000
const window: readonly (readonly [offset: number, kind: 'right' | 'wrong'])[] = [
  [-2, 'wrong'],
  [-1, 'right'],
  [0, 'right'],
  [1, 'right'],
  [2, 'wrong'],
]
for (const [offset, kind] of window) {
  test(`the code ${offset} steps from now is ${kind}`, () => {
    const step = stepAt(now) + offset
    const expected = kind === 'right' ? { kind, step } : { kind }
    assert.deepEqual(matchCode(rfcSecret, codeAt(rfcSecret, step), now, -1), expected)
  })
}

test('with the clock moved back no step at or before the last used one is taken', () => {
  const last = stepAt(now)
  for (const back of [0, 1, 2]) {
    const then = now - back * stepLength
    for (const step of [stepAt(then) - 1, stepAt(then)]) {
      const match = matchCode(rfcSecret, codeAt(rfcSecret, step), then, last)
      assert.deepEqual(match, { kind: 'used' }, `${back} steps back, code of step ${step}`)
    }
  }
})

test('a code is never taken twice, whatever the order of codes and moments', () => {
  const moment = fc.record({ at: fc.integer({ min: 0, max: 20 }), code: fc.integer({ min: -2, max: 2 }) })
  fc.assert(
    fc.property(
      fc.array(moment, { maxLength: 30 }),
      fc.uint8Array({ minLength: 20, maxLength: 20 }),
      (tries, bytes) => {
        const secret = base32(bytes)
        const taken = new Set<string>()
        let last = -1
        for (const { at, code } of tries) {
          const present = stepAt(now) + at
          const text = codeAt(secret, present + code)
          const match = matchCode(secret, text, present * stepLength, last)
          if (match.kind !== 'right') continue
          assert.ok(match.step > last, 'steps only go up')
          assert.ok(Math.abs(match.step - present) <= 1, 'within the drift')
          assert.ok(!taken.has(`${match.step}`))
          taken.add(`${match.step}`)
          last = match.step
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('nothing but six digits matches, and nothing throws', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      const { kind } = matchCode(rfcSecret, text, now, -1)
      assert.ok(kind === 'wrong' || /^[0-9]{6}$/.test(text))
    }),
  )
})

const site = (given: Partial<PairedSite>): PairedSite => ({
  siteName: 'Minnesota HMIS',
  siteBanner: '',
  origin: 'https://hmis.example.org',
  ...given,
})

test('another host, port or banner is another entry in every app', () => {
  const sites = [
    site({}),
    site({ siteBanner: 'Training site' }),
    site({ origin: 'https://training.hmis.example.org' }),
    site({ origin: 'https://hmis.example.org:8443' }),
  ]
  const entries = sites.map(each =>
    decodeURIComponent(new URL(pairingUri(rfcSecret, each, 'amina')).pathname),
  )
  assert.equal(new Set(entries).size, sites.length, entries.join(' '))
})

test('the QR code of the longest names has modules of at least 4 CSS pixels on a phone', () => {
  const longest = site({
    siteName: '縣'.repeat(80),
    siteBanner: 'ü'.repeat(120),
    origin: `https://${'a'.repeat(60)}.${'b'.repeat(60)}.example.org:65535`,
  })
  for (const each of [longest, site({})]) {
    const picture = qrCode(pairingUri(rfcSecret, each, 'x'.repeat(64)), 'QR').toString()
    const [, size = 0] = (picture.match(/viewBox="0 0 (\d+) /) ?? []).map(Number)
    const [, width = 0] = (picture.match(/width="(\d+)"/) ?? []).map(Number)
    assert.ok(width >= 4 * size, `${width} pixels for ${size} modules`)
    assert.ok(width <= 280, 'as wide as it can be on a phone')
  }
})

test('the QR code holds what authenticator apps read', () => {
  const uri = new URL(pairingUri(rfcSecret, site({ siteName: 'HMIS: North & South' }), 'amina.warsame'))
  assert.equal(uri.protocol, 'otpauth:')
  assert.equal(uri.host, 'totp')
  assert.equal(decodeURIComponent(uri.pathname), '/HMIS  North & South:amina.warsame@hmis.example.org')
  assert.deepEqual(Object.fromEntries(uri.searchParams), {
    issuer: 'HMIS  North & South',
    secret: rfcSecret,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
})
