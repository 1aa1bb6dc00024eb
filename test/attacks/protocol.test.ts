/** Oversized, slow, malformed and smuggled requests. */
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import {
  atSignIn,
  exchange,
  openData,
  placeOf,
  rawRequest,
  signedIn,
  statusOf,
  tokensOf,
  tryPassword,
} from './support.ts'

const lintel = await startLintel(
  { after },
  { engine: 'sqlite', env: { LINTEL_TRUSTED_PROXIES: '127.0.0.1' } },
)
const data = await openData({ after }, lintel)
const { host, hostname, port } = new URL(lintel.origin)
await data.addPeople({ username: 'normal' })
const isWell = async () => assert.equal((await openClient(lintel.origin).get('/sign-in')).status, 200)
const form = ['Content-Type: application/x-www-form-urlencoded', `Origin: ${lintel.origin}`]

test('ten thousand fields, a long value and a thousand cookies are refused or ignored at once', async () => {
  const client = await atSignIn(lintel)
  const csrf = tokensOf(await client.get('/sign-in'))[0] ?? ''
  const own = {
    origin: lintel.origin,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
  }
  const many = `csrf=${csrf}&${Array.from({ length: 10_000 }, (_, i) => `a${i}=`).join('&')}`
  assert.equal((await client.send('POST', '/sign-in', own, many.slice(0, 65_000))).status, 400)
  assert.equal((await client.send('POST', '/sign-in', own, '&'.repeat(60_000))).status, 400)
  assert.equal((await client.send('POST', '/sign-in', own, `a=${'%'.repeat(60_000)}`)).status, 403)
  const cookies = Array.from({ length: 1_000 }, (_, i) => `c${i}=1`).join('; ')
  assert.equal(statusOf(await rawRequest(lintel, 'GET /sign-in HTTP/1.1', [`Cookie: ${cookies}`])), 200)
  const long = Array.from({ length: 1_000 }, (_, i) => `c${i}=${'x'.repeat(60)}`).join('; ')
  assert.equal(statusOf(await rawRequest(lintel, 'GET /sign-in HTTP/1.1', [`Cookie: ${long}`])), 431)
  assert.equal(
    statusOf(await rawRequest(lintel, 'GET /sign-in HTTP/1.1', [`X-A: ${'x'.repeat(65_536)}`])),
    431,
  )
  assert.ok(
    [400, 414, 431].includes(statusOf(await rawRequest(lintel, `GET /${'a'.repeat(65_536)} HTTP/1.1`, []))),
  )
  await isWell()
})

test('a body that announces too great a length is refused before it comes', async () => {
  for (const length of ['65537', '104857600', '9007199254740993']) {
    const raw = await rawRequest(lintel, 'POST /sign-in HTTP/1.1', [...form, `Content-Length: ${length}`])
    assert.equal(statusOf(raw), 413, length)
  }
  for (const length of ['-1', '1e3', '0x10', '+5', '5, 5', '99999999999999999999999'])
    assert.equal(
      statusOf(
        await rawRequest(lintel, 'POST /sign-in HTTP/1.1', [...form, `Content-Length: ${length}`], 'a=b'),
      ),
      400,
      length,
    )
})

test('JSON nested a hundred thousand times is not read', async () => {
  const body = '['.repeat(60_000)
  const raw = await rawRequest(
    lintel,
    'POST /sign-in HTTP/1.1',
    ['Content-Type: application/json', `Origin: ${lintel.origin}`, `Content-Length: ${body.length}`],
    body,
  )
  assert.equal(statusOf(raw), 400)
})

test('text made to be slow to search is answered as fast as any other', async () => {
  const client = await atSignIn(lintel, { 'x-forwarded-for': '198.51.100.1' })
  for (const text of [
    `${'a'.repeat(60_000)}!`,
    '%'.repeat(20_000),
    ' '.repeat(50_000),
    `${'a '.repeat(20_000)}\t`,
  ])
    assert.equal((await tryPassword(client, text, 'x')).status, 422)
  for (const path of [
    `/sign-in?to=/${'a'.repeat(8_000)}`,
    `/sign-in?${'a=&'.repeat(2_500)}`,
    `/${'%2f'.repeat(2_500)}`,
    `/${'../'.repeat(2_500)}`,
  ])
    assert.ok((await client.get(path)).status < 500)
})

test('smuggled requests, whose length can be read in two ways, are refused and the connection is closed', async () => {
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n'
  const bodies: Readonly<Record<string, string>> = {
    'CL.TE': `Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG`,
    'TE.CL': `Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`,
    'two lengths': `Content-Length: 3\r\nContent-Length: 4\r\n\r\na=bc`,
    'two codings': `Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`,
    'an unknown coding': `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    'chunked not last': `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    'a blank before the colon': `Content-Length : 3\r\n\r\na=b`,
    'a folded line': `X-A: b\r\n Content-Length: 3\r\nContent-Length: 3\r\n\r\na=b`,
    'bare line feeds': `X-A: b\nContent-Length: 3\n\na=b`,
    'a bare carriage return': `X-A: b\rContent-Length: 3\r\n\r\na=b`,
    'a NUL in a header': `X-A: b\0c\r\nContent-Length: 3\r\n\r\na=b`,
    'a chunk size that is no number': `Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`,
    'a chunk size too large': `Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n`,
  }
  for (const [name, rest] of Object.entries(bodies)) {
    const raw = await exchange(
      lintel,
      `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\n${form.join('\r\n')}\r\n${rest}${smuggled}`,
    )
    const answers = raw.match(/HTTP\/1\.1 \d{3}/g) ?? []
    assert.deepEqual(answers, ['HTTP/1.1 400'], name)
  }
})

test('start lines and protocols that are not HTTP/1.1 reach no page', async () => {
  for (const start of [
    'GET /sign-in HTTP/9.9',
    'GET sign-in HTTP/1.1',
    ' GET / HTTP/1.1',
    'PRI * HTTP/2.0',
    '\u0016\u0003\u0001',
    'GET / HTTP/1.1 x',
  ])
    assert.ok(
      [0, 400, 404, 405, 505].includes(
        statusOf(await exchange(lintel, `${start}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)),
      ),
      start,
    )
  assert.equal(
    statusOf(await exchange(lintel, 'GET /sign-in HTTP/1.1\r\nConnection: close\r\n\r\n')),
    400,
    'no Host',
  )
  await isWell()
})

test('requests sent in one go are answered in their order', async () => {
  const one = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`
  const raw = await exchange(
    lintel,
    `${one('/health/live')}${one('/nowhere').repeat(20)}${one('/health/live', 'Connection: close\r\n')}`,
  )
  const statuses = (raw.match(/HTTP\/1\.1 \d{3}/g) ?? []).map(line => line.slice(9))
  assert.deepEqual(statuses, ['200', ...Array<string>(20).fill('404'), '200'])
})

/** A connection that sends the start of a request and then one byte a second. */
function slow(start: string): { readonly closed: Promise<string>; readonly socket: Socket } {
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.setEncoding('utf8').on('data', text => {
    received += text
  })
  socket.on('error', () => {})
  socket.write(start)
  const timer = setInterval(() => socket.write('a'), 1_000)
  const closed = new Promise<string>(resolve => {
    socket.once('close', () => {
      clearInterval(timer)
      resolve(received)
    })
  })
  return { closed, socket }
}

test('connections that never finish their headers are closed, and people are served meanwhile', async () => {
  const headers = Array.from({ length: 50 }, () => slow(`GET / HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `))
  const bodies = Array.from({ length: 50 }, () =>
    slow(
      `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\n${form.join('\r\n')}\r\nContent-Length: 60000\r\n\r\ncsrf=`,
    ),
  )
  for (let i = 0; i < 5; i++) {
    const client = await signedIn(lintel, 'normal', password, { 'x-forwarded-for': '198.51.100.2' })
    assert.equal(await placeOf(client), '/')
  }
  const answers = await Promise.all(headers.map(({ closed }) => closed))
  assert.ok(answers.every(answer => answer === '' || statusOf(answer) === 408))
  for (const { socket } of bodies) socket.destroy()
  await Promise.all(bodies.map(({ closed }) => closed))
  await isWell()
})

test('a request cut off in the middle of its body changes nothing', async () => {
  const client = await atSignIn(lintel)
  const csrf = tokensOf(await client.get('/sign-in'))[0] ?? ''
  const cookie = `Cookie: ${client.cookieHeader()}`
  const body = `csrf=${csrf}&username=normal&password=x`
  for (let i = 0; i < 20; i++) {
    const socket = connect(Number(port), hostname)
    await new Promise<void>(resolve => {
      socket.once('close', () => resolve()).on('error', () => {})
      socket.write(
        `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\n${[...form, cookie].join('\r\n')}\r\nContent-Length: ${body.length + 10}\r\n\r\n${body}`,
        () => socket.destroy(),
      )
    })
  }
  await isWell()
  assert.doesNotMatch(lintel.output(), /aborted|request failed/, 'who hangs up writes no error into the log')
  assert.equal((await data.events('authn_login_fail')).filter(row => row.address === '127.0.0.1').length, 0)
})
