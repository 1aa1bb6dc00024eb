import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { openClient, sendRaw } from './client.ts'

const page = `<!doctype html><title>x</title>
<form method="get" action="/search"><input name="q" type="search" value="a &amp; b"><button type="submit">Search</button></form>
<form method="post" action="/save"><input type="hidden" name="csrf" value="t&#39;1">
<select name="place"><option value="">-</option><option value="2" selected>Two</option></select>
<textarea name="note">
first &lt;line&gt;</textarea>
<input type="checkbox" name="on" value="1" checked><input type="checkbox" name="off" value="1">
<input type="password" name="password"><button type="button">Show</button>
<button type="submit" name="choice" value="yes"><span>Accept</span></button><button type="submit" name="choice" value="no">Decline</button></form>`

interface Seen {
  readonly request: IncomingMessage
  readonly body: string
}
const seen: Seen[] = []
const last = () => seen.at(-1) ?? assert.fail('nothing was sent')
const server = createServer(async (request, response) => {
  seen.push({ request, body: await text(request) })
  if (request.url === '/set') response.setHeader('set-cookie', ['a=1; Path=/; HttpOnly', 'b=x=y; Max-Age=60'])
  if (request.url === '/unset') response.setHeader('set-cookie', 'a=; Max-Age=0')
  if (request.url === '/save') response.writeHead(303, { location: `${origin}/done` })
  if (request.url === '/done' || request.url === '/form')
    response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(request.url === '/form' ? page : 'done')
})
let origin = ''

before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => server.close())

test('cookies are kept, sent and forgotten as the server says', async () => {
  const client = openClient(origin)
  await client.get('/set')
  await client.get('/')
  assert.equal(last().request.headers.cookie, 'a=1; b=x=y')
  await client.get('/unset')
  await client.get('/')
  assert.equal(last().request.headers.cookie, 'b=x=y')
})

test('a submitted form sends what the page holds, what was typed and the button pressed', async () => {
  const client = openClient(origin)
  await client.get('/form')
  const answer = await client.submit({ password: 'p ä' }, 'Accept')
  assert.deepEqual(Object.fromEntries(new URLSearchParams(last().body)), {
    csrf: "t'1",
    place: '2',
    note: 'first <line>',
    on: '1',
    password: 'p ä',
    choice: 'yes',
  })
  assert.equal(last().request.headers['sec-fetch-site'], 'same-origin')
  assert.equal(last().request.headers.origin, origin)
  assert.equal(answer.location, '/done')
  assert.equal((await client.follow(answer)).text, 'done')
})

test('a form that a page does not have cannot be submitted', async () => {
  const client = openClient(origin)
  await client.get('/form')
  assert.throws(() => client.submit({ username: 'a' }), /has no form with username/)
  assert.throws(() => client.submit({}, 'Delete'), /has no form with button "Delete"/)
  await client.submit({ q: 'c' })
  assert.equal(last().request.url, '/search?q=c')
})

test('a post takes the token of the last form, also with a file', async () => {
  const client = openClient(origin)
  await client.get('/form')
  await client.get('/done')
  await client.post('/x', { a: '1' })
  assert.equal(last().body, 'csrf=t%271&a=1')
  const form = new FormData()
  form.set('file', new File(['name\nAmina'], 'people.csv'))
  await client.post('/x', form)
  assert.match(last().request.headers['content-type'] ?? '', /^multipart\/form-data; boundary=/)
  assert.match(last().body, /name="file"; filename="people.csv".*Amina.*name="csrf".*t'1/s)
})

test('headers can be left out, replaced and repeated, and bytes sent as they are', async () => {
  const client = openClient(origin, { 'x-forwarded-for': '10.0.0.1' })
  await client.post('/x', {}, { origin: undefined, 'sec-fetch-site': 'cross-site', 'x-twice': ['1', '2'] })
  const { headers, headersDistinct } = last().request
  assert.equal(headers.origin, undefined)
  assert.equal(headers['sec-fetch-site'], 'cross-site')
  assert.deepEqual(headersDistinct['x-twice'], ['1', '2'])
  assert.equal(headers['x-forwarded-for'], '10.0.0.1')
  assert.match(await sendRaw(origin, 'GET / HTTP/1.1\r\n\r\n'), /^HTTP\/1.1 400 /)
})
