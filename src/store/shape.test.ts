import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { eachEngine } from '../../test/support/database/store.ts'
import { differences, readShape, shapeMeant } from './shape.ts'

eachEngine(
  'a store has the columns and indexes that the migrations make; what is other is named',
  async open => {
    const opened = await open()
    const differ = async () => differences(await readShape(opened.store), shapeMeant())
    assert.deepEqual(await differ(), { lacks: [], has: [] })
    await opened.store.write(async ({ db }) => {
      await sql`alter table mail drop column server_said`.execute(db)
      await sql`alter table account add column note text`.execute(db)
      await sql`drop index mail_by_state`.execute(db)
      await sql`create table mine (id text)`.execute(db)
    })
    assert.deepEqual(await differ(), {
      lacks: ['mail.server_said text', 'index mail_by_state on mail'],
      has: ['account.note text'],
    })
  },
)

test('a difference is told in both directions', () => {
  assert.deepEqual(differences(new Set(['a.x text']), new Set(['a.x text not null'])), {
    lacks: ['a.x text not null'],
    has: ['a.x text'],
  })
})
