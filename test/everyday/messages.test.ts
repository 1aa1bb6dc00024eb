/** What was done is said once, to who did it; an address says nothing. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openData, signedIn } from '../attacks/support.ts'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'

const lintel = await startLintel({ after }, { engine: 'sqlite' })
const data = await openData({ after }, lintel)

test('an address that names a message says nothing', async () => {
  const stranger = openClient(lintel.origin)
  for (const name of ['password-changed', 'signed-out', 'declined', 'kept', 'ended-by-person']) {
    const page = await stranger.get(`/sign-in?message=${name}`)
    assert.doesNotMatch(page.text, /usa-alert/, name)
  }
})

test('who signs out is told so once, and not after a reload', async () => {
  await data.addPeople({ username: 'once' })
  const client = await signedIn(lintel, 'once', password)
  await client.get('/')
  const page = await client.follow(await client.submit({}, 'Sign Out'))
  assert.match(page.text, /You are signed out\./)
  assert.doesNotMatch((await client.get('/sign-in')).text, /You are signed out\./)
})

test('the console says what was done once, on the page of what it was done to', async () => {
  const admin = await firstSignInByClient(lintel)
  const address = '/helpdesk/organizations'
  await admin.get(`${address}/new`)
  const made = await admin.submit({ name: 'Sunrise House', allows: '' })
  const path = made.location ?? ''
  assert.match((await admin.get(path)).text, /usa-alert--success/)
  assert.doesNotMatch((await admin.get(path)).text, /usa-alert--success/)
  assert.doesNotMatch((await admin.get(`${path}?did=created`)).text, /usa-alert--success/)
})
