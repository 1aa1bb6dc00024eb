import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { engines } from '../../test/support/database/databases.ts'
import { eachEngine, freshPlace } from '../../test/support/database/store.ts'
import { together } from '../../test/support/database/store-processes.ts'
import { NewerSchemaError, newestSchema } from './migrate.ts'

const everyVersion = Array.from({ length: newestSchema }, (_, index) => index + 1)

const versions = async (store: { read: Parameters<ReturnType<typeof sql>['execute']>[0] }) =>
  (
    await sql<{ version: number }>`select version from schema_version order by version`.execute(store.read)
  ).rows.map(({ version }) => version)

for (const engine of engines) {
  test(`processes that start together on an empty store make schema and keys once (${engine})`, async t => {
    const place = await freshPlace(t, engine)
    const answers = await together(place, ['start', 'start', 'start', 'start'])
    const store = await place.open()
    const keys = await store.read.selectFrom('secret_key').select('id').execute()
    assert.equal(keys.length, 1)
    assert.deepEqual(answers, Array(4).fill({ result: keys[0]?.id }))
    assert.deepEqual(await versions(store), everyVersion)
  })
}

eachEngine('a store that is up to date is left as it is', async open => {
  const { store, open: openAgain } = await open()
  await store.write(tx => tx.db.insertInto('counter').values({ name: 'a', value: 1 }).execute())
  const again = await openAgain()
  assert.deepEqual(await versions(again), everyVersion)
  assert.equal((await again.read.selectFrom('counter').select('name').execute()).length, 1)
})

eachEngine('a store of a newer Lintel is refused with what to do, and not touched', async open => {
  const { store, open: openAgain } = await open()
  await store.write(tx => sql`insert into schema_version (version) values (99)`.execute(tx.db))
  await assert.rejects(openAgain(), error => {
    assert.ok(error instanceof NewerSchemaError)
    assert.match(error.message, /schema 99/)
    assert.match(error.message, /Start that version, or restore a backup/)
    return true
  })
  assert.deepEqual(await versions(store), [...everyVersion, 99])
})
