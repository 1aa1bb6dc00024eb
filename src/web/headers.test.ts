import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { assets } from './assets.ts'
import { securityHeaders } from './headers.ts'

function app(https: boolean) {
  return new Hono()
    .use(securityHeaders({ https }))
    .get('/page', context => context.html('<p>page</p>'))
    .get('/away', context => context.redirect('/page', 303))
    .get('/fails', () => {
      throw new Error('told to nobody')
    })
    .get('/style', () => assets.serve(assets.path('lintel.css'), '') ?? new Response(null, { status: 404 }))
    .onError((_error, context) => context.text('failed', 500))
}

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; " +
  'report-uri /policy-reports'

const expected = {
  'cache-control': 'no-store',
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), serial=(), usb=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const sent = (response: Response) => {
  const all = Object.fromEntries(response.headers)
  delete all['content-type']
  delete all['location']
  return all
}

test('every answer has exactly these headers: a page, a redirect, a failure, nothing there', async () => {
  for (const path of ['/page', '/away', '/fails', '/absent']) {
    assert.deepEqual(sent(await app(false).request(path)), expected, path)
  }
})

test('https adds strict transport security, http never does', async () => {
  const secure = await app(true).request('/page')
  assert.deepEqual(sent(secure), {
    ...expected,
    'content-security-policy': `${policy}; report-to policy-reports`,
    'reporting-endpoints': 'policy-reports="/policy-reports"',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
  })
})

test('an asset keeps its own cache time', async () => {
  const response = await app(false).request('/style')
  assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal(response.headers.get('content-security-policy'), policy)
})

test('the policy names one address for reports, and over https by the name that its header explains', async () => {
  for (const https of [false, true]) {
    const { headers } = await app(https).request('/page')
    assert.match(String(headers.get('content-security-policy')), /; report-uri \/policy-reports(?:;|$)/)
  }
  const { headers } = await app(true).request('/page')
  const [, name] = /; report-to ([\w-]+)$/.exec(String(headers.get('content-security-policy'))) ?? []
  assert.equal(headers.get('reporting-endpoints'), `${name}="/policy-reports"`)
})
