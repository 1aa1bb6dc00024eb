import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { type TestContext, test } from 'node:test'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type Answered, watchRequests } from '../watch.ts'
import { type Endpoint, mountEndpoints } from './endpoints.ts'
import { securityHeaders } from './headers.ts'
import type { NodeEnv } from './request.ts'

const host = 'lintel.test'

/** A server with these endpoints; `send` asks it, `told` has what the log and the metrics were told. */
async function openServer(t: TestContext, endpoints: readonly Endpoint[]) {
  const told: Answered[] = []
  const faults: unknown[] = []
  const app = new Hono<NodeEnv>()
  app.use(watchRequests({ debug() {}, info() {} }, answered => void told.push(answered)))
  app.use(securityHeaders({ https: false }))
  mountEndpoints(app, endpoints, {
    origin: `http://${host}`,
    failed: (_, error) => {
      faults.push(error)
      return 500
    },
  })
  const server = serve({ fetch: app.fetch, port: 0 })
  t.after(() => server.close())
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  async function send(method: string, path: string, headers: Record<string, string> = {}, body = '') {
    const asked = request({ port, method, path, headers: { host, connection: 'close', ...headers } })
    asked.end(body)
    const [answer] = await once(asked, 'response')
    answer.setEncoding('utf8')
    return { status: answer.statusCode, headers: answer.headers, text: (await answer.toArray()).join('') }
  }
  return { send, told, faults }
}

const hello: Endpoint = { method: 'POST', path: '/hello', answer: c => c.json({ hello: true }), largest: 10 }
test('an endpoint takes a form without a token, and its answer has the security headers', async t => {
  const { send, told } = await openServer(t, [hello])
  const answer = await send('POST', '/hello', { 'content-length': '3' }, 'a=b')
  assert.deepEqual([answer.status, answer.text], [200, '{"hello":true}'])
  assert.match(answer.headers['content-security-policy'], /default-src 'none'/)
  assert.equal(answer.headers['cache-control'], 'no-store')
  assert.deepEqual(
    told.map(({ route, status }) => [route, status]),
    [['/hello', 200]],
  )
})

test('what an endpoint does not take is refused without a page', async t => {
  const { send } = await openServer(t, [hello])
  const refused = [
    await send('POST', '/hello', { 'content-length': '11' }, 'x'.repeat(11)),
    await send('POST', '/hello', { 'transfer-encoding': 'chunked' }, 'x'),
    await send('GET', '/hello'),
    await send('POST', '/hello', { host: 'evil.example', 'content-length': '0' }),
  ]
  assert.deepEqual(
    refused.map(({ status, text }) => [status, text]),
    [413, 411, 405, 400].map(status => [status, '']),
  )
  assert.equal(refused[2]?.headers.allow, 'POST')
})

test('an endpoint for a balancer answers under any host name', async t => {
  const { send } = await openServer(t, [{ ...hello, anyHost: true }])
  const answer = await send('POST', '/hello', { host: '10.0.0.7', 'content-length': '0' })
  assert.equal(answer.status, 200)
})

test('an endpoint that fails says nothing of why, and the log is told', async t => {
  const fault = new Error('a secret')
  const { send, faults } = await openServer(t, [
    { method: 'GET', path: '/fails', answer: () => Promise.reject(fault) },
  ])
  const answer = await send('GET', '/fails')
  assert.deepEqual([answer.status, answer.text], [500, ''])
  assert.deepEqual(faults, [fault])
})

test('one address may take several methods', async t => {
  const { send } = await openServer(t, [hello, { ...hello, method: 'GET' }])
  assert.deepEqual(
    [
      await send('GET', '/hello'),
      await send('POST', '/hello', { 'content-length': '0' }),
      await send('PUT', '/hello'),
    ].map(({ status }) => status),
    [200, 200, 405],
  )
})
