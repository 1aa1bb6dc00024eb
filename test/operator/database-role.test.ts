import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { openServices } from '../../src/services.ts'
import { readSettings } from '../../src/settings.ts'
import { newestSchema } from '../../src/store/migrate.ts'
import { placeOf } from '../attacks/support.ts'
import { firstSignInByClient } from '../journeys/guide.ts'
import { freshFolder, freshPostgres } from '../support/database/databases.ts'
import { startPostgres } from '../support/database/postgres.ts'
import { commandOf, runCommand } from '../support/process/command.ts'
import { type Lintel, startLintel } from '../support/process/process.ts'

interface Ground {
  readonly owner: string
  readonly runner: string
  /** Addresses of the database for the role that owns it and the one that Lintel runs with. */
  readonly ownerUrl: string
  readonly runnerUrl: string
  /** As the server's superuser, in the database. */
  ask(statement: string): Promise<void>
}

/** An empty database with an owner, and another role that has nothing in it. */
async function openGround(t: TestContext): Promise<Ground> {
  const database = await freshPostgres()
  const [owner, runner] = ['owner', 'runner'].map(name => `${name}-${randomBytes(4).toString('hex')}`) as [
    string,
    string,
  ]
  const server = new pg.Client({ connectionString: database.url })
  await server.connect()
  const ask = async (statement: string) => void (await server.query(statement))
  const name = new URL(database.url).pathname.slice(1)
  for (const role of [owner, runner]) await ask(`create role "${role}" login password 'heron-lamp'`)
  await ask(`alter database ${name} owner to "${owner}"`)
  t.after(async () => {
    await server.end()
    await database.drop()
    const last = new pg.Client({ connectionString: process.env['TEST_DATABASE_URL'] })
    await last.connect()
    for (const role of [owner, runner]) await last.query(`drop role "${role}"`)
    await last.end()
  })
  const urlOf = (role: string) => {
    const url = new URL(database.url)
    url.username = role
    url.password = 'heron-lamp'
    return url.href
  }
  return { owner, runner, ownerUrl: urlOf(owner), runnerUrl: urlOf(runner), ask }
}

const prepare = ({ ownerUrl }: Ground, role: string) =>
  runCommand({ DATABASE_URL: ownerUrl }, 'database', 'prepare', '--role', role)

const startAsRunner = (t: TestContext, { runnerUrl }: Ground, folder?: string): Promise<Lintel> =>
  startLintel(t, {
    engine: 'postgres',
    env: { DATABASE_URL: runnerUrl },
    ...(folder !== undefined && { folder }),
  })

const forbidden = [
  `update audit_record set event = 'nothing'`,
  'delete from audit_record',
  'truncate audit_record',
  'alter table audit_record drop column hmac',
  'drop table audit_record',
  'create trigger quiet before insert on audit_record execute function suppress_redundant_updates_trigger()',
  'delete from audit_chain',
  'update terms_acceptance set accepted_at = 0',
  'delete from terms_acceptance',
  'update schema_version set version = 0',
  'alter table account add column note text',
  'drop index account_by_email',
  'create table mine (id text)',
  'create schema mine',
]

test('under a role that owns nothing Lintel starts, people sign in and the command line works', async t => {
  const ground = await openGround(t)
  const prepared = await prepare(ground, ground.runner)
  assert.equal(prepared.code, 0, prepared.err)
  assert.match(prepared.out, /may do what a running Lintel does, and nothing else/)
  const folder = await freshFolder()
  t.after(folder.remove)
  const early = { DATABASE_URL: ground.runnerUrl, LINTEL_DATA: folder.path }
  assert.match((await runCommand(early, 'audit', 'verify')).err, /There is no store .* yet/)
  assert.match((await runCommand(early, 'doctor')).out, /a schema in the database .*, and nothing in it/)
  assert.equal(existsSync(join(folder.path, 'secret.json')), false)
  const lintel = await startAsRunner(t, ground)
  const inside = await firstSignInByClient(lintel)
  assert.equal(await placeOf(inside), '/')
  await lintel.restart()
  assert.equal(await placeOf(inside), '/')
  const verb = commandOf(lintel)
  const person = ['--first-name', 'Amina', '--last-name', 'Warsame', '--email', 'amina@example.org']
  for (const words of [
    ['account', 'create', 'amina', ...person, '--organization', 'Helpdesk'],
    ['account', 'reset', 'admin', '--password', '--reason', 'lost'],
    ['audit', 'verify'],
    ['doctor'],
    ['backup', join(lintel.folder, 'copy')],
  ]) {
    const said = await verb(...words)
    assert.equal(said.code, 0, `${words.join(' ')}: ${said.err}`)
    if (words[0] === 'doctor')
      assert.match(said.out, /database role: it can add to the audit log and not rewrite it/)
  }
  assert.ok(existsSync(join(lintel.folder, 'copy')))
})

test('that role can neither change a record of the audit log nor any table, and a second time changes nothing', async t => {
  const ground = await openGround(t)
  await prepare(ground, ground.runner)
  await ground.ask(`grant update, delete on terms_acceptance to "${ground.runner}"`)
  assert.equal((await prepare(ground, ground.runner)).code, 0)
  const client = new pg.Client({ connectionString: ground.runnerUrl })
  await client.connect()
  for (const statement of forbidden)
    await assert.rejects(client.query(statement), { code: '42501' }, statement)
  await client.end()
})

test('an older schema is left alone by a role that may not change it: the start stops and names the verb', async t => {
  const ground = await openGround(t)
  const folder = await freshFolder()
  t.after(folder.remove)
  const stops = (says: RegExp) =>
    assert.rejects(startAsRunner(t, ground, folder.path), (error: Error) => {
      assert.match(error.message, says)
      assert.match(error.message, /run: lintel database prepare --role NAME/)
      assert.doesNotMatch(error.message, /\.ts:\d|heron-lamp/)
      return true
    })
  await stops(new RegExp(`holds no schema of Lintel yet, this program needs ${newestSchema}`))
  const read = readSettings({ LINTEL_DATA: folder.path, DATABASE_URL: ground.ownerUrl })
  assert.ok(read.ok)
  await (await openServices(read.settings, 1)).store.close()
  await stops(/lacks a right/)
  await ground.ask(`grant select on schema_version to "${ground.runner}"`)
  await stops(new RegExp(`holds schema 1 of Lintel, this program needs ${newestSchema}`))
  assert.equal((await prepare(ground, ground.runner)).code, 0)
  await (await startAsRunner(t, ground, folder.path)).stop()
})

test('no rights are given to a role that is not there or could do more all the same, nor by who does not own the tables', async t => {
  const ground = await openGround(t)
  const refused = async (role: string, says: RegExp, who = ground) => {
    const said = await prepare(who, role)
    assert.equal(said.code, 1, said.out)
    assert.match(said.err, says)
  }
  await refused('nobody-here', /has no role "nobody-here"/)
  await refused(ground.owner, /could change the tables or the audit log all the same/)
  await refused('postgres', /is a superuser/)
  await ground.ask(`grant "${ground.owner}" to "${ground.runner}"`)
  await refused(ground.runner, /is a member of such a role/)
  await ground.ask(`revoke "${ground.owner}" from "${ground.runner}"`)
  await ground.ask(`grant create on schema public to public`)
  await refused(ground.runner, /revoke create on schema public from public/)
  await ground.ask(`revoke create on schema public from public`)
  assert.equal((await prepare(ground, ground.runner)).code, 0)
  for (const table of [
    'account',
    'credential',
    'audit_chain',
    'terms_acceptance',
    'schema_version',
    'mail',
  ]) {
    for (const right of ['trigger', 'truncate', 'references']) {
      await ground.ask(`grant ${right} on ${table} to public`)
      await refused(ground.runner, /could change the tables or the audit log all the same/)
      await ground.ask(`revoke ${right} on ${table} from public`)
    }
  }
  await ground.ask(`grant update (accepted_at) on terms_acceptance to public`)
  await refused(ground.runner, /could change the tables/)
  await ground.ask(`revoke update (accepted_at) on terms_acceptance from public`)
  await ground.ask(`alter table session owner to "${ground.runner}"`)
  await refused(ground.runner, /could change the tables|own the tables|lacks a right/)
  await ground.ask(`alter table session owner to "${ground.owner}"`)
  assert.equal((await prepare(ground, ground.runner)).code, 0)
  await refused(ground.runner, /does not own the tables/, { ...ground, ownerUrl: ground.runnerUrl })
  const sqlite = await runCommand({}, 'database', 'prepare', '--role', 'lintel')
  assert.match(sqlite.err, /With SQLite the store is a file/)
  assert.equal((await runCommand({}, 'database', 'prepare')).code, 2)
})

test('a backup made under that role is put back by the owner, also where the role does not exist', async t => {
  const ground = await openGround(t)
  await prepare(ground, ground.runner)
  const lintel = await startAsRunner(t, ground)
  await firstSignInByClient(lintel)
  const copy = join(lintel.folder, 'copy')
  assert.equal((await commandOf(lintel)('backup', copy)).code, 0)
  await lintel.stop()
  const elsewhere = await startPostgres()
  t.after(elsewhere.stop)
  const restored = await runCommand({ ...lintel.env, DATABASE_URL: elsewhere.url }, 'restore', copy)
  assert.equal(restored.code, 0, restored.err)
  const inPlace = await runCommand(
    { ...lintel.env, DATABASE_URL: ground.ownerUrl },
    'restore',
    copy,
    '--force',
  )
  assert.equal(inPlace.code, 0, inPlace.err)
  assert.match(inPlace.out, /run "lintel database prepare" for it first/)
  assert.equal((await prepare(ground, ground.runner)).code, 0)
  await lintel.restart()
})
