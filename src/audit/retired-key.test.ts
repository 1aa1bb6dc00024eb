import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { createKeyring, type Keyring } from '../store/keyring.ts'
import { createAudit, readHeads, signRecord } from './audit.ts'
import { readEnds } from './ends.ts'
import { verifyAudit } from './verify.ts'

const older = { id: 'older001', secret: randomBytes(32) }
const newer = { id: 'newer001', secret: randomBytes(32) }
const thief = createKeyring([older])

/** What a process with these keys writes: so many records, in a chain of its own. */
async function run({ store, services, clock }: Opened, keyring: Keyring, records: number) {
  const audit = createAudit(keyring, services.now)
  const lane = { number: 0 }
  const record = () =>
    store.write(tx => audit.record({ ...tx, lane }, { event: 'user_updated', actor: 'system' }))
  for (let number = 0; number < records; number++) {
    clock.advance(1_000)
    await record()
  }
  const [chain = ''] = audit.chains()
  return { chain, record }
}

/** Two runs by the older key, then it is retired, then one by the newer. */
async function retired(open: () => Promise<Opened>) {
  const opened = await open()
  const one = await run(opened, thief, 3)
  const two = await run(opened, thief, 2)
  const ends = await readEnds(opened.store, older.id)
  const keyring = createKeyring([newer, { ...older, ends }])
  await run(opened, keyring, 2)
  const verify = (brought?: 'back') => verifyAudit(opened.store, keyring, [], undefined, brought)
  return { ...opened, one, two, ends, verify }
}

eachEngine('the records that a key signed before it was retired are whole', async open => {
  const { verify, ends, one, two } = await retired(open)
  assert.deepEqual(
    [one, two].map(({ chain }) => ends.get(chain)?.position),
    [3, 2],
  )
  assert.deepEqual(await verify(), { whole: true, records: 7, chains: 3 })
})

eachEngine(
  'a record signed with a retired key is named, in an old chain and in one of its own',
  async open => {
    const { verify, two } = await retired(open)
    await two.record()
    const verdict = await verify()
    assert.ok(!verdict.whole)
    assert.deepEqual([verdict.chain, verdict.position, verdict.why], [two.chain, 3, 'retired-key'])
    assert.equal((await verify('back')).whole, false, 'nor is it taken for one of a backup')

    const again = await retired(open)
    const forged = await run(again, thief, 1)
    const found = await again.verify()
    assert.ok(!found.whole)
    assert.deepEqual([found.chain, found.position, found.why], [forged.chain, 1, 'retired-key'])
  },
)

eachEngine('a chain that ends before, or otherwise than, the secret file says is broken', async open => {
  const { one, ends, store } = await retired(open)
  const saying = (position: number, hmac: string) =>
    createKeyring([newer, { ...older, ends: new Map([...ends, [one.chain, { position, hmac }]]) }])
  const verdict = async (keyring: Keyring, brought?: 'back') => {
    const found = await verifyAudit(store, keyring, [], undefined, brought)
    return found.whole ? 'whole' : `${found.why} at ${found.position}`
  }
  assert.equal(await verdict(saying(5, 'later')), 'tail-cut at 4')
  assert.equal(await verdict(saying(5, 'later'), 'back'), 'whole', 'a backup was made before')
  assert.equal(await verdict(saying(3, 'other')), 'changed at 3')
  assert.equal(await verdict(saying(3, 'other'), 'back'), 'changed at 3')
})

eachEngine(
  'a last record that somebody with the key signed anew differs from the copy in the process log',
  async open => {
    const opened = await open()
    const { chain } = await run(opened, thief, 2)
    const heads = await readHeads(opened.store, [chain])
    await opened.store.write(async ({ db }) => {
      const last = await db
        .selectFrom('audit_record')
        .selectAll()
        .where('position', '=', 2)
        .executeTakeFirstOrThrow()
      const first = await db
        .selectFrom('audit_record')
        .select('hmac')
        .where('position', '=', 1)
        .executeTakeFirstOrThrow()
      const { hmac: _, ...columns } = { ...last, actor: 'mallory' }
      const hmac = signRecord(thief.key('audit') ?? Buffer.alloc(0), columns, first.hmac)
      await db.updateTable('audit_record').set({ actor: 'mallory', hmac }).where('position', '=', 2).execute()
      await db.updateTable('audit_chain').set({ head: hmac }).execute()
    })
    assert.equal((await verifyAudit(opened.store, thief)).whole, true, 'by the store alone it cannot be told')
    const verdict = await verifyAudit(opened.store, thief, heads)
    assert.ok(!verdict.whole)
    assert.deepEqual([verdict.position, verdict.why], [2, 'changed'])
  },
)
