/** The audit log after one change by a thief of the database, wherever and whatever it is. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createAudit, readHeads } from '../../../src/audit/audit.ts'
import { verifyAudit } from '../../../src/audit/verify.ts'
import type { AuditRecordTable } from '../../../src/store/schema.ts'
import { eachEngine, type Opened } from '../../support/database/store.ts'
import { runs } from './world.ts'

const columns = [
  'at',
  'event',
  'actor',
  'subject',
  'address',
  'request_id',
  'args',
  'hmac',
  'position',
] as const
type Column = (typeof columns)[number]

/** Two chains with this many records each, with whatever people may write. */
async function fill(opened: Opened, count: number): Promise<void> {
  const { store, services, clock } = opened
  const chains = [services.audit, createAudit(services.keyring, clock.now)]
  const text = fc.sample(fc.string({ unit: 'binary', maxLength: 30 }), { numRuns: count, seed: count })
  for (const [at, name] of text.entries())
    for (const audit of chains)
      await store.write(tx =>
        audit.record(tx, { event: 'user_updated', actor: 'system', args: { name, at } }),
      )
}

const otherOf = (row: AuditRecordTable, column: Column, text: string): AuditRecordTable => ({
  ...row,
  [column]:
    column === 'at' || column === 'position'
      ? Number(row[column]) + 100 + text.length
      : `${row[column] ?? ''}${text}x`,
})

eachEngine('the check finds any record that was changed, removed or moved', async open => {
  const opened = await open()
  const { store, services } = opened
  await fill(opened, 12)
  const verify = () => verifyAudit(store, services.keyring, [])
  assert.ok((await verify()).whole)
  const rows = await store.read.selectFrom('audit_record').selectAll().orderBy('id').execute()
  const chains = [...new Set(rows.map(({ chain_id }) => chain_id))]
  assert.equal(chains.length, 2)
  const heads = await readHeads(store, chains)
  const put = (old: AuditRecordTable, row: AuditRecordTable) =>
    store.writeOne(db => db.updateTable('audit_record').set(row).where('id', '=', old.id).execute())
  const change = fc.record({
    index: fc.nat(rows.length - 1),
    column: fc.constantFrom(...columns),
    text: fc.string({ unit: 'grapheme', maxLength: 8 }),
    how: fc.constantFrom('change', 'take', 'other-chain'),
  })
  await fc.assert(
    fc.asyncProperty(change, async ({ index, column, text, how }) => {
      const row = rows[index]
      assert.ok(row !== undefined)
      if (how === 'take')
        await store.writeOne(db => db.deleteFrom('audit_record').where('id', '=', row.id).execute())
      else if (how === 'change') await put(row, otherOf(row, column, text))
      else
        await put(row, {
          ...row,
          chain_id: chains.find(id => id !== row.chain_id) ?? '',
          position: 1_000 + index,
        })
      assert.equal((await verify()).whole, false)
      if (how === 'take') await store.writeOne(db => db.insertInto('audit_record').values(row).execute())
      else await put(row, row)
      assert.ok((await verify()).whole)
    }),
    { numRuns: 25 * runs, endOnFailure: true },
  )
  assert.deepEqual(await readHeads(store, chains), heads)
})
