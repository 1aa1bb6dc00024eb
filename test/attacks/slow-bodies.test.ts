/** Forms that come slowly: from a poor line they are taken, and nobody can hold the server with them. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { password } from '../journeys/guide.ts'
import type { Client } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { atSignIn, openData, placeOf, signedIn, statusOf, tally, tokensOf } from './support.ts'

const lintel = await startLintel(
  { after },
  { engine: 'sqlite', env: { LINTEL_TRUSTED_PROXIES: '127.0.0.1' } },
)
const data = await openData({ after }, lintel)
await data.addPeople({ username: 'normal' }, { username: 'desk', role: 'helpdesk' })
const { host, hostname, port } = new URL(lintel.origin)

interface Slow {
  readonly client: Client
  readonly path: string
  readonly type: string
  readonly body: string
  /** Bytes sent at once, and in each second after that until all are sent or there is an answer. */
  readonly first: number
  readonly perSecond: number
  readonly address?: string
}

/** Sends a form as a browser does, over a line that carries so much. @returns the raw answer. */
async function sendSlowly({ client, path, type, body, first, perSecond, address }: Slow): Promise<string> {
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.setEncoding('utf8').on('data', text => {
    received += text
  })
  socket.on('error', () => {})
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${host}`,
    `Origin: ${lintel.origin}`,
    'Sec-Fetch-Site: same-origin',
    `X-Forwarded-For: ${address ?? '198.51.100.7'}`,
    `Cookie: ${client.cookieHeader()}`,
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    '',
  ].join('\r\n')
  socket.write(head + body.slice(0, first))
  for (let sent = first; received === '' && !socket.destroyed; sent += perSecond) {
    if (sent < body.length) socket.write(body.slice(sent, sent + perSecond))
    await Promise.race([wait(1_000), closed])
  }
  await closed
  return received
}

const form = 'application/x-www-form-urlencoded'
const trickle = (client: Client, body: string, address?: string): Promise<string> =>
  sendSlowly({
    client,
    path: '/sign-in',
    type: form,
    body,
    first: 100,
    perSecond: 1,
    ...(address !== undefined && { address }),
  })

test('a file of four megabytes over 64 KB a second is taken', async () => {
  const client = await signedIn(lintel, 'desk', password, { 'x-forwarded-for': '198.51.100.1' })
  const csrf = tokensOf(await client.get('/helpdesk/import'))[0] ?? ''
  const people = `First name,Last name,Email,Username\nAnn,Lee,ann@example.org,annlee\n${'\n'.repeat(3_900_000)}`
  const body = [
    `--line\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${csrf}\r\n`,
    `--line\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\n${people}\r\n--line--\r\n`,
  ].join('')
  const type = 'multipart/form-data; boundary=line'
  const raw = await sendSlowly({
    client,
    path: '/helpdesk/import',
    type,
    body,
    first: 64_000,
    perSecond: 64_000,
  })
  assert.equal(statusOf(raw), 303, raw.slice(0, 2_000))
})

test('a form that stops on its way, or trickles, ends with a page that says so', async () => {
  const client = await atSignIn(lintel)
  const body = `csrf=x&username=${'n'.repeat(1_000)}`
  const stopped = sendSlowly({ client, path: '/sign-in', type: form, body, first: 500, perSecond: 0 })
  const trickled = trickle(client, body)
  for (const raw of await Promise.all([stopped, trickled])) {
    assert.equal(statusOf(raw), 408)
    assert.match(raw, /<h1>It took too long to arrive<\/h1>/)
    assert.match(raw, /\r\nconnection: close\r\n/i)
  }
})

test('of one address twenty slow forms are held, those of others too, and people sign in meanwhile', async () => {
  const client = await atSignIn(lintel)
  const body = `csrf=x&username=${'n'.repeat(1_000)}`
  const started = performance.now()
  const timed = (address: string) =>
    trickle(client, body, address).then(raw => ({
      status: statusOf(raw),
      isEarly: performance.now() - started < 20_000,
    }))
  const flood = Array.from({ length: 50 }, () => timed('203.0.113.66'))
  const others = Array.from({ length: 5 }, (_, n) => timed(`203.0.113.${n}`))
  const normal = await signedIn(lintel, 'normal', password, { 'x-forwarded-for': '198.51.100.2' })
  assert.equal(await placeOf(normal), '/')
  const ended = async (all: typeof flood) =>
    tally((await Promise.all(all)).map(({ status, isEarly }) => `${status} ${isEarly ? 'early' : 'late'}`))
  assert.deepEqual(await ended(flood), { '408 early': 30, '408 late': 20 })
  assert.deepEqual(await ended(others), { '408 late': 5 })
})

test('a machine that trickles is cut off, and its body writes no fault into the log', async () => {
  const client = await atSignIn(lintel)
  const slow = { client, type: 'application/csp-report', body: `{"csp-report":${' '.repeat(500)}` }
  const raw = await sendSlowly({ ...slow, path: '/policy-reports', first: 50, perSecond: 1 })
  assert.equal(raw, '')
  assert.doesNotMatch(lintel.output(), /request failed/)
})
