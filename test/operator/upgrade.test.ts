import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHasher, openServices } from '../../src/services.ts'
import { tokenMark } from '../../src/session/current.ts'
import { readSettings } from '../../src/settings.ts'
import { hashToken, newToken } from '../../src/store/ids.ts'
import { readApps, takeCode } from '../../src/verification/app/store.ts'
import { codeAt, stepAt } from '../../src/verification/app/totp.ts'
import { engines, freshFolder, freshPostgres } from '../support/database/databases.ts'
import { fillFirstSchema, insertInto } from '../support/database/first-schema.ts'
import { openClient } from '../support/http/client.ts'
import { commandOf } from '../support/process/command.ts'
import { startLintel } from '../support/process/process.ts'

/** Base32. */
const appSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const password = 'Lantern 7 over snow'
const tables = [
  'account',
  'account_word',
  'account_organization',
  'credential',
  'terms_version',
  'terms_acceptance',
  'session',
  'audit_record',
] as const

for (const engine of engines) {
  test(`a store of the first schema is brought up to date with all that is in it (${engine})`, async t => {
    const folder = await freshFolder()
    const database = engine === 'postgres' ? await freshPostgres() : undefined
    t.after(async () => {
      await database?.drop()
      await folder.remove()
    })
    const env = {
      LINTEL_DATA: folder.path,
      LINTEL_SECRET_FILE: `${folder.path}/secret.json`,
      ...(database !== undefined && { DATABASE_URL: database.url }),
    }
    const read = readSettings(env)
    assert.ok(read.ok)

    const services = await openServices(read.settings, 1)
    const { store, now } = services
    const first = await fillFirstSchema(
      services,
      openHasher(services.keyring),
      ['amina', 'bert', 'carla'],
      password,
    )
    const { amina = '', carla: paired = '' } = first.people
    const token = newToken()
    await store.write(async tx => {
      await insertInto('session', {
        id_hash: hashToken(token),
        account_id: amina,
        epoch: 1,
        csrf_secret: newToken(),
        created_at: now(),
        last_seen_at: now(),
        address: '127.0.0.1',
        user_agent: '',
        failures_before: 0,
        return_to: '/',
      }).execute(tx.db)
      await insertInto('authenticator', {
        account_id: paired,
        secret_sealed: services.keyring.seal(appSecret, paired),
        last_step: 7,
        turned_on_at: 1000,
      }).execute(tx.db)
    })
    const before = await Promise.all(tables.map(table => store.read.selectFrom(table).selectAll().execute()))
    await store.close()

    const lintel = await startLintel(t, { engine, folder: folder.path, env })
    const held = openClient(lintel.origin)
    held.cookies.set('lintel', tokenMark.session + token)
    assert.match((await held.get('/')).text, /Welcome, Maria/, 'who was inside stays inside')
    const verified = await commandOf(lintel)('audit', 'verify')
    assert.equal(verified.code, 0, verified.err)

    const upgraded = await openServices(read.settings)
    const after = await Promise.all(
      tables.map(table => upgraded.store.read.selectFrom(table).selectAll().execute()),
    )
    const apps = (await readApps(upgraded.store.read, paired)).map(app => ({ ...app }))
    assert.deepEqual(apps, [{ id: paired, name: null, addedAt: 1000, lastUsedAt: 210_000 }])
    const taken = await upgraded.store.write(tx =>
      takeCode(tx, upgraded.keyring, paired, codeAt(appSecret, stepAt(now())), now()),
    )
    assert.equal(taken, 'right')
    await upgraded.store.close()
    for (const [index, table] of tables.entries())
      for (const row of before[index] ?? [])
        assert.ok(after[index]?.some(holds(row)), `${table} kept ${JSON.stringify(row)}`)

    const person = openClient(lintel.origin)
    await person.get('/sign-in')
    const inside = await person.follow(await person.submit({ username: 'bert', password }, 'Sign In'))
    assert.match(inside.text, /Welcome, Maria/)
    const admin = openClient(lintel.origin)
    await admin.get('/sign-in')
    await admin.submit({ username: 'admin', password: first.temporaryPassword }, 'Sign In')
    assert.equal((await admin.get('/')).location, '/terms')
  })
}

/** Columns that have another name now. */
const renamed = new Map([
  ['id_hash', 'token_hash'],
  ['previous_id_hash', 'previous_token_hash'],
])

/** Tells whether a row still has every value that it had; what an upgrade adds, and when a session was seen, is its own. */
const holds =
  (before: object) =>
  (row: object): boolean =>
    Object.entries(before).every(
      ([name, value]) => name === 'last_seen_at' || Reflect.get(row, renamed.get(name) ?? name) === value,
    )
