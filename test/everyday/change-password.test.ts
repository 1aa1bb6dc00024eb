/** The address at which password managers look for the page that changes a password. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openData, signedIn } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'

const address = '/.well-known/change-password'
const lintel = await startLintel({ after }, { engine: 'sqlite' })
const data = await openData({ after }, lintel)
await data.addPeople({ username: 'keeper' })

test('a password manager is led to the page that changes the password, after the sign-in', async () => {
  const client = openClient(lintel.origin)
  const first = await client.get(address)
  assert.deepEqual([first.status, first.location], [303, '/security/password'])
  const page = await client.follow(first)
  assert.match(page.text, /<h1>Sign in</)
  const inside = await client.submit({ username: 'keeper', password })
  assert.equal(inside.location, '/security/password')
})

test('who is signed in is led there too', async () => {
  const client = await signedIn(lintel, 'keeper')
  assert.equal((await client.get(address)).location, '/security/password')
})
