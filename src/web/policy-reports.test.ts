import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readReports } from './policy-reports.ts'

const old = (report: unknown) =>
  readReports('application/csp-report', JSON.stringify({ 'csp-report': report }))
const current = (...reports: unknown[]) => readReports('application/reports+json', JSON.stringify(reports))
const violation = (body: unknown) => ({ type: 'csp-violation', body })

test('both forms in which browsers report are read, and of an address only its origin', () => {
  const report = {
    'document-uri': 'https://hmis.example/reset/token',
    'effective-directive': 'img-src',
    'blocked-uri': 'https://name:pass@evil.example:8443/picture?token=1#x',
  }
  assert.deepEqual(old(report), [{ directive: 'img-src', blocked: 'https://evil.example:8443' }])
  assert.deepEqual(old({ 'violated-directive': "style-src 'self'", 'blocked-uri': 'inline' }), [
    { directive: 'style-src', blocked: 'inline' },
  ])
  const body = { effectiveDirective: 'script-src-elem', blockedURL: 'https://evil.example/a.js', sample: 'x' }
  assert.deepEqual(current(violation(body), { type: 'deprecation', body }), [
    { directive: 'script-src-elem', blocked: 'https://evil.example' },
  ])
})

for (const [blocked, told] of [
  ['inline', 'inline'],
  ['data', 'data'],
  ['data:text/html,secret', 'data'],
  ['chrome-extension://abcdef/page.js', 'chrome-extension'],
  ['trusted-types-sink', 'trusted-types-sink'],
  ['wss://evil.example/socket', 'wss://evil.example'],
  ['https://пример.example/', 'https://xn--e1afmkfd.example'],
  ['javascript:alert(1)', 'javascript'],
  ['evil\n{"level":60}', 'other'],
  [`https://${'a.'.repeat(90)}example/`, 'https'],
  ['', 'other'],
  [7, 'other'],
  [undefined, 'other'],
] as const)
  test(`what was blocked is told without its address: ${String(blocked).slice(0, 40)}`, () => {
    assert.deepEqual(old({ 'effective-directive': 'img-src', 'blocked-uri': blocked }), [
      { directive: 'img-src', blocked: told },
    ])
  })

test('whatever a message holds, what is told is of a few plain signs', () => {
  const anything = fc.oneof(
    fc.json({ depthSize: 'xsmall' }),
    fc.string(),
    fc
      .dictionary(fc.constantFrom('effective-directive', 'blocked-uri'), fc.anything({ maxDepth: 1 }))
      .map(report => {
        return JSON.stringify({ 'csp-report': report }, (_, value) => (typeof value === 'bigint' ? 1 : value))
      }),
    fc
      .array(fc.webUrl())
      .map(list => JSON.stringify(list.map(url => violation({ effectiveDirective: url, blockedURL: url })))),
  )
  fc.assert(
    fc.property(
      fc.constantFrom('application/csp-report', 'application/reports+json'),
      anything,
      (type, body) => {
        for (const { directive, blocked } of readReports(type, body) ?? []) {
          assert.match(directive, /^[a-z-]{2,30}$/)
          assert.match(blocked, /^[a-z][\w.:[\]/%-]{0,119}$/)
        }
      },
    ),
  )
})

test('of a list no more than 20 violations are looked at', () => {
  const body = { effectiveDirective: 'img-src', blockedURL: 'inline' }
  assert.equal(current(...Array.from({ length: 10_000 }, () => violation(body)))?.length, 20)
})
