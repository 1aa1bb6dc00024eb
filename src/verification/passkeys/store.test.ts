import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { eachEngine, type Opened } from '../../../test/support/database/store.ts'
import { addPerson } from '../../../test/support/people/people.ts'
import { hasSecondStep } from '../../session/facts.ts'
import type { AuthData } from './answer.ts'
import { isCopy } from './rules.ts'
import { addPasskey, findPasskey, readPasskeys, removePasskeys, usePasskey, userHandleOf } from './store.ts'

const crowd = Array.from({ length: 50 }, (_, index) => index)
const seen: AuthData = {
  userPresent: true,
  userVerified: true,
  backupEligible: false,
  backedUp: false,
  signCount: 1,
}

const adding =
  ({ store, services, clock }: Opened, accountId: string) =>
  (given: { readonly credentialId?: string; readonly backupEligible?: boolean } = {}) =>
    store.write(tx =>
      addPasskey(
        tx,
        services.keyring,
        {
          accountId,
          kind: 'passkey',
          credentialId: given.credentialId ?? randomBytes(16).toString('base64url'),
          publicKey: 'key',
          userHandle: 'handle',
          rpId: 'localhost',
          backupEligible: given.backupEligible ?? false,
          backedUp: false,
          signCount: 0,
          transports: ['internal', 'hybrid'],
          name: 'Chrome on Windows',
        },
        clock.now(),
      ),
    )

test('a counter that does not go up is of a copy, unless a provider may copy the key, and that never changes', () => {
  const count = fc.nat({ max: 5 })
  fc.assert(
    fc.property(fc.boolean(), count, fc.boolean(), count, (before, kept, after, signCount) => {
      const copy = isCopy({ backupEligible: before, signCount: kept }, { backupEligible: after, signCount })
      const stands = kept === 0 && signCount === 0
      assert.equal(copy, before !== after || (!before && !stands && signCount <= kept))
    }),
  )
})

eachEngine('a passkey is kept, found by its id, used and taken away', async open => {
  const opened = await open()
  const { store, services, clock } = opened
  const id = await addPerson(opened)
  const own = await adding(opened, id)({ credentialId: 'one' })
  const found = await findPasskey(store.read, services.keyring, 'one')
  assert.equal(found?.publicKey, 'key')
  assert.deepEqual(found?.passkey, (await readPasskeys(store.read, id))[0])
  assert.deepEqual(found?.passkey.transports, ['internal', 'hybrid'])
  clock.advance(1_000)
  const use = (data: AuthData) => store.write(tx => usePasskey(tx, own ?? '', data, clock.now()))
  assert.equal(await use(seen), 'noted')
  assert.equal(await use(seen), 'copy', 'the same count again')
  assert.equal((await readPasskeys(store.read, id))[0]?.lastUsedAt, clock.now())
  assert.equal(await store.write(tx => removePasskeys(tx, id)), 1)
  assert.equal(await store.write(tx => removePasskeys(tx, id)), 0)
  assert.equal(await use({ ...seen, signCount: 9 }), 'gone')
  assert.equal(await findPasskey(store.read, services.keyring, 'one'), undefined)
  assert.equal(await userHandleOf(store.read, services.keyring, id), 'handle', 'stays the account’s')
})

eachEngine('nobody adds a credential that any account has or had', async open => {
  const opened = await open()
  const id = await addPerson(opened)
  const other = await addPerson(opened, { username: 'other', email: 'other@example.org' })
  const ids = await Promise.all(
    crowd.map(index => adding(opened, index % 2 === 0 ? id : other)({ credentialId: 'same' })),
  )
  assert.equal(ids.filter(added => added !== undefined).length, 1)
  for (const person of [id, other]) await opened.store.write(tx => removePasskeys(tx, person))
  for (const person of [id, other])
    assert.equal(await adding(opened, person)({ credentialId: 'same' }), undefined)
})

eachEngine('of fifty uses with the same counter at once one is noted', async open => {
  const opened = await open()
  const own = await adding(opened, await addPerson(opened))()
  const uses = await Promise.all(
    crowd.map(() => opened.store.write(tx => usePasskey(tx, own ?? '', seen, opened.clock.now()))),
  )
  assert.equal(uses.filter(use => use === 'noted').length, 1)
  assert.equal(uses.filter(use => use === 'copy').length, crowd.length - 1)
})

eachEngine('a row that was made up, moved or changed opens no key', async open => {
  const opened = await open()
  const { store, services } = opened
  const id = await addPerson(opened)
  const other = await addPerson(opened, { username: 'other', email: 'other@example.org' })
  const changes = [
    { account_id: other },
    { kind: 'security-key' as const },
    { rp_id: 'example.org' },
    { user_handle: 'another' },
    { backup_eligible: 1 as const },
    { public_key_sealed: 'key' },
  ]
  for (const [index, change] of changes.entries()) {
    const credentialId = `key ${index}`
    await adding(opened, id)({ credentialId })
    await store.writeOne(db =>
      db.updateTable('passkey').set(change).where('credential_id', '=', credentialId).execute(),
    )
    const found = await findPasskey(store.read, services.keyring, credentialId)
    assert.notEqual(found, undefined)
    assert.equal(found?.publicKey, undefined, JSON.stringify(change))
  }
})

eachEngine('a passkey is a second step until it is taken away', async open => {
  const opened = await open()
  const id = await addPerson(opened)
  const asked = async () =>
    (
      await opened.store.read
        .selectFrom('account')
        .select('account.id')
        .where('account.id', '=', id)
        .where(hasSecondStep)
        .execute()
    ).length
  assert.equal(await asked(), 0)
  await adding(opened, id)()
  assert.equal(await asked(), 1)
  await opened.store.write(tx => removePasskeys(tx, id))
  assert.equal(await asked(), 0)
})
