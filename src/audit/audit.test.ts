import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { createKeyring } from '../store/keyring.ts'
import { type ChainHead, createAudit, emptyHead, readHeads, signRecord } from './audit.ts'
import { type Fault, verifyAudit } from './verify.ts'

const record = ({ services, store }: Opened, subject = 'someone') =>
  store.write(tx =>
    services.audit.record(tx, { event: 'user_updated', actor: 'system', subject, args: { name: 'é "x"' } }),
  )

const verify = ({ services, store }: Opened, heads: readonly ChainHead[] = []) =>
  verifyAudit(store, services.keyring, heads)

/** One chain of six records. */
async function chainOfSix(opened: Opened): Promise<string> {
  for (let number = 1; number <= 6; number++) await record(opened, `person ${number}`)
  const [chain, ...more] = opened.services.audit.chains()
  assert.ok(chain !== undefined && more.length === 0)
  return chain
}

async function assertBroken(opened: Opened, position: number, why: Fault, heads?: readonly ChainHead[]) {
  const verdict = await verify(opened, heads)
  assert.ok(!verdict.whole)
  assert.deepEqual([verdict.position, verdict.why], [position, why])
}

eachEngine('parallel transactions, among them failed ones, leave chains that verify', async open => {
  const opened = await open()
  const { store, services, clock } = opened
  const written = await Promise.allSettled(
    Array.from({ length: 50 }, (_, at) =>
      store.write(async tx => {
        await tx.db
          .insertInto('counter')
          .values({ name: `change ${at}`, value: at })
          .execute()
        await services.audit.record(
          tx,
          { event: 'user_updated', actor: `actor ${at}` },
          { event: 'sensitive_update', actor: `actor ${at}`, args: { at } },
        )
        clock.advance(1)
        if (at % 5 === 0) throw new Error('on purpose')
        await services.audit.record(tx, { event: 'user_updated', actor: `actor ${at}` })
      }),
    ),
  )
  assert.equal(written.filter(({ status }) => status === 'rejected').length, 10)
  await record(opened)
  const verdict = await verify(opened)
  assert.deepEqual(verdict, { whole: true, records: 121, chains: verdict.whole ? verdict.chains : 0 })
  const changes = await store.read.selectFrom('counter').select('name').execute()
  const actors = await store.read.selectFrom('audit_record').select('actor').distinct().execute()
  assert.equal(changes.length, 40)
  assert.equal(actors.length, 41)
})

eachEngine('two processes on one store write chains of their own, and all verify', async open => {
  const opened = await open()
  const other = await opened.open()
  const { keyring, now } = opened.services
  const second = createAudit(keyring, now)
  await Promise.all(
    Array.from({ length: 10 }, () => [
      record(opened),
      other.write(tx => second.record(tx, { event: 'sys_startup', actor: 'system' })),
    ]).flat(),
  )
  const verdict = await verify(opened)
  assert.ok(verdict.whole && verdict.records === 20)
  assert.deepEqual(
    opened.services.audit.chains().filter(chain => second.chains().includes(chain)),
    [],
  )
})

eachEngine('an empty log is whole, and progress is told as it goes', async open => {
  const opened = await open()
  assert.deepEqual(await verify(opened), { whole: true, records: 0, chains: 0 })
  assert.deepEqual(await readHeads(opened.store, []), [])
  await chainOfSix(opened)
  const told: number[] = []
  await verifyAudit(opened.store, opened.services.keyring, [], records => told.push(records))
  assert.deepEqual(told, [6])
})

const columns = {
  at: 1,
  event: 'user_created',
  actor: 'mallory',
  subject: null,
  address: '192.0.2.1',
  request_id: 'x',
  args: '{}',
  hmac: 'A'.repeat(43),
} as const

eachEngine('a record of which any column was changed is named', async open => {
  const opened = await open()
  await chainOfSix(opened)
  const third = () => opened.store.read.selectFrom('audit_record').where('position', '=', 3)
  const before = await third().selectAll().executeTakeFirstOrThrow()
  const set = (values: object) =>
    opened.store.write(tx =>
      tx.db.updateTable('audit_record').set(values).where('position', '=', 3).execute(),
    )
  for (const change of Object.entries(columns)) {
    await set(Object.fromEntries([change]))
    await assertBroken(opened, 3, 'changed')
    await set(before)
  }
  assert.ok((await verify(opened)).whole)
})

eachEngine('a record that was deleted from the middle is missed', async open => {
  const opened = await open()
  await chainOfSix(opened)
  await opened.store.write(tx => tx.db.deleteFrom('audit_record').where('position', '=', 3).execute())
  await assertBroken(opened, 3, 'missing')
})

eachEngine('a gap that was closed by renumbering is found', async open => {
  const opened = await open()
  await chainOfSix(opened)
  await opened.store.write(async ({ db }) => {
    await db.deleteFrom('audit_record').where('position', '=', 3).execute()
    for (const position of [4, 5, 6])
      await db
        .updateTable('audit_record')
        .set({ position: position - 1 })
        .where('position', '=', position)
        .execute()
    await db.updateTable('audit_chain').set({ length: 5 }).execute()
  })
  await assertBroken(opened, 3, 'changed')
})

eachEngine('two records that changed places are found', async open => {
  const opened = await open()
  await chainOfSix(opened)
  await opened.store.write(async ({ db }) => {
    const move = (from: number, position: number) =>
      db.updateTable('audit_record').set({ position }).where('position', '=', from).execute()
    await move(2, 99)
    await move(4, 2)
    await move(99, 4)
  })
  await assertBroken(opened, 2, 'changed')
})

eachEngine('a tail that was cut is missed', async open => {
  const opened = await open()
  await chainOfSix(opened)
  await opened.store.write(tx => tx.db.deleteFrom('audit_record').where('position', '>', 4).execute())
  await assertBroken(opened, 5, 'tail-cut')
})

eachEngine(
  'a tail that was cut with its head set back is missed by who kept a copy of the head',
  async open => {
    const opened = await open()
    const chain = await chainOfSix(opened)
    const copies = await readHeads(opened.store, [chain])
    assert.equal(copies[0]?.length, 6)
    await opened.store.write(async ({ db }) => {
      const last = await db
        .selectFrom('audit_record')
        .select('hmac')
        .where('position', '=', 4)
        .executeTakeFirstOrThrow()
      await db.deleteFrom('audit_record').where('position', '>', 4).execute()
      await db.updateTable('audit_chain').set({ length: 4, head: last.hmac }).execute()
    })
    assert.ok((await verify(opened)).whole)
    await assertBroken(opened, 5, 'tail-cut', copies)
  },
)

eachEngine('a chain that was removed as a whole is missed by who kept a copy of its head', async open => {
  const opened = await open()
  const chain = await chainOfSix(opened)
  const copies = await readHeads(opened.store, [chain])
  await opened.store.write(async ({ db }) => {
    await db.deleteFrom('audit_record').execute()
    await db.deleteFrom('audit_chain').execute()
  })
  await assertBroken(opened, 1, 'tail-cut', copies)
})

eachEngine('an older copy of a head does not hide what came after, and does not disturb it', async open => {
  const opened = await open()
  const chain = await chainOfSix(opened)
  const copies = await readHeads(opened.store, [chain])
  await record(opened)
  assert.ok((await verify(opened, copies)).whole)
  await assertBroken(opened, 6, 'changed', [{ chain, length: 6, head: 'A'.repeat(43) }])
})

eachEngine('a record appended without the key is found, also with the head moved on to it', async open => {
  const opened = await open()
  const chain = await chainOfSix(opened)
  const { keyring } = opened.services
  const forged = {
    id: 'forged',
    chain_id: chain,
    position: 7,
    at: opened.clock.now(),
    event: 'user_updated',
    actor: 'system',
    subject: null,
    address: null,
    request_id: null,
    args: '{}',
    key_id: keyring.currentId,
  }
  const [end] = await readHeads(opened.store, [chain])
  const hmac = signRecord(randomBytes(32), forged, end?.head ?? emptyHead)
  await opened.store.write(async ({ db }) => {
    await db
      .insertInto('audit_record')
      .values({ ...forged, hmac })
      .execute()
    await db.updateTable('audit_chain').set({ length: 7, head: hmac }).execute()
  })
  await assertBroken(opened, 7, 'changed')
})

eachEngine('a head that says something else than its last record is found', async open => {
  const opened = await open()
  await chainOfSix(opened)
  await opened.store.write(tx =>
    tx.db
      .updateTable('audit_chain')
      .set({ head: 'A'.repeat(43) })
      .execute(),
  )
  await assertBroken(opened, 6, 'changed')
})

eachEngine('a record under a key that nobody knows is named as such', async open => {
  const opened = await open()
  await chainOfSix(opened)
  const stranger = createKeyring([{ id: 'other001', secret: randomBytes(32) }])
  const verdict = await verifyAudit(opened.store, stranger)
  assert.ok(!verdict.whole)
  assert.deepEqual([verdict.position, verdict.why], [1, 'unknown-key'])
})

eachEngine(
  'someone who changes a chain under the process stops its next record, not the store',
  async open => {
    const opened = await open()
    await chainOfSix(opened)
    await opened.store.write(tx => tx.db.updateTable('audit_chain').set({ length: 7 }).execute())
    const failed = opened.store.write(async tx => {
      await tx.db.insertInto('counter').values({ name: 'a', value: 1 }).execute()
      await opened.services.audit.record(tx, { event: 'user_updated', actor: 'system' })
    })
    await assert.rejects(failed, /was changed by someone else/)
    assert.deepEqual(await opened.store.read.selectFrom('counter').selectAll().execute(), [])
    await record(opened)
  },
)
