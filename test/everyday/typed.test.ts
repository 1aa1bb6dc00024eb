/** What people type at the door, as their phones and keyboards put it in. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTemporaryPassword } from '../../src/password/store.ts'
import { readPolicy } from '../../src/policy/policy.ts'
import { openHasher } from '../../src/services.ts'
import { atSignIn, hour, openData, placeOf, signedIn, tryPassword, wrong } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { startLintel } from '../support/process/process.ts'

const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }
let addresses = 0
const ownAddress = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` })
const lintel = await startLintel({ after }, { engine: 'sqlite', env, clockOffset: 0 })
const data = await openData({ after }, lintel)

const spellings = [
  'ann. lee',
  'ann.lee.',
  'Ann.Lee ',
  '\u200bann.lee',
  'ann.lee\u200e',
  'ann\u00ad.lee',
  'ＡＮＮ．ＬＥＥ',
]

test('a username as a phone types it signs its owner in', async () => {
  await data.addPeople({ username: 'ann.lee' })
  for (const username of spellings)
    assert.equal(
      await placeOf(await signedIn(lintel, username, password, ownAddress())),
      '/',
      JSON.stringify(username),
    )
})

test('however a username is spelled, its tries are counted together', async () => {
  await data.addPeople({ username: 'bo.lee' })
  const client = await atSignIn(lintel, ownAddress())
  const statuses: number[] = []
  for (const username of [
    'bo.lee',
    'bo. lee',
    'bo.lee.',
    '\u200bbo.lee',
    'BO.LEE ',
    'bo\u00ad.lee',
    'bo.lee',
  ])
    statuses.push((await tryPassword(client, username, wrong)).status)
  assert.deepEqual(statuses.slice(0, 5), [422, 422, 422, 422, 422])
  assert.equal(statuses.at(-1), 429)
})

test('Forgot password finds the account under the same spellings, and by an email address with a point after it', async () => {
  await data.addPeople({ username: 'cy.lee' })
  const id = await data.idOf('cy.lee')
  const client = await atSignIn(lintel, ownAddress())
  const entries = ['cy. lee', '\u200bCy.Lee.', ' cy.lee@example.org. ']
  for (const entry of entries) {
    await client.get('/forgot-password')
    assert.equal((await client.submit({ username: entry }, 'Continue')).location, '/forgot-password/sent')
  }
  const found = async () =>
    (await data.events('authn_recovery_request')).filter(({ subject }) => subject === id).length
  for (let round = 0; round < 100 && (await found()) < entries.length; round += 1)
    await new Promise(resolve => setTimeout(resolve, 100))
  assert.equal(await found(), entries.length)
})

test('a temporary password is taken in capitals, with blanks around it, and with anything in place of its hyphens', async () => {
  await data.addPeople({ username: 'new.lee', temporary: true })
  const { store, keyring } = data.services
  const hash = await openHasher(keyring).hash('k7wd-29xm-fhq4')
  assert.ok(!hash.busy)
  const id = await data.idOf('new.lee')
  const policy = await readPolicy(store)
  await store.write(tx => setTemporaryPassword(tx, id, hash.value, policy, Date.now() + 2 * hour))
  const typed = [
    ' k7wd-29xm-fhq4',
    'k7wd-29xm-fhq4\t',
    '\u00a0k7wd-29xm-fhq4\u200b',
    'K7WD-29XM-FHQ4',
    'K7wd 29xm fhq4',
    'k7wd\u201129xm\u2011fhq4',
    'k7wd–29xm–fhq4.',
    'k7wd29xmfhq4',
  ]
  for (const text of typed)
    assert.equal(
      await placeOf(await signedIn(lintel, 'new.lee', text, ownAddress())),
      '/password/new',
      JSON.stringify(text),
    )
  const client = await signedIn(lintel, 'new.lee', 'k7wd29xmfhq4', ownAddress())
  await client.get('/password/new')
  const own = { password: 'K7WD-29XM-FHQ4', confirm: 'K7WD-29XM-FHQ4' }
  assert.equal((await client.post('/password/new', own)).status, 422, 'nor is it taken as the own one')
})

test('a password of one’s own counts every sign', async () => {
  await data.addPeople({ username: 'own.lee' })
  for (const text of [`${password} `, ` ${password}`, password.toUpperCase(), password.replaceAll(' ', '')])
    assert.equal((await tryPassword(await atSignIn(lintel, ownAddress()), 'own.lee', text)).status, 422, text)
})
