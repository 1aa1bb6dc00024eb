import assert from 'node:assert/strict'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { eachEngine, freshPlace } from '../../test/support/database/store.ts'
import { together } from '../../test/support/database/store-processes.ts'
import { preparedIn, type SlotOf } from './prepared.ts'
import type { Database } from './schema.ts'
import { isTaken, sqliteFile } from './store.ts'

const byCodePoint = (a: string, b: string) => {
  const [left, right] = [Array.from(a), Array.from(b)]
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

const put = (db: Kysely<Database>, name: string, value: number) =>
  db.insertInto('counter').values({ name, value }).execute()

/** Rows of SQLite have no prototype, which a strict comparison minds. */
const plain = <Row extends object>(rows: readonly Row[]): Row[] => rows.map(row => ({ ...row }))

const count = async (db: Kysely<Database>) =>
  (
    await db
      .selectFrom('counter')
      .select(eb => eb.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow()
  ).rows

test('the SQLite file is in WAL mode, every commit is on the disk, and only its owner may read it', async t => {
  const place = await freshPlace(t, 'sqlite')
  const umask = process.umask(0)
  t.after(() => void process.umask(umask))
  const store = await place.open()
  assert.deepEqual(plain((await sql<object>`pragma journal_mode`.execute(store.read)).rows), [
    { journal_mode: 'wal' },
  ])
  await store.write(async ({ db }) => {
    assert.deepEqual(plain((await sql<object>`pragma synchronous`.execute(db)).rows), [{ synchronous: 1 }])
    assert.deepEqual(plain((await sql<object>`pragma foreign_keys`.execute(db)).rows), [{ foreign_keys: 1 }])
    await put(db, 'a', 1)
  })
  for (const end of ['', '-wal', '-shm'])
    assert.equal(statSync(sqliteFile(place.folder) + end).mode & 0o777, 0o600, `lintel.sqlite${end}`)
})

test('a data folder that is not there is made for its owner alone', async t => {
  const place = await freshPlace(t, 'sqlite')
  mkdirSync(join(place.folder, 'a'))
  const folder = join(place.folder, 'a', 'b')
  const { openStore } = await import('./store.ts')
  const store = await openStore({ ...place.options, folder })
  await store.close()
  assert.equal(statSync(folder).mode & 0o777, 0o700)
})

test('on SQLite a write outside a transaction is refused', async t => {
  const { read } = await (await freshPlace(t, 'sqlite')).open()
  await assert.rejects(put(read, 'a', 1), /readonly|query_only|read-only/)
  assert.equal(await count(read), 0)
})

eachEngine('what throws leaves nothing behind, and the next write works', async open => {
  const { store } = await open()
  const failed = store.write(async tx => {
    await put(tx.db, 'a', 1)
    throw new Error('on purpose')
  })
  await assert.rejects(failed, /on purpose/)
  await assert.rejects(
    store.write(async tx => {
      await put(tx.db, 'b', 1)
      await put(tx.db, 'b', 2)
    }),
    isTaken,
  )
  await assert.rejects(
    store.writeOne(db => sql`insert into counter (name, value) values ('c', 1), ('c', 2)`.execute(db)),
    isTaken,
  )
  assert.equal(await count(store.read), 0)
  await store.write(tx => put(tx.db, 'a', 3))
  assert.equal(await count(store.read), 1)
})

eachEngine('nobody sees a change before it is whole', async open => {
  const { store } = await open()
  await store.write(async tx => {
    await put(tx.db, 'a', 1)
    assert.equal(await count(store.read), 0)
  })
  assert.equal(await count(store.read), 1)
})

eachEngine('50 writes at once all hold, half of them one statement', async open => {
  const { store } = await open()
  await store.write(tx => put(tx.db, 'shared', 0))
  const add = (db: Kysely<Database>) =>
    db.updateTable('counter').set({ value: sql<number>`value + 1` }).where('name', '=', 'shared').execute()
  await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      at % 2 === 0
        ? store.writeOne(add)
        : store.write(async tx => {
            await put(tx.db, `row ${at}`, at)
            await new Promise(setImmediate)
            await add(tx.db)
          }),
    ),
  )
  const shared = await store.read.selectFrom('counter').select('value').where('name', '=', 'shared').execute()
  assert.deepEqual(plain(shared), [{ value: 50 }])
  assert.equal(await count(store.read), 26)
})

test('on SQLite transactions take turns, so what was read is still so when it is changed', async t => {
  const { write, read } = await (await freshPlace(t, 'sqlite')).open()
  await write(tx => put(tx.db, 'shared', 0))
  let inside = 0
  await Promise.all(
    Array.from({ length: 50 }, () =>
      write(async ({ db }) => {
        inside += 1
        assert.equal(inside, 1)
        const { value } = await db.selectFrom('counter').select('value').executeTakeFirstOrThrow()
        await new Promise(setImmediate)
        await db
          .updateTable('counter')
          .set({ value: value + 1 })
          .execute()
        inside -= 1
      }),
    ),
  )
  assert.deepEqual(plain(await read.selectFrom('counter').select('value').execute()), [{ value: 50 }])
})

test('processes that write to one SQLite file at the same time lose nothing and see no "busy"', async t => {
  const place = await freshPlace(t, 'sqlite')
  const store = await place.open()
  await store.write(tx => put(tx.db, 'shared', 0))
  const answers = await together(place, ['write', 'write', 'write'])
  assert.deepEqual(answers, Array(3).fill({ result: 'written' }))
  const shared = await store.read.selectFrom('counter').select('value').where('name', '=', 'shared').execute()
  assert.deepEqual(plain(shared), [{ value: 120 }])
  assert.equal(await count(store.read), 121)
})

test('a write waits, without holding up anything else, while another process holds the SQLite file', async t => {
  const place = await freshPlace(t, 'sqlite')
  const store = await place.open()
  const other = new DatabaseSync(sqliteFile(place.folder))
  t.after(() => other.close())
  other.exec(`begin immediate; insert into counter (name, value) values ('other', 1)`)
  const written = store.write(tx => put(tx.db, 'own', 1))
  assert.equal(await count(store.read), 0)
  other.exec('commit')
  await written
  assert.equal(await count(store.read), 2)
})

eachEngine('text sorts by code point', async open => {
  const { store } = await open()
  const names = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }), {
    minLength: 40,
    maxLength: 60,
  })
  const [drawn = []] = fc.sample(
    names.map(list => list.filter(text => !text.includes('\0'))),
    1,
  )
  const list = [...new Set(['a', 'B', 'Z', 'z', 'é', 'É', '_', '-', '9', '😀', '\uffee', ...drawn])]
  await store.write(tx =>
    tx.db
      .insertInto('counter')
      .values(list.map(name => ({ name, value: 1 })))
      .execute(),
  )
  const rows = await store.read.selectFrom('counter').select('name').orderBy('name').execute()
  assert.deepEqual(
    rows.map(({ name }) => name),
    list.toSorted(byCodePoint),
    JSON.stringify(list),
  )
})

eachEngine('big integers, counts and sums are read as numbers, to the last one that is exact', async open => {
  const { store } = await open()
  const most = Number.MAX_SAFE_INTEGER
  await store.write(({ db }) =>
    db
      .insertInto('throttle')
      .values({ name: 'a', failures: 1, blocked_until: most, window_from: 0, updated_at: 1_800_000_000_000 })
      .execute(),
  )
  const row = await store.read.selectFrom('throttle').selectAll().executeTakeFirst()
  assert.deepEqual(
    { ...row },
    {
      name: 'a',
      failures: 1,
      blocked_until: most,
      window_from: 0,
      updated_at: 1_800_000_000_000,
    },
  )
  assert.equal(await count(store.read), 0)
})

eachEngine('a lane serves one transaction at a time and is not used again after a failed one', async open => {
  const { store } = await open()
  const used: number[] = []
  const lane = (fail: boolean) =>
    store.write(async tx => {
      used.push(tx.lane.number)
      if (fail) throw new Error('on purpose')
    })
  await lane(false)
  await lane(false)
  await assert.rejects(lane(true))
  await lane(false)
  assert.deepEqual(used, [0, 0, 0, 1])
  const busy = new Set<number>()
  await Promise.all(
    Array.from({ length: 30 }, () =>
      store.write(async ({ db, lane: { number } }) => {
        assert.ok(!busy.has(number))
        busy.add(number)
        await count(db)
        busy.delete(number)
      }),
    ),
  )
})

const putSlot = preparedIn((db, slot: SlotOf<'name' | 'value'>) =>
  db.insertInto('counter').values({ name: slot('name'), value: slot('value') }),
)

eachEngine(
  'statements asked for together run in their order, and hold together or not at all',
  async open => {
    const { store } = await open()
    await store.write(tx =>
      Promise.all([1, 2, 3, 4].map(value => putSlot(tx, { name: String(value), value }))),
    )
    const names = await store.read.selectFrom('counter').select('name').orderBy('value').execute()
    assert.deepEqual(plain(names), [{ name: '1' }, { name: '2' }, { name: '3' }, { name: '4' }])
    const taken = store.write(tx =>
      Promise.all([
        putSlot(tx, { name: '5', value: 5 }),
        putSlot(tx, { name: '1', value: 1 }),
        putSlot(tx, { name: '6', value: 6 }),
      ]),
    )
    await assert.rejects(taken, isTaken)
    assert.equal(await count(store.read), 4)
  },
)

test('on PostgreSQL nothing of a transaction holds whose first statement fails', async t => {
  const store = await (await freshPlace(t, 'postgres')).open()
  const broken = store.write(async tx => {
    await assert.rejects(sql`select 1 / 0`.execute(tx.db))
    await put(tx.db, 'a', 1).catch(() => undefined)
  })
  await assert.rejects(broken)
  assert.equal(await count(store.read), 0)
})

test('on PostgreSQL a connection that breaks in a transaction fails that write alone', async t => {
  const place = await freshPlace(t, 'postgres')
  const store = await place.open()
  const cut = store.write(async tx => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.db)
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(store.read)
    await sql`select 1`.execute(tx.db)
  })
  await assert.rejects(cut)
  await store.write(tx => sql`select 1`.execute(tx.db))
})
