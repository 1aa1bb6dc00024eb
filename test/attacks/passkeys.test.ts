import assert from 'node:assert/strict'
import { test } from 'node:test'
import { removePasskeys } from '../../src/verification/passkeys/store.ts'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { bits, createAuthenticator, giveKey } from '../support/people/authenticator.ts'
import { addKeyBy, keyHolder, optionsAt, paths } from '../support/people/keys.ts'
import { isInside, throughGate, withPassword } from '../support/people/two-step.ts'
import { house, newLink, fresh as newPassword, proven, save } from './recovery-support.ts'
import { copyOf, tokensOf } from './support.ts'

const { present, verified, eligible, backedUp } = bits

test('a signature opens the sign-in that asked for it, once, and no other thing', async t => {
  const { key, atKey, holder } = await keyHolder(t)
  const first = await atKey()
  const options = await optionsAt(first, paths.ask)
  const answer = key.sign(options)
  const other = await atKey()
  assert.equal(
    (await other.post(paths.ask, { passkey: answer })).status,
    422,
    'another sign-in of the same person',
  )
  const before = first.cookies.get('lintel')
  assert.equal((await first.post(paths.ask, { passkey: answer })).location, '/')
  assert.notEqual(first.cookies.get('lintel'), before, 'each stage has a cookie of its own')
  assert.equal(await isInside(first), true)
  const next = await atKey()
  for (const replayed of [answer, key.sign(options)])
    assert.equal((await next.post(paths.ask, { passkey: replayed })).status, 422, 'the challenge is used')
  const forGate = await optionsAt(first, paths.gate)
  assert.equal((await next.post(paths.ask, { passkey: key.sign(forGate) })).status, 422, 'asked for the gate')
  assert.equal(await isInside(next), false)
  assert.equal(await holder.open(), 1, 'one session')
})

test('a challenge is too old after ten minutes, and a person is told', async t => {
  const { lintel, key, atKey } = await keyHolder(t)
  const client = await atKey()
  const options = await optionsAt(client, paths.ask)
  await lintel.advance(10 * 60_000)
  const late = await client.post(paths.ask, { passkey: key.sign(options) })
  assert.equal(late.status, 422)
  assert.match(late.text, /That took too long/)
  const again = await client.post(paths.ask, { passkey: key.sign(await optionsAt(client, paths.ask)) })
  assert.equal(again.location, '/')
})

for (const engine of engines) {
  test(`of fifty who send the same signature at once one gets in (${engine})`, async t => {
    const { key, atKey } = await keyHolder(t, { engine })
    const client = await atKey()
    const passkey = key.sign(await optionsAt(client, paths.ask))
    const [csrf = ''] = tokensOf(await client.get(paths.ask))
    const copies = Array.from({ length: 50 }, () => copyOf(client))
    const answers = await Promise.all(copies.map(copy => copy.post(paths.ask, { csrf, passkey })))
    assert.equal(answers.filter(({ status, location }) => status === 303 && location === '/').length, 1)
  })
}

test('another person’s key, a handle that is not the account’s, and a signature of nobody are refused alike', async t => {
  const { lintel, data, key, atKey } = await keyHolder(t)
  const stranger = createAuthenticator(lintel.origin)
  const otherClient = await keyHolder.another(lintel, data, 'other', stranger)
  assert.ok(otherClient)
  const client = await atKey()
  const refused = new Set<string>()
  for (const [by, otherwise] of [
    [stranger, {}],
    [createAuthenticator(lintel.origin), {}],
    [key, { userHandle: Buffer.alloc(32, 7).toString('base64url') }],
    [key, { signature: Buffer.alloc(70, 48) }],
    [key, { flags: verified }],
    [key, { rpId: 'example.org' }],
    [key, { origin: 'http://localhost:1' }],
    [key, { client: { crossOrigin: true } }],
    [key, { type: 'webauthn.create' }],
  ] as const) {
    const answer = await client.post(paths.ask, {
      passkey: by.sign(await optionsAt(client, paths.ask), otherwise),
    })
    assert.equal(answer.status, 422)
    refused.add(/data-error-summary.*?<li>(.*?)<\/li>/s.exec(answer.text)?.[1] ?? '')
  }
  assert.equal(refused.size, 1, [...refused].join('\n'))
  assert.equal(await isInside(client), false)
})

test('a copy of a key is refused, opens an incident, and the key itself still works', async t => {
  const { data, key, atKey, id } = await keyHolder(t)
  const client = await atKey()
  const sign = async (otherwise: object) =>
    client.post(paths.ask, { passkey: key.sign(await optionsAt(client, paths.ask), otherwise) })
  const old = await sign({ signCount: 1 })
  assert.match(old.text, /there may be a copy/)
  assert.match(
    (await sign({ flags: present | verified | eligible, signCount: 90 })).text,
    /there may be a copy/,
  )
  const incidents = await data.services.store.read
    .selectFrom('incident')
    .select('kind')
    .where('account_id', '=', id)
    .execute()
  assert.deepEqual(
    incidents.map(({ kind }) => kind),
    ['key-copied'],
  )
  assert.equal((await sign({})).location, '/')
})

test('the counter of a synced passkey says nothing, and a passkey without a check of the person is one factor', async t => {
  const { data, key, atKey } = await keyHolder(t, { flags: present | verified | eligible | backedUp })
  for (const flags of [present | verified | eligible | backedUp, present | eligible]) {
    const client = await atKey()
    const passkey = key.sign(await optionsAt(client, paths.ask), { flags, signCount: 0 })
    assert.equal((await client.post(paths.ask, { passkey })).location, '/')
    assert.equal(await isInside(client), true)
  }
  const rows = await data.services.store.read
    .selectFrom('session')
    .select('proofs')
    .where('ended_at', 'is', null)
    .execute()
  const kinds = rows.map(({ proofs }) => Object.keys(JSON.parse(proofs)).join(' '))
  assert.deepEqual(kinds, ['password key-touched'])
})

test('nothing is added without the gate, with an old or foreign challenge, or from a sign-in whose credentials changed', async t => {
  const { lintel, data, client, id } = await keyHolder(t)
  const fresh = createAuthenticator(lintel.origin)
  const add = paths.add.passkey
  const stale = copyOf(client)
  const options = await optionsAt(client, add)
  assert.equal(
    (await client.post(add, { passkey: fresh.register({ ...options, challenge: 'AAAA' }) })).status,
    422,
  )
  const forKey = await optionsAt(client, paths.add['security-key'])
  assert.equal(
    (await client.post(add, { passkey: fresh.register(forKey) })).status,
    422,
    'asked for the other kind',
  )
  assert.equal((await client.post(add, { passkey: fresh.register(options, { flags: present }) })).status, 422)
  assert.equal((await client.post(add, { passkey: fresh.register(options) })).status, 303)
  assert.equal((await client.post(add, { passkey: fresh.register(options) })).status, 422, 'twice')
  assert.equal((await stale.post(add, { passkey: fresh.register(options) })).location, '/sign-in')
  await lintel.advance(11 * 60_000)
  const late = await client.get(`${add}/options`)
  assert.equal(
    late.headers['content-type']?.startsWith('text/html'),
    true,
    'the gate stands before the options',
  )
  assert.equal((await client.post(add, { passkey: 'x' })).status, 403)
  const own = await data.services.store.read
    .selectFrom('passkey')
    .select('name')
    .where('account_id', '=', id)
    .execute()
  assert.equal(own.length, 2)
  const mails = await data.services.store.read
    .selectFrom('mail')
    .select('kind')
    .where('account_id', '=', id)
    .execute()
  assert.deepEqual(mails.map(({ kind }) => kind).sort(), ['two-step-on', 'way-added'])
})

test('a credential that was removed opens nothing, also while it is in use, and is never added again', async t => {
  const { key, atKey, data, id } = await keyHolder(t)
  const asked = await atKey()
  const options = await optionsAt(asked, paths.ask)
  await data.services.store.write(tx => removePasskeys(tx, id))
  assert.equal(
    (await asked.post(paths.ask, { passkey: key.sign(options) })).location,
    '/',
    'its step is over',
  )
  const page = await throughGate(asked, paths.add.passkey, password)
  assert.match(page.text, /Add a passkey/)
  const again = await addKeyBy(asked, key, 'passkey')
  assert.equal(again.status, 422)
  assert.match(again.text, /was added before/)
})

test('Turn Off takes a signature that was asked for it, once, and ends every way', async t => {
  const { data, key, client } = await keyHolder(t)
  const off = '/security/two-step/turn-off'
  const page = await client.get(off)
  assert.match(page.text, /Use your passkey or security key/)
  const forGate = key.sign(await optionsAt(client, paths.gate))
  assert.equal((await client.post(off, { passkey: forGate })).status, 422, 'asked for the gate')
  const wrong = await client.post(off, { passkey: key.sign(await optionsAt(client, off), { flags: 0 }) })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /is not one of yours/)
  const passkey = key.sign(await optionsAt(client, off))
  const copies = Array.from({ length: 20 }, () => copyOf(client))
  const [csrf = ''] = tokensOf(page)
  const answers = await Promise.all(copies.map(copy => copy.post(off, { csrf, passkey })))
  assert.ok(answers.every(({ status }) => status === 303))
  assert.equal((await data.events('authn_mfa_remove')).length, 1)
})

test('a key of a former address is no way: the last that works here cannot be removed, by nobody', async t => {
  const { lintel, data, client, id } = await keyHolder(t)
  await giveKey(data.services, id, { rpId: 'old.example.org' })
  const page = await client.get('/security/two-step')
  assert.equal(page.text.match(/Does not work at this address/g)?.length, 1)
  const [here = '', former = ''] = [...page.text.matchAll(/href="([^"]+\/remove)"/g)].map(
    ([, path = '']) => path,
  )
  const refused = await client.post(here, {})
  assert.equal(refused.status, 422)
  assert.match(refused.text, /This is your only way/)
  const desk = await firstSignInByClient(lintel)
  await throughGate(desk, '/security', password)
  const remove = `/helpdesk/people/${id}/remove-way`
  const byDesk = async (path: string) => {
    await desk.get(remove)
    const entry = { way: path.split('/').at(-2) ?? '', identified: 'in-person', reason: 'Lost it.' }
    return desk.submit(entry, 'Remove this way')
  }
  const denied = await byDesk(here)
  assert.equal(denied.status, 422)
  assert.match(denied.text, /This is the only way that they have/)
  assert.equal((await byDesk(former)).status, 303)
  assert.equal((await client.get('/')).location, '/sign-in', 'what was signed in has ended')
  const [event] = await data.events('authn_mfa_remove')
  assert.deepEqual([event?.subject, JSON.parse(event?.args ?? '{}').by], [id, 'passkey'])
})

test('a mailed reset leaves the ways as they are, and the next sign-in asks for them', async t => {
  const given = await house(t)
  const { owner, lintel } = given
  await throughGate(owner, paths.add.passkey, password)
  const key = createAuthenticator(lintel.origin)
  await addKeyBy(owner, key, 'passkey')
  await save(await proven(given, await newLink(given)))
  const { client, page } = await withPassword(lintel, 'admin', newPassword)
  assert.match(page.text, /<h1>Use your passkey or security key<\/h1>/)
  assert.equal(await isInside(client), false)
  const passkey = key.sign(await optionsAt(client, paths.ask))
  assert.equal((await client.post(paths.ask, { passkey })).location, '/')
})
