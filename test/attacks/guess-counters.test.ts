/** Attempts to be counted as somebody else, or not at all. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import type { Client } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import {
  atSignIn,
  copyOf,
  hour,
  openData,
  rawRequest,
  signedIn,
  statusOf,
  tally,
  tryPassword,
  wrong,
} from './support.ts'

/** Each test guesses from an address of its own, so that no test spends another's budget. */
let addresses = 0
const ownAddress = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` })
const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }

const lintel = await startLintel({ after }, { engine: 'sqlite', env, clockOffset: 0 })
const data = await openData({ after }, lintel)

const spellings = ['folded', 'FOLDED', '  folded ', 'Ｆolded', 'folded\t']

test('changing the case, blanks or Unicode form of a username does not start a new count', async () => {
  await data.addPeople({ username: 'folded' })
  const client = await atSignIn(lintel, ownAddress())
  for (const spelling of spellings) assert.equal((await tryPassword(client, spelling, wrong)).status, 422)
  for (const spelling of spellings)
    assert.equal((await tryPassword(client, spelling, wrong)).status, 429, spelling)
})

test('an email address that serves at sign-in and the username share one count, and answer alike', async () => {
  const email = 'both@example.org'
  await data.addPeople({ username: 'both', account: { email, email_key: email, sign_in_email_key: email } })
  const client = await atSignIn(lintel, ownAddress())
  for (const name of ['both', email, 'BOTH@example.org', 'both', email])
    assert.equal((await tryPassword(client, name, wrong)).status, 422)
  for (const name of [email, 'both']) assert.equal((await tryPassword(client, name, password)).status, 429)
  const unknown = await atSignIn(lintel, ownAddress())
  for (let round = 0; round < 5; round++)
    assert.equal((await tryPassword(unknown, 'nobody@example.org', wrong)).status, 422)
  assert.equal((await tryPassword(unknown, 'nobody@example.org', wrong)).status, 429)
})

test('one common password sprayed over many accounts from many addresses counts against each account', async () => {
  const usernames = Array.from({ length: 12 }, (_, index) => `sprayed-${index}`)
  await data.addPeople(...usernames.map(username => ({ username })))
  const spray = () =>
    Promise.all(
      usernames.map(async username => tryPassword(await atSignIn(lintel, ownAddress()), username, wrong)),
    )
  for (let round = 0; round < 5; round++)
    assert.deepEqual(new Set((await spray()).map(({ status }) => status)), new Set([422]))
  assert.deepEqual(new Set((await spray()).map(({ status }) => status)), new Set([429]))
  const failed = await data.events('authn_login_fail')
  for (const username of usernames) {
    const id = await data.idOf(username)
    assert.equal(failed.filter(({ subject }) => subject === id).length, 5, username)
  }
})

test('all addresses of one IPv6 /64 share one count', async () => {
  const at = (tail: string) => atSignIn(lintel, { 'x-forwarded-for': `2001:db8:7:7:${tail}` })
  for (let last = 1; last <= 30; last++)
    assert.equal(
      (await tryPassword(await at(`${last.toString(16)}::${last}`), `v6-${last}`, wrong)).status,
      422,
    )
  assert.equal((await tryPassword(await at('ffff::1'), 'v6', wrong)).status, 429)
  const next = await atSignIn(lintel, { 'x-forwarded-for': '2001:db8:7:8::1' })
  assert.equal((await tryPassword(next, 'v6', wrong)).status, 422)
})

test('an address forged in front of the one that the proxy adds changes nothing', async () => {
  const mine = ownAddress()['x-forwarded-for']
  for (let i = 1; i <= 30; i++) {
    const client = await atSignIn(lintel, {
      'x-forwarded-for': `203.0.113.${i}, ${mine}`,
      forwarded: `for=203.0.113.${i}`,
    })
    assert.equal((await tryPassword(client, `claimed-${i}`, wrong)).status, 422)
  }
  const client = await atSignIn(lintel, { 'x-forwarded-for': ['203.0.113.99', mine] })
  assert.equal((await tryPassword(client, 'claimed', wrong)).status, 429)
})

test('without trusted proxies every header that claims an address is ignored', async t => {
  const bare = await startLintel(t, { engine: 'sqlite' })
  const client = await atSignIn(bare)
  const claims = (i: number) => ({
    'x-forwarded-for': `203.0.113.${i}`,
    forwarded: `for=203.0.113.${i}`,
    'x-real-ip': `203.0.113.${i}`,
    'cf-connecting-ip': `203.0.113.${i}`,
  })
  for (let i = 1; i <= 30; i++) {
    const answer = await client.post('/sign-in', { username: `n-${i}`, password: wrong }, claims(i))
    assert.equal(answer.status, 422)
  }
  assert.equal((await client.post('/sign-in', { username: 'n', password: wrong }, claims(99))).status, 429)
  const records = await (await openData(t, bare)).events('authn_login_fail')
  assert.deepEqual(tally(records.map(({ address }) => address ?? '')), { '127.0.0.1': 30 })
})

test('no other path, method or kind of body checks a password', async () => {
  await data.addPeople({ username: 'evaded' })
  const client = await atSignIn(lintel, ownAddress())
  const good = await client.get('/sign-in')
  const csrf = /name="csrf" value="([^"]*)"/.exec(good.text)?.[1] ?? ''
  const form = new URLSearchParams({ csrf, username: 'evaded', password }).toString()
  const json = JSON.stringify({ csrf, username: 'evaded', password })
  const own = { origin: lintel.origin, 'sec-fetch-site': 'same-origin' }
  const urlencoded = { ...own, 'content-type': 'application/x-www-form-urlencoded' }
  const cookie = client.cookieHeader()
  const headers = Object.entries({ ...urlencoded, cookie, 'content-length': form.length })
  const lines = headers.map(pair => pair.join(': '))
  for (const path of [
    '/sign-in/',
    '//sign-in',
    '/Sign-In',
    '/sign-in%2f',
    '/%2fsign-in',
    '/sign-in;x=1',
    '/sign-in%00',
  ])
    assert.equal(statusOf(await rawRequest(lintel, `POST ${path} HTTP/1.1`, lines, form)), 404, path)
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS'])
    assert.equal((await client.send(method, '/sign-in', urlencoded, form)).status, 405, method)
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x'])
    assert.equal(
      (await client.send('POST', '/sign-in', { ...own, 'content-type': type }, json)).status,
      400,
      type,
    )
  assert.equal(client.cookies.has('lintel'), false)
})

/** A browser that holds the device cookie of this person and nothing else. */
async function deviceOf(username: string): Promise<Client> {
  const client = copyOf(await signedIn(lintel, username, password, ownAddress()))
  client.cookies.delete('lintel')
  await client.get('/sign-in')
  return client
}

test('the device cookie of one person buys no tries on another account', async () => {
  await data.addPeople({ username: 'owner' }, { username: 'target' })
  const client = await deviceOf('owner')
  for (let i = 0; i < 5; i++) assert.equal((await tryPassword(client, 'target', wrong)).status, 422)
  const bare = await atSignIn(lintel, ownAddress())
  assert.equal((await tryPassword(bare, 'target', wrong)).status, 429, 'one counter for both browsers')
})

test('an altered device cookie is ignored', async () => {
  await data.addPeople({ username: 'tampered' }, { username: 'helper' })
  const mine = (await deviceOf('tampered')).cookies.get('lintel-device') ?? ''
  const other = (await deviceOf('helper')).cookies.get('lintel-device') ?? ''
  const [marks = '', signature = ''] = mine.split('.')
  const [otherMarks = ''] = other.split('.')
  const forged = [
    `${otherMarks}.${signature}`,
    `${marks}~${otherMarks}.${signature}`,
    `${marks}.${signature.slice(0, -1)}`,
    `${marks}.`,
    marks,
    `${marks.slice(0, 22)}zzzzzz.${signature}`,
  ]
  const stranger = await atSignIn(lintel, ownAddress())
  for (let i = 0; i < 5; i++) await tryPassword(stranger, 'tampered', wrong)
  for (const value of forged) {
    const client = await atSignIn(lintel, ownAddress())
    client.cookies.set('lintel-device', value)
    assert.equal((await tryPassword(client, 'tampered', wrong)).status, 429, value)
  }
  const genuine = await atSignIn(lintel, ownAddress())
  genuine.cookies.set('lintel-device', mine)
  assert.equal((await tryPassword(genuine, 'tampered', wrong)).status, 422)
})

test('a device cookie 90 days old is ignored', async () => {
  await data.addPeople({ username: 'old-device' })
  const device = await deviceOf('old-device')
  await lintel.advance(91 * 24 * hour)
  await device.get('/sign-in')
  for (let i = 0; i < 5; i++) await tryPassword(device, 'old-device', wrong)
  const stranger = await atSignIn(lintel, ownAddress())
  assert.equal((await tryPassword(stranger, 'old-device', wrong)).status, 429)
})
