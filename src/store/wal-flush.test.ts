import assert from 'node:assert/strict'
import fs, { copyFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { freshFolder } from '../../test/support/database/databases.ts'
import { freshPlace } from '../../test/support/database/store.ts'
import { sqliteFile } from './store.ts'
import { createWalFlush } from './wal-flush.ts'

/** Takes the place of the flush for one test. */
function flushWith(t: TestContext, flush: (file: number, done: fs.NoParamCallback) => void): void {
  t.mock.method(fs, 'fdatasync', flush)
  syncBuiltinESMExports()
  t.after(() => {
    t.mock.restoreAll()
    syncBuiltinESMExports()
  })
}

const namesIn = (path: string): Set<unknown> => {
  const database = new DatabaseSync(path)
  const rows = database.prepare('select name from counter').all()
  database.close()
  return new Set(rows.map(row => row['name']))
}

test('a write is not acknowledged before a flush that began after its commit has ended', async t => {
  const place = await freshPlace(t, 'sqlite')
  const disk = await freshFolder()
  t.after(disk.remove)
  const store = await place.open()
  const file = sqliteFile(place.folder)
  let flushes = 0
  let onDisk = ''
  const { fdatasync } = fs
  flushWith(t, (opened, done) => {
    const copy = join(disk.path, `${flushes++}.sqlite`)
    copyFileSync(file, copy)
    copyFileSync(`${file}-wal`, `${copy}-wal`)
    fdatasync(opened, error => {
      onDisk = copy
      done(error)
    })
  })
  await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      for (let turn = 0; turn < index % 7; turn++) await new Promise(setImmediate)
      const name = `row ${index}`
      if (index % 2 === 0)
        await store.writeOne(db => db.insertInto('counter').values({ name, value: 1 }).execute())
      else await store.write(({ db }) => db.insertInto('counter').values({ name, value: 1 }).execute())
      assert.ok(namesIn(onDisk).has(name), name)
    }),
  )
  assert.ok(flushes < 60, 'writes that come together share a flush')
})

test('pages are answered while a flush takes long', async t => {
  const place = await freshPlace(t, 'sqlite')
  const store = await place.open()
  const flushed = Promise.withResolvers<void>()
  flushWith(t, (_, done) => void flushed.promise.then(() => done(null)))
  let acknowledged = false
  const write = store.writeOne(db => db.insertInto('counter').values({ name: 'a', value: 1 }).execute())
  const written = write.then(() => {
    acknowledged = true
  })
  while ((await store.read.selectFrom('counter').select('name').execute()).length === 0)
    await new Promise(setImmediate)
  assert.equal(acknowledged, false)
  flushed.resolve()
  await written
})

test('after a flush that failed nothing more is written', async t => {
  const place = await freshPlace(t, 'sqlite')
  const store = await place.open()
  let fails = true
  flushWith(t, (_, done) => setImmediate(done, fails ? new Error('EIO') : null))
  const put = (name: string) =>
    store.write(({ db }) => db.insertInto('counter').values({ name, value: 1 }).execute())
  await assert.rejects(Promise.all([put('a'), put('b')]), /EIO/)
  fails = false
  await assert.rejects(put('c'), /did not take/)
  await assert.rejects(
    store.writeOne(db => db.insertInto('counter').values({ name: 'd', value: 1 }).execute()),
    /did not take/,
  )
  const names = await store.read.selectFrom('counter').select('name').execute()
  assert.ok(!names.some(({ name }) => name === 'c' || name === 'd'))
})

test('a flush asked for while another runs waits for one of its own', async t => {
  const place = await freshPlace(t, 'sqlite')
  await place.open()
  const ends: fs.NoParamCallback[] = []
  flushWith(t, (_, done) => void ends.push(done))
  const log = createWalFlush(`${sqliteFile(place.folder)}-wal`)
  const done: string[] = []
  const asked = ['first', 'second', 'third'].map(name => log.flush().then(() => void done.push(name)))
  assert.equal(ends.length, 1)
  ends[0]?.(null)
  await asked[0]
  assert.deepEqual([done, ends.length], [['first'], 2])
  ends[1]?.(null)
  await Promise.all(asked)
  await log.close()
})
