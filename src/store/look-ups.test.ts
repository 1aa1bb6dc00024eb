import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompiledQuery, sql } from 'kysely'
import { eachEngine, freshPlace } from '../../test/support/database/store.ts'

const number = (value: number) =>
  CompiledQuery.raw(`select ${value} as value`) as CompiledQuery<{ value: number }>

eachEngine(
  'each of many look-ups at once gets its own answer, and one that fails fails alone',
  async open => {
    const { store } = await open()
    const wanted = Array.from({ length: 50 }, (_, index) => index)
    const broken = assert.rejects(store.ask(CompiledQuery.raw('select nothing from nowhere')))
    const answers = await Promise.all(wanted.map(value => store.ask(number(value))))
    await broken
    assert.deepEqual(
      answers.map(({ rows }) => rows[0]?.value),
      wanted,
    )
  },
)

test('on PostgreSQL look-ups take another connection when theirs breaks', async t => {
  const store = await (await freshPlace(t, 'postgres')).open()
  const mine = CompiledQuery.raw('select pg_backend_pid() as pid') as CompiledQuery<{ pid: number }>
  const { rows } = await store.ask(mine)
  const waiting = assert.rejects(store.ask(CompiledQuery.raw('select pg_sleep(60)')))
  await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(store.read)
  await waiting
  const again = await store.ask(mine)
  assert.notEqual(again.rows[0]?.pid, rows[0]?.pid)
})
