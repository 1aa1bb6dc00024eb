/** A browser that keeps no cookie is told so, and not that a page is old or a link dead; the cookies of a neighbor are not ours. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openData, signedIn } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'

const lintel = await startLintel({ after }, { engine: 'sqlite' })
const data = await openData({ after }, lintel)
const token = 'a'.repeat(43)

const blocking = () => {
  const client = openClient(lintel.origin)
  return {
    ...client,
    async submit(path: string, fields: Record<string, string>) {
      await client.get(path)
      client.cookies.clear()
      return client.submit(fields)
    },
    async open(path: string) {
      const first = await client.get(path)
      client.cookies.clear()
      return client.get(first.location ?? path)
    },
  }
}

test('signing in says that the browser keeps no cookie of this site', async () => {
  const refused = await blocking().submit('/sign-in', { username: 'admin', password })
  assert.equal(refused.status, 403)
  assert.match(refused.text, /did not send back a cookie from this site/)
  assert.doesNotMatch(refused.text, /open too long/)
  assert.match(refused.text, /value="admin"/, 'the username stays')
})

test('a page that is old, in a browser that keeps cookies, is still said to be old', async () => {
  const client = openClient(lintel.origin)
  await client.get('/sign-in')
  const old = await client.post('/sign-in', { csrf: 'old', username: 'admin', password })
  assert.match(old.text, /open too long/)
})

test('Forgot password and mailed links say the same, and no link is called dead', async () => {
  const forgot = await blocking().submit('/forgot-password', { username: 'admin' })
  assert.equal(forgot.status, 403)
  assert.match(forgot.text, /<h1>Allow cookies to continue</)
  for (const kind of ['reset', 'welcome', 'not-me']) {
    const page = await blocking().open(`/${kind}/${token}`)
    assert.match(page.text, /<h1>Allow cookies to continue</, kind)
    assert.doesNotMatch(page.text, /does not work/)
  }
})

test('a browser signed in to two sites on one host, on different ports, stays signed in to both', async () => {
  const other = await startLintel({ after }, { engine: 'sqlite' })
  const second = await openData({ after }, other)
  await data.addPeople({ username: 'both' })
  await second.addPeople({ username: 'both' })
  const one = await signedIn(lintel, 'both')
  const two = await signedIn(other, 'both')
  const jar = { cookie: `${one.cookieHeader()}; ${two.cookieHeader()}` }
  for (const client of [one, two]) {
    assert.equal((await client.get('/', jar)).status, 200)
    assert.equal((await client.post('/preferences', { theme: 'dark' }, jar)).status, 303)
  }
  const neighbor = { cookie: two.cookieHeader() }
  const fresh = await openClient(lintel.origin).post('/sign-in', { username: 'both', password }, neighbor)
  assert.match(fresh.text, /did not send back a cookie from this site/, 'a neighbor’s cookie is none of ours')
})
