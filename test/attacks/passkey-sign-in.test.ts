import assert from 'node:assert/strict'
import { test } from 'node:test'
import { removePasskeys } from '../../src/verification/passkeys/store.ts'
import { engines } from '../support/database/databases.ts'
import type { Answer, Client } from '../support/http/client.ts'
import { bits, createAuthenticator, type Otherwise } from '../support/people/authenticator.ts'
import { keyHolder, optionsAt, paths, setPolicy } from '../support/people/keys.ts'
import { isInside } from '../support/people/two-step.ts'
import { copyOf, tokensOf } from './support.ts'

const policy = { passkeys: 'sign-in' } as const
const { alone } = paths
const refusalOf = ({ text }: Answer) => /data-error-summary.*?<li>(.*?)<\/li>/s.exec(text)?.[1] ?? ''

/** A browser on the sign-in page, and what it sends by this key. */
const sending =
  (stranger: () => Client, key: ReturnType<typeof createAuthenticator>) =>
  async (otherwise: Otherwise = {}): Promise<{ client: Client; answer: Answer }> => {
    const client = stranger()
    await client.get('/sign-in')
    const passkey = key.sign(await optionsAt(client, alone), otherwise)
    return { client, answer: await client.post(alone, { passkey }) }
  }

test('a passkey alone signs in where policy allows it, and nowhere else', async t => {
  const { data, key, stranger, holder } = await keyHolder(t, { policy })
  const send = sending(stranger, key)
  const { client, answer } = await send()
  assert.equal(answer.location, '/')
  assert.equal(await isInside(client), true)
  assert.equal(await holder.open(), 1, 'the older session ended')
  await setPolicy(data, {})
  const late = stranger()
  const page = await late.get('/sign-in')
  assert.doesNotMatch(page.text, /Sign in with a passkey/)
  assert.equal((await late.get(`${alone}/options`)).status, 404)
  assert.equal((await late.post(alone, { passkey: '{}' })).status, 404)
})

test('options name nobody, and an unknown passkey is answered as a wrong signature', async t => {
  const { lintel, key, stranger, client: owner } = await keyHolder(t, { policy })
  const client = stranger()
  await client.get('/sign-in')
  const options = (await optionsAt(client, alone)) as unknown as Record<string, unknown>
  assert.deepEqual(
    [options['allowCredentials'], options['userVerification'], options['rpId']],
    [[], 'required', 'localhost'],
  )
  assert.equal('user' in options, false)
  const named = JSON.parse((await client.get(`${alone}/options?username=wren`)).text)
  assert.deepEqual(named.allowCredentials, [], 'no name is heard')
  assert.equal((await client.get(`${paths.ask}/options`)).status, 303, 'nor is a person’s own list there')
  const said = new Set<string>()
  for (const [by, otherwise] of [
    [createAuthenticator(lintel.origin), { userHandle: 'AAAA' }],
    [key, { signature: Buffer.alloc(70, 48) }],
    [key, { flags: bits.present }],
    [key, { userHandle: '' }],
    [key, { userHandle: 'AAAA' }],
    [key, { signCount: 0 }],
  ] as const) {
    const { answer } = await sending(stranger, by)(otherwise)
    assert.equal(answer.status, 422)
    said.add(refusalOf(answer))
  }
  assert.deepEqual(
    [...said],
    ['That passkey does not open an account here. Try another one, or use your password.'],
  )
  assert.equal(await isInside(owner), true, 'its owner is not disturbed')
})

test('a security key never opens an account alone, not even with a check of the person', async t => {
  const { key, stranger } = await keyHolder(t, { policy, kind: 'security-key' })
  const { client, answer } = await sending(stranger, key)({ flags: bits.present | bits.verified })
  assert.equal(answer.status, 422)
  assert.equal(await isInside(client), false)
})

test('a challenge opens the browser that asked for it alone, and none after a removal', async t => {
  const { data, id, key, stranger } = await keyHolder(t, { policy })
  const [attacker, victim] = [stranger(), stranger()]
  for (const client of [attacker, victim]) await client.get('/sign-in')
  const passkey = key.sign(await optionsAt(attacker, alone))
  assert.equal((await victim.post(alone, { passkey })).status, 422, 'nobody is signed in as somebody else')
  assert.equal((await attacker.post(alone, { passkey })).location, '/')
  const late = stranger()
  await late.get('/sign-in')
  const options = await optionsAt(late, alone)
  await data.services.store.write(tx => removePasskeys(tx, id))
  assert.equal((await late.post(alone, { passkey: key.sign(options) })).status, 422)
})

for (const engine of engines) {
  test(`of fifty who send the same passkey at once one signs in (${engine})`, async t => {
    const { key, stranger, holder } = await keyHolder(t, { engine, policy })
    const client = stranger()
    const [csrf = ''] = tokensOf(await client.get('/sign-in'))
    const passkey = key.sign(await optionsAt(client, alone))
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => copyOf(client)).map(copy => copy.post(alone, { csrf, passkey })),
    )
    assert.equal(answers.filter(({ location }) => location === '/').length, 1)
    assert.equal(await holder.open(), 1)
  })
}

test('every bar and every later step hold for a passkey too, and a bar is said after the signature alone', async t => {
  const { lintel, data, id, key, stranger } = await keyHolder(t, { policy })
  const send = sending(stranger, key)
  const set = (columns: object) =>
    data.services.store.writeOne(db => db.updateTable('account').set(columns).where('id', '=', id).execute())
  const now = data.services.now()
  const bars: readonly (readonly [columns: object, undo: object, words: RegExp])[] = [
    [{ deactivated_at: now }, { deactivated_at: null }, /account is deactivated/],
    [{ suspended_until: now + 86_400_000 }, { suspended_until: null }, /suspended until/],
    [{ leaving_at: now - 1_000 }, { leaving_at: null }, /closed on its scheduled date/],
    [{ dormant_since: now }, { dormant_since: null }, /inactive because/],
    [{ training_state: 'lapsed' }, { training_state: 'finished' }, /training has expired/],
    [{ password_blocked_at: now }, { password_blocked_at: null }, /blocked to keep your account safe/],
  ]
  for (const [columns, undo, words] of bars) {
    await set(columns)
    const { client, answer } = await send()
    assert.match(answer.text, words)
    assert.equal(await isInside(client), false)
    const unsigned = await send({ signature: Buffer.alloc(70, 48) })
    assert.doesNotMatch(unsigned.answer.text, words, 'nothing is said without the signature')
    await set(undo)
  }
  await data.services.store.writeOne(db =>
    db
      .updateTable('credential')
      .set({ is_temporary: 1, expires_at: now + 86_400_000 })
      .where('account_id', '=', id)
      .execute(),
  )
  const { client } = await send()
  assert.match((await client.follow(await client.get('/'))).text, /<h1>Create a new password<\/h1>/)
  await data.services.store.writeOne(db =>
    db
      .updateTable('credential')
      .set({ expires_at: now - 1 })
      .where('account_id', '=', id)
      .execute(),
  )
  assert.match((await send()).answer.text, /temporary password has expired/)
  assert.ok(lintel)
})

test('a flood of requests leaves no rows, and wrong answers make their address wait and nobody’s account', async t => {
  const { lintel, data, key, stranger } = await keyHolder(t, { policy })
  const client = stranger()
  await client.get('/sign-in')
  for (let count = 0; count < 60; count++) await optionsAt(client, alone)
  const rows = await data.services.store.read.selectFrom('spent_challenge').select('hash').execute()
  assert.equal(rows.length, 1, 'the one that added the key')
  const unknown = createAuthenticator(lintel.origin)
  const statuses: number[] = []
  for (let count = 0; count < 31; count++) {
    const passkey = unknown.sign(await optionsAt(client, alone), { userHandle: 'AAAA' })
    statuses.push((await client.post(alone, { passkey })).status)
  }
  assert.deepEqual([...new Set(statuses)], [422, 429])
  const waits = await data.services.store.read.selectFrom('throttle').select('name').execute()
  assert.ok(!waits.some(({ name }) => /^(password|code)/.test(name)), 'no account waits')
  await lintel.advance(60_000)
  assert.equal((await sending(stranger, key)()).answer.location, '/')
})
