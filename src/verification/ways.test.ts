import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, type TestContext, test } from 'node:test'
import { type Engine, engines, freshFolder, freshPostgres } from '../../test/support/database/databases.ts'
import { createAccount } from '../account/store.ts'
import { createKeyring, type Secret } from '../store/keyring.ts'
import { openStore, type Store } from '../store/store.ts'
import { addApp, readApps, replaceApp, takeCode } from './app/store.ts'
import { codeAt, newSecret, stepAt, stepLength } from './app/totp.ts'
import { codesAtOnce, parseBackupCode } from './backup-codes/code.ts'
import { backupCodesLeft, replaceBackupCodes, takeBackupCode } from './backup-codes/store.ts'
import { removeSecondStep } from './ways.ts'

const now = 1_800_000_010_000
const crowd = Array.from({ length: 50 }, (_, index) => index)
const newKey = (): Secret => ({ id: randomBytes(4).toString('hex'), secret: randomBytes(32) })
const keyring = createKeyring([newKey()])

async function emptyStore(t: TestContext, engine: Engine): Promise<Store> {
  const folder = await freshFolder()
  const database = engine === 'postgres' ? await freshPostgres() : undefined
  const store = await openStore({ folder: folder.path, databaseUrl: database?.url, onLost: () => {} })
  t.after(async () => {
    await store.close()
    await database?.drop()
    await folder.remove()
  })
  return store
}

let people = 0

const newPerson = (store: Store): Promise<string> =>
  store.write(tx =>
    createAccount(
      tx,
      {
        username: `person${people++}`,
        firstName: 'Amina',
        lastName: 'Warsame',
        email: 'amina@example.org',
        role: 'user',
        organizationIds: [],
        workgroupIds: [],
      },
      now,
    ),
  )

async function pairedPerson(store: Store): Promise<{ id: string; secret: string; codes: readonly string[] }> {
  const id = await newPerson(store)
  const secret = newSecret()
  const codes = await store.write(async tx => {
    await addApp({ keyring }, tx, { accountId: id, secret, step: stepAt(now) - 5 }, now)
    return replaceBackupCodes(tx, keyring, id, now)
  })
  return { id, secret, codes: codes.map(code => parseBackupCode(code) ?? '') }
}

const count = (list: readonly string[], what: string) => list.filter(one => one === what).length

for (const engine of engines) {
  describe(`2-step verification stored on ${engine}`, () => {
    test('of fifty who send the same code at once one succeeds', async t => {
      const store = await emptyStore(t, engine)
      for (let round = 0; round < 3; round++) {
        const { id, secret } = await pairedPerson(store)
        const code = codeAt(secret, stepAt(now))
        const verdicts = await Promise.all(
          crowd.map(() => store.write(tx => takeCode(tx, keyring, id, code, now))),
        )
        assert.equal(count(verdicts, 'right'), 1)
        assert.equal(count(verdicts, 'used'), crowd.length - 1)
      }
    })

    test('fifty who send three codes of the window at once never go back a step', async t => {
      const store = await emptyStore(t, engine)
      const { id, secret } = await pairedPerson(store)
      const verdicts = await Promise.all(
        crowd.map(index => {
          const code = codeAt(secret, stepAt(now) - 1 + (index % 3))
          return store.write(tx => takeCode(tx, keyring, id, code, now))
        }),
      )
      const right = count(verdicts, 'right')
      assert.ok(right >= 1 && right <= 3, `${right} of three codes were taken`)
      assert.equal(count(verdicts, 'used'), crowd.length - right)
      const row = await store.read.selectFrom('authenticator').select('last_step').executeTakeFirstOrThrow()
      assert.equal(row.last_step, stepAt(now) + 1)
    })

    test('of fifty who send the same backup code at once one succeeds', async t => {
      const store = await emptyStore(t, engine)
      for (let round = 0; round < 3; round++) {
        const { id, codes } = await pairedPerson(store)
        const verdicts = await Promise.all(
          crowd.map(() => store.write(tx => takeBackupCode(tx, keyring, id, codes[0] ?? '', now))),
        )
        assert.equal(count(verdicts, 'right'), 1)
        assert.equal(count(verdicts, 'used'), crowd.length - 1)
        assert.equal(await backupCodesLeft(store.read, id), codesAtOnce - 1)
      }
    })

    test('several apps of one person work side by side, each by its own last step', async t => {
      const store = await emptyStore(t, engine)
      const { id, secret } = await pairedPerson(store)
      const second = newSecret()
      await store.write(tx => addApp({ keyring }, tx, { accountId: id, secret: second, step: 1 }, now + 1))
      const take = (of: string, at: number) =>
        store.write(tx => takeCode(tx, keyring, id, codeAt(of, stepAt(at)), at))
      assert.equal(await take(secret, now), 'right')
      assert.equal(await take(second, now), 'right')
      assert.equal(await take(secret, now), 'used')
      assert.equal(await take(second, now), 'used')
      assert.equal(await take(newSecret(), now), 'wrong')
      assert.equal(await take(second, now + stepLength), 'right')
      const apps = await readApps(store.read, id)
      assert.deepEqual(
        apps.map(({ lastUsedAt }) => lastUsedAt),
        [now, now + stepLength],
      )
      assert.equal(new Set(apps.map(app => app.id)).size, 2)
    })

    test('a step is taken once, also when the clock goes back', async t => {
      const store = await emptyStore(t, engine)
      const { id, secret } = await pairedPerson(store)
      const take = (step: number, at: number) =>
        store.write(tx => takeCode(tx, keyring, id, codeAt(secret, step), at))
      const step = stepAt(now)
      assert.equal(await take(step, now), 'right')
      assert.equal(await take(step, now), 'used')
      assert.equal(await take(step, now + stepLength), 'used')
      assert.equal(await take(step, now + 2 * stepLength), 'wrong')
      assert.equal(await take(step - 1, now), 'used')
      assert.equal(await take(step - 1, now - stepLength), 'used')
      assert.equal(await take(step + 1, now), 'right')
      assert.equal(await take(step + 1, now - stepLength), 'wrong')
    })

    test('new backup codes kill the old, another person can use none, and each works once', async t => {
      const store = await emptyStore(t, engine)
      const { id, codes } = await pairedPerson(store)
      const other = await pairedPerson(store)
      const take = (who: string, code: string | undefined) =>
        store.write(tx => takeBackupCode(tx, keyring, who, code ?? '', now))
      assert.equal(new Set(codes).size, codesAtOnce)
      assert.equal(await take(other.id, codes[0]), 'wrong')
      assert.equal(await take(id, codes[0]), 'right')
      assert.equal(await take(id, codes[0]), 'used')
      const fresh = await store.write(tx => replaceBackupCodes(tx, keyring, id, now))
      assert.equal(await take(id, codes[0]), 'wrong')
      assert.equal(await take(id, codes[1]), 'wrong')
      assert.equal(await take(id, parseBackupCode(fresh[1] ?? '')), 'right')
      assert.equal(await backupCodesLeft(store.read, id), codesAtOnce - 1)
      assert.equal(await backupCodesLeft(store.read, other.id), codesAtOnce)
    })

    test('neither the secret nor a backup code can be read in the store', async t => {
      const store = await emptyStore(t, engine)
      const { id, secret, codes } = await pairedPerson(store)
      const rows = JSON.stringify([
        await store.read.selectFrom('authenticator').selectAll().execute(),
        await store.read.selectFrom('backup_code').selectAll().execute(),
      ])
      for (const hidden of [secret, ...codes]) assert.ok(!rows.includes(hidden))
      const other = await pairedPerson(store)
      await store.writeOne(async db => {
        const { secret_sealed } = await db
          .selectFrom('authenticator')
          .select('secret_sealed')
          .where('account_id', '=', id)
          .executeTakeFirstOrThrow()
        await db
          .updateTable('authenticator')
          .set({ secret_sealed })
          .where('account_id', '=', other.id)
          .execute()
      })
      await assert.rejects(
        store.write(tx => takeCode(tx, keyring, other.id, codeAt(secret, stepAt(now)), now)),
        /cannot be opened/,
      )
    })

    test('codes and backup codes outlive a new key, while the old one is kept', async t => {
      const store = await emptyStore(t, engine)
      const [older, newer] = [newKey(), newKey()]
      const before = createKeyring([older])
      const after = createKeyring([newer, older])
      const id = await newPerson(store)
      const secret = newSecret()
      const codes = await store.write(async tx => {
        await addApp({ keyring: before }, tx, { accountId: id, secret, step: 1 }, now)
        return replaceBackupCodes(tx, before, id, now)
      })
      const code = parseBackupCode(codes[3] ?? '') ?? ''
      assert.equal(await store.write(tx => takeBackupCode(tx, after, id, code, now)), 'right')
      assert.equal(
        await store.write(tx => takeCode(tx, after, id, codeAt(secret, stepAt(now)), now)),
        'right',
      )
    })

    test('a replaced or removed authenticator takes no code', async t => {
      const store = await emptyStore(t, engine)
      const { id, secret, codes } = await pairedPerson(store)
      const take = (of: string, step: number) =>
        store.write(tx => takeCode(tx, keyring, id, codeAt(of, step), now))
      const next = newSecret()
      const given = { accountId: id, secret: next, step: stepAt(now) }
      const [app] = await readApps(store.read, id)
      assert.ok(app)
      const replace = () => store.write(tx => replaceApp({ keyring }, tx, app.id, given, now))
      const other = await pairedPerson(store)
      const foreign = { ...given, accountId: other.id }
      assert.equal(await store.write(tx => replaceApp({ keyring }, tx, app.id, foreign, now)), false)
      assert.equal(await replace(), true)
      assert.equal(await take(secret, stepAt(now)), 'wrong')
      assert.equal(await take(next, stepAt(now)), 'used')
      assert.equal(await take(next, stepAt(now) + 1), 'right')
      await store.write(tx => removeSecondStep(tx, id))
      assert.equal(await take(next, stepAt(now) + 1), 'wrong')
      assert.equal(await store.write(tx => takeBackupCode(tx, keyring, id, codes[0] ?? '', now)), 'wrong')
      assert.equal(await replace(), false)
      assert.equal((await readApps(store.read, other.id)).length, 1)
    })
  })
}
