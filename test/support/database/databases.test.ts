import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { test } from 'node:test'
import pg from 'pg'
import { freshFolder, freshPostgres } from './databases.ts'
import { startPostgres } from './postgres.ts'

async function ask(url: string, question: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(question)).rows
  } finally {
    await client.end()
  }
}

test('the PostgreSQL that the tests start is durable, sorts by language and leaves nothing behind', async () => {
  const server = await startPostgres()
  const rows = await ask(
    server.url,
    `select current_setting('fsync') as fsync, 'a' < 'B' as by_language, current_setting('data_directory') as folder`,
  )
  const folder = (rows[0] as { folder: string }).folder
  assert.deepEqual(rows, [{ fsync: 'on', by_language: true, folder }])
  await server.stop()
  assert.equal(existsSync(folder), false)
  await assert.rejects(ask(server.url, 'select 1'), /ECONNREFUSED/)
})

test('a fresh PostgreSQL database is empty and is gone once dropped, whoever is connected', async () => {
  const fresh = await freshPostgres()
  const tables = `select table_name from information_schema.tables where table_schema = 'public'`
  assert.deepEqual(await ask(fresh.url, tables), [])
  const lingering = new pg.Client({ connectionString: fresh.url })
  lingering.on('error', () => {})
  await lingering.connect()
  await fresh.drop()
  await assert.rejects(ask(fresh.url, tables), /does not exist/)
})

test('two fresh databases know nothing of each other', async t => {
  const pair = await Promise.all([freshPostgres(), freshPostgres()])
  t.after(() => Promise.all(pair.map(one => one.drop())))
  await ask(pair[0].url, 'create table only_here (id int)')
  await assert.rejects(ask(pair[1].url, 'select * from only_here'), /does not exist/)
})

test('a fresh folder is private and can be removed with what is in it', async () => {
  const folder = await freshFolder()
  assert.equal((await stat(folder.path)).mode & 0o777, 0o700)
  await folder.remove()
  assert.equal(existsSync(folder.path), false)
})
