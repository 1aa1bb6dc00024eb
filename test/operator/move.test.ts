import assert from 'node:assert/strict'
import { globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import pg from 'pg'
import { fillDemo } from '../../src/demo/fill.ts'
import { openHasher, openServices } from '../../src/services.ts'
import { postgresSide, sqliteSide } from '../../src/store/move/side.ts'
import { tablesInOrder } from '../../src/store/move/tables.ts'
import { closing } from '../../src/store/moved.ts'
import { sqliteFile } from '../../src/store/store.ts'
import { firstSignInByClient } from '../journeys/guide.ts'
import { openBeside } from '../support/database/beside.ts'
import { engines, freshFolder, freshPostgres } from '../support/database/databases.ts'
import { fillFirstSchema } from '../support/database/first-schema.ts'
import { everyRow } from '../support/database/rows.ts'
import { settingsFor } from '../support/database/store.ts'
import { openClient } from '../support/http/client.ts'
import { runCommand } from '../support/process/command.ts'
import { type Scope, startLintel } from '../support/process/process.ts'

/** An empty database, and the settings of a folder with and without it. */
async function places(t: Scope) {
  const folder = await freshFolder()
  const database = await freshPostgres()
  t.after(async () => {
    await database.drop()
    await folder.remove()
  })
  const file = { LINTEL_DATA: folder.path, LINTEL_SECRET_FILE: join(folder.path, 'secret.json') }
  return { folder: folder.path, url: database.url, file, both: { ...file, DATABASE_URL: database.url } }
}

test('a store with people in every state moves to PostgreSQL and back: every row, who is inside stays inside', async t => {
  const { folder, url, both, file } = await places(t)
  const lintel = await startLintel(t, { engine: 'sqlite', folder, env: file })
  const move = (to: string) => runCommand(both, 'move', '--to', to)
  const inside = await firstSignInByClient(lintel)
  const { services, hasher } = await openBeside(t, lintel)
  await fillDemo(services, hasher)
  const { location } = await inside.get('/')
  assert.equal(location, '/terms', 'the new terms wait for who is inside')
  const early = await move('postgres')
  assert.match(early.err, /Lintel, or another program, has the store open \(SQLite in [^)]+\)\. Stop it/)
  assert.equal(early.code, 1)
  await services.store.close()
  await lintel.stop()

  const there = await move('postgres')
  assert.equal(there.code, 0, there.err)
  assert.match(there.out, /\d+ rows of \d+ tables are in PostgreSQL[\s\S]*intact[\s\S]*[1-9]\d* credentials/)
  assert.doesNotMatch(there.out + there.err, new RegExp(new URL(url).password))
  assert.deepEqual(await everyRow(folder, url), await everyRow(folder))

  const refused = await runCommand(file, 'account', 'list')
  assert.equal(refused.code, 1)
  assert.match(refused.err, /This store was moved to PostgreSQL on 20\d\d-\d\d-\d\d and opens no more/)
  await assert.rejects(lintel.restart(), /was moved to PostgreSQL[\s\S]*DATABASE_URL/)
  assert.match((await runCommand(file, 'doctor')).out, /BAD {3}store: This store was moved to PostgreSQL/)
  const left = new DatabaseSync(sqliteFile(folder))
  assert.throws(() => left.exec("update account set first_name = 'x'"), /this store was moved/)
  assert.throws(() => left.exec('delete from session'), /this store was moved/)
  left.close()
  assert.match((await move('postgres')).err, /was moved to PostgreSQL/, 'not twice')

  await lintel.restart({ DATABASE_URL: url })
  assert.equal((await inside.get('/')).location, location)
  const verified = await runCommand(both, 'audit', 'verify')
  assert.equal(verified.code, 0, verified.err)
  const onBoth = await move('sqlite')
  assert.match(onBoth.err, /has the store open \(PostgreSQL\)/)
  await lintel.stop()

  const back = await move('sqlite')
  assert.equal(back.code, 0, back.err)
  const [kept = ''] = globSync(`${sqliteFile(folder)}.moved-*`)
  assert.match(back.out, new RegExp(`moved away before is kept as ${kept}`))
  assert.deepEqual(await everyRow(folder), await everyRow(folder, url))
  assert.match((await runCommand(both, 'account', 'list')).err, /moved to SQLite[\s\S]*Take DATABASE_URL out/)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await assert.rejects(client.query('truncate audit_record cascade'), /this store was moved/)
  await assert.rejects(client.query("update account set first_name = 'x'"), /this store was moved/)
  await client.end()
  await lintel.restart({ DATABASE_URL: '' })
  assert.equal((await inside.get('/')).location, location)
  await lintel.stop()
  assert.match((await move('postgres')).err, /holds a store that was moved away\. Give an empty database/)
})

for (const engine of engines) {
  test(`a store of the first schema is brought up to date and moved (from ${engine})`, async t => {
    const { folder, url, file, both } = await places(t)
    const old = settingsFor(folder, engine === 'postgres' ? both : file)
    const services = await openServices(old, 1)
    await fillFirstSchema(services, openHasher(services.keyring), ['amina'], 'Lantern 7 over snow')
    await services.store.close()
    const to = engine === 'postgres' ? 'sqlite' : 'postgres'
    const moved = await runCommand(both, 'move', '--to', to)
    assert.equal(moved.code, 0, moved.err)
    assert.deepEqual(await everyRow(folder, url), await everyRow(folder))
    const lintel = await startLintel(t, {
      engine: to,
      folder,
      env: to === 'postgres' ? both : { ...file, DATABASE_URL: '' },
    })
    const person = openClient(lintel.origin)
    await person.get('/sign-in')
    const home = await person.follow(
      await person.submit({ username: 'amina', password: 'Lantern 7 over snow' }, 'Sign In'),
    )
    assert.match(home.text, /Welcome, Maria/)
  })
}

for (const to of engines) {
  test(`cut off between the closing of one store and the opening of the other, both are shut until it is run again (to ${to})`, async t => {
    const { folder, url, file, both } = await places(t)
    const from = to === 'postgres' ? file : both
    const lintel = await startLintel(t, {
      engine: to === 'postgres' ? 'sqlite' : 'postgres',
      folder,
      env: from,
    })
    await lintel.stop()
    const moved = await runCommand(both, 'move', '--to', to)
    assert.equal(moved.code, 0, moved.err)
    const target = to === 'postgres' ? await postgresSide(url) : sqliteSide(sqliteFile(folder))
    const left = to === 'postgres' ? sqliteSide(sqliteFile(folder)) : await postgresSide(url)
    const [mark] = (await left.ask('select id from store_move')) as readonly { id: string }[]
    await left.close()
    const other = to === 'postgres' ? 'sqlite' : 'postgres'
    const arriving = { id: mark?.id ?? '', state: 'arriving', other, at: Date.now() } as const
    for (const statement of closing(
      to,
      arriving,
      tablesInOrder().map(({ name }) => name),
    ))
      await target.run(statement)
    await target.run('commit')
    await target.close()

    const reached = to === 'postgres' ? both : file
    const shut = await runCommand(reached, 'account', 'list')
    assert.match(shut.err, /A move into this store has not come to its end\. Run "lintel move --to/)
    const ended = await runCommand(both, 'move', '--to', to)
    assert.equal(ended.code, 0, ended.err)
    assert.match(ended.out, /The move that was cut off is at its end/)
    assert.equal((await runCommand(reached, 'account', 'list')).code, 0)
  })
}

test('what is there already, what is not there and what the role may not is refused, and nothing is changed', async t => {
  const { folder, url, file, both } = await places(t)
  const says = async (env: Readonly<Record<string, string>>, to: string, what: RegExp) => {
    const { code, err } = await runCommand(env, 'move', '--to', to)
    assert.match(err, what)
    assert.notEqual(code, 0)
  }
  await says(both, 'oracle', /--to must be postgres or sqlite/)
  await says(file, 'postgres', /DATABASE_URL is not set/)
  await says(both, 'postgres', /There is no store of Lintel: SQLite in/)
  const settings = settingsFor(folder, file)
  await openServices(settings).then(({ store }) => store.close())
  rmSync(file.LINTEL_SECRET_FILE)
  await says(both, 'postgres', /secret\.json is not there/)
  rmSync(sqliteFile(folder))
  const lintel = await startLintel(t, { engine: 'sqlite', folder, env: file })
  await lintel.stop()
  const before = await everyRow(folder)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create table policy (id integer); insert into policy values (1)')
  await says(both, 'postgres', /There is a store of Lintel already: PostgreSQL/)
  await client.query('drop table policy')
  await client.end()
  assert.deepEqual(await everyRow(folder), before)
  assert.equal((await runCommand(both, 'move', '--to', 'postgres')).code, 0)
})
