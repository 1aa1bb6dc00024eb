/** Browsers that a person is known in, after a change that made all of them strangers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { password } from '../journeys/guide.ts'
import type { Client } from '../support/http/client.ts'
import { throughGate } from '../support/people/two-step.ts'
import { type Lintel, startLintel } from '../support/process/process.ts'
import { house, newLink, proven, save } from './recovery-support.ts'
import { atSignIn, hour, openData, signedIn, tryPassword, wrong } from './support.ts'

const fresh = 'Walnut ferry 19 at dusk'

async function fail(lintel: Lintel, client: Client, username: string, times: number): Promise<void> {
  for (let failures = 0; failures < times; failures++) {
    if (failures >= 5) await lintel.advance(hour + 1_000)
    assert.equal((await tryPassword(client, username, wrong)).status, 422, `failure ${failures}`)
  }
}

/** Tells whether a browser is known: its wrong passwords then make no stranger wait. */
async function isKnown(lintel: Lintel, client: Client, username: string): Promise<boolean> {
  await client.get('/sign-in')
  await fail(lintel, client, username, 5)
  const { status } = await tryPassword(await atSignIn(lintel), username, wrong)
  await lintel.advance(25 * hour)
  return status === 422
}

test('the browser in which a person changed the password is a stranger until its next full sign-in, and known after it', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const data = await openData(t, lintel)
  await data.addPeople({ username: 'amina' })
  const owner = await signedIn(lintel, 'amina', password)
  await throughGate(owner, '/security/password', password)
  await owner.submit({ password: fresh, confirm: fresh }, 'Save')
  await owner.submit({}, 'Sign Out')
  assert.equal(await isKnown(lintel, owner, 'amina'), false)
  await owner.get('/sign-in')
  await owner.follow(await tryPassword(owner, 'amina', fresh))
  await owner.submit({}, 'Sign Out')
  assert.equal(await isKnown(lintel, owner, 'amina'), true)
})

test('the browser in which a forgotten password was replaced is known after its next full sign-in, whatever strangers try', async t => {
  const given = await house(t)
  const { lintel } = given
  const owner = await proven(given, await newLink(given))
  await save(owner)
  await owner.get('/sign-in')
  assert.equal((await tryPassword(owner, 'admin', fresh)).status, 303)
  await owner.get('/')
  owner.cookies.delete('lintel')
  await fail(lintel, await atSignIn(lintel), 'admin', 50)
  await owner.get('/sign-in')
  assert.equal((await tryPassword(owner, 'admin', fresh)).status, 303)
})

test('after 50 wrong passwords a known browser is heard no more either, however long it waits', async t => {
  const given = await house(t)
  const { lintel, owner } = given
  await owner.submit({}, 'Sign Out')
  await owner.get('/sign-in')
  await fail(lintel, owner, 'admin', 50)
  await lintel.advance(40 * 24 * hour)
  assert.equal((await tryPassword(owner, 'admin', password)).status, 429)
  const reset = await proven(given, await newLink(given))
  await save(reset)
  assert.equal((await tryPassword(owner, 'admin', fresh)).status, 303, 'a new password clears it')
})
