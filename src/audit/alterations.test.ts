import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { sqliteFile } from '../store/store.ts'
import { createAudit } from './audit.ts'
import { verifyAudit } from './verify.ts'

/** Four chains, one after the other, as four runs leave them; each has four records. */
async function fourRuns({ store, services, clock }: Opened): Promise<readonly string[]> {
  const chains: string[] = []
  for (let run = 0; run < 4; run++) {
    const audit = createAudit(services.keyring, services.now)
    const lane = { number: run }
    for (let number = 1; number <= 4; number++) {
      clock.advance(1_000)
      await store.write(tx =>
        audit.record(
          { ...tx, lane },
          { event: 'user_updated', actor: `run ${run}`, subject: `person ${number}` },
        ),
      )
    }
    chains.push(...audit.chains())
  }
  return chains
}

/** Without the rule that a record belongs to a chain: anyone who owns the tables can take it away. */
async function withoutForeignKeys({ engine, folder, store }: Opened, statements: readonly string[]) {
  if (engine === 'sqlite') {
    const database = new DatabaseSync(sqliteFile(folder), { enableForeignKeyConstraints: false })
    for (const statement of statements) database.exec(statement)
    database.close()
    return
  }
  await store.write(async ({ db }) => {
    await sql`alter table audit_record drop constraint if exists audit_record_chain_id_fkey`.execute(db)
    for (const statement of statements) await sql.raw(statement).execute(db)
  })
}

/** `a`, `b`, `c` are chains that have ended, `c` before the newest. */
const alterations = (a: string, b: string, c: string): Readonly<Record<string, readonly string[]>> => {
  const forged = (chain: string, position: number) =>
    `insert into audit_record select '${chain} ${position}', '${chain}', ${position}, at, event, 'mallory', subject, address, request_id, args, key_id, hmac from audit_record where chain_id = '${a}' and position = 1`
  const cut = (chain: string, from: number) => [
    `delete from audit_record where chain_id = '${chain}' and position >= ${from}`,
    `update audit_chain set length = ${from - 1}, head = coalesce((select hmac from audit_record where chain_id = '${chain}' and position = ${from - 1}), '') where id = '${chain}'`,
  ]
  const gone = (chain: string) => [
    `delete from audit_record where chain_id = '${chain}'`,
    `delete from audit_chain where id = '${chain}'`,
  ]
  return {
    'a record before the first': [forged(a, 0)],
    'a record far before the first': [forged(b, -5)],
    'a record after the last': [forged(a, 5)],
    'a record after the last, with the head moved on': [
      forged(a, 5),
      `update audit_chain set length = 5 where id = '${a}'`,
    ],
    'a record far after the last': [forged(a, 900)],
    'a record of a chain that is not there': [forged('nowhere', 1)],
    'the first record taken out': [`delete from audit_record where chain_id = '${a}' and position = 1`],
    'a record taken out': [`delete from audit_record where chain_id = '${b}' and position = 2`],
    'the last record taken out': [`delete from audit_record where chain_id = '${b}' and position = 4`],
    'the last record taken out, with the head set back': cut(c, 4),
    'all but one taken out, with the head set back': cut(a, 2),
    'all records of a chain taken out, with the head set back': cut(b, 1),
    'the oldest chain taken out': gone(a),
    'a chain taken out': gone(b),
    'the chain before the newest taken out': gone(c),
    'two chains taken out': [...gone(a), ...gone(b)],
    'a chain without its records': [`delete from audit_chain where id = '${a}'`],
    'records moved to the front': [
      `update audit_record set position = position - 1 where chain_id = '${a}' and position = 1`,
    ],
    'two records that changed places': [
      `update audit_record set position = 99 where chain_id = '${a}' and position = 2`,
      `update audit_record set position = 2 where chain_id = '${a}' and position = 3`,
      `update audit_record set position = 3 where chain_id = '${a}' and position = 99`,
    ],
    'a record moved to another chain': [
      `update audit_record set chain_id = '${b}', position = 5 where chain_id = '${a}' and position = 4`,
    ],
    'a chain under another name': [
      `update audit_record set chain_id = 'other' where chain_id = '${a}'`,
      `update audit_chain set id = 'other' where id = '${a}'`,
    ],
    'another moment for its beginning': [`update audit_chain set started_at = 1 where id = '${a}'`],
    'another machine': [`update audit_chain set host = 'elsewhere' where id = '${a}'`],
    'no beginning': [`update audit_chain set birth = null where id = '${c}'`],
    'a beginning that is none': [`update audit_chain set birth = '{' where id = '${c}'`],
    'a beginning that names no other chain': [
      `update audit_chain set birth = replace(birth, '${a}', '${b}') where id = '${c}'`,
    ],
    'another length': [`update audit_chain set length = 5 where id = '${a}'`],
    'another head': [`update audit_chain set head = 'AAAA' where id = '${a}'`],
  }
}

eachEngine('each way to alter the log is found, the same log unaltered is whole', async open => {
  const opened = await open()
  const { store, services } = opened
  const [a = '', b = '', c = ''] = await fourRuns(opened)
  const verify = () => verifyAudit(store, services.keyring)
  assert.deepEqual(await verify(), { whole: true, records: 16, chains: 4 })
  const chains = await store.read.selectFrom('audit_chain').selectAll().execute()
  const records = await store.read.selectFrom('audit_record').selectAll().execute()
  for (const [name, statements] of Object.entries(alterations(a, b, c))) {
    await withoutForeignKeys(opened, statements)
    assert.equal((await verify()).whole, false, name)
    await withoutForeignKeys(opened, ['delete from audit_record', 'delete from audit_chain'])
    await store.write(async ({ db }) => {
      await db.insertInto('audit_chain').values(chains).execute()
      await db.insertInto('audit_record').values(records).execute()
    })
  }
  assert.equal((await verify()).whole, true)
})
