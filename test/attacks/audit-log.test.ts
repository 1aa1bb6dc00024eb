import assert from 'node:assert/strict'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readHeads } from '../../src/audit/audit.ts'
import { verifyAudit } from '../../src/audit/verify.ts'
import type { AuditRecordTable } from '../../src/store/schema.ts'
import { answer, firstSignInByClient, password, question } from '../journeys/guide.ts'
import { openBeside } from '../support/database/beside.ts'
import { engines } from '../support/database/databases.ts'
import { eachEngine, type Opened } from '../support/database/store.ts'
import { openClient } from '../support/http/client.ts'
import { readMail } from '../support/outside/mailbox.ts'
import { commandOf } from '../support/process/command.ts'
import { type Lintel, startLintel } from '../support/process/process.ts'

/** A chain of `length` records, in one process; all are of one chain because one follows the other. */
async function fill({ store, services }: Opened, length: number): Promise<readonly AuditRecordTable[]> {
  for (let n = 1; n <= length; n++)
    await store.write(tx =>
      services.audit.record(tx, { event: 'user_updated', actor: 'agent', subject: 'amina', args: { n } }),
    )
  return store.read.selectFrom('audit_record').selectAll().orderBy('position').execute()
}

const at = (records: readonly AuditRecordTable[], position: number): AuditRecordTable =>
  records[position - 1] ?? assert.fail(`no record ${position}`)

const verdictOf = async ({ store, services }: Opened, heads: Parameters<typeof verifyAudit>[2] = []) => {
  const verdict = await verifyAudit(store, services.keyring, heads)
  return verdict.whole ? 'whole' : `${verdict.why} at ${verdict.position}, record ${verdict.record}`
}

const changes: readonly Partial<AuditRecordTable>[] = [
  { at: 1 },
  { event: 'sys_startup' },
  { actor: 'system' },
  { subject: 'bert' },
  { subject: null },
  { address: '10.0.0.1' },
  { request_id: 'x' },
  { args: '{}' },
  { key_id: 'otherkey' },
  { id: 'another' },
]

eachEngine('a record with any column changed is named', async open => {
  const opened = await open()
  const records = await fill(opened, 5)
  const third = at(records, 3)
  for (const change of changes) {
    await opened.store.writeOne(db =>
      db.updateTable('audit_record').set(change).where('position', '=', 3).execute(),
    )
    const expected = change.key_id === undefined ? 'changed' : 'unknown-key'
    assert.equal(
      await verdictOf(opened),
      `${expected} at 3, record ${change.id ?? third.id}`,
      JSON.stringify(change),
    )
    await opened.store.writeOne(db =>
      db.updateTable('audit_record').set(third).where('position', '=', 3).execute(),
    )
  }
  assert.equal(await verdictOf(opened), 'whole')
})

eachEngine('a record taken out of the middle is missed, even when the rest move up', async open => {
  const opened = await open()
  const records = await fill(opened, 5)
  await opened.store.writeOne(db => db.deleteFrom('audit_record').where('position', '=', 2).execute())
  assert.equal(await verdictOf(opened), 'missing at 2, record null')
  for (const position of [3, 4, 5])
    await opened.store.writeOne(db =>
      db
        .updateTable('audit_record')
        .set({ position: position - 1 })
        .where('position', '=', position)
        .execute(),
    )
  assert.equal(await verdictOf(opened), `changed at 2, record ${at(records, 3).id}`)
})

eachEngine('two records that changed places are named at the first of them', async open => {
  const opened = await open()
  const records = await fill(opened, 5)
  const [second, fourth] = [at(records, 2), at(records, 4)]
  const put = (id: string, position: number) =>
    opened.store.writeOne(db =>
      db.updateTable('audit_record').set({ position }).where('id', '=', id).execute(),
    )
  await put(second.id, 99)
  await put(fourth.id, 2)
  await put(second.id, 4)
  assert.equal(await verdictOf(opened), `changed at 2, record ${fourth.id}`)
})

eachEngine('records cut off the end are missed, even when the stored head is set back', async open => {
  const opened = await open()
  const records = await fill(opened, 5)
  const heads = await readHeads(opened.store, opened.services.audit.chains())
  await opened.store.writeOne(db => db.deleteFrom('audit_record').where('position', '>', 3).execute())
  assert.equal(await verdictOf(opened), 'tail-cut at 4, record null')
  await opened.store.writeOne(db =>
    db
      .updateTable('audit_chain')
      .set({ length: 3, head: at(records, 3).hmac })
      .execute(),
  )
  assert.equal(await verdictOf(opened), 'whole')
  assert.equal(await verdictOf(opened, heads), 'tail-cut at 4, record null')
  await opened.store.writeOne(db => db.deleteFrom('audit_record').execute())
  await opened.store.writeOne(db => db.deleteFrom('audit_chain').execute())
  assert.equal(await verdictOf(opened, heads), 'tail-cut at 1, record null')
})

/** What was mailed, as it lies in the outbox. */
const lettersOf = (lintel: Lintel): string =>
  globSync(join(lintel.folder, 'outbox', '*.eml'))
    .map(file => readMail(readFileSync(file, 'utf8')))
    .map(({ subject, text, html }) => `${subject}\n${text}\n${html}`)
    .join('\n')

const secretsOf = (lintel: Lintel): Readonly<Record<string, string>> => ({
  'temporary password': lintel.adminPassword,
  'own password': password,
  question,
  answer,
  'folded answer': answer.toLowerCase(),
  'password typed as a username': 'Canary-Name-7',
  'wrong password': 'Canary-Wrong-8',
})

for (const engine of engines) {
  describe(`the audit log beside a running Lintel on ${engine}`, () => {
    test('"lintel audit verify" follows the chains of two processes and names a changed record', async t => {
      const lintel = await startLintel(t, { engine })
      const lintelDoes = commandOf(lintel)
      await firstSignInByClient(lintel)
      await lintelDoes('account', 'unlock', 'admin')
      const whole = await lintelDoes('audit', 'verify', '--json')
      assert.equal(whole.code, 0, whole.err)
      assert.ok(JSON.parse(whole.out).chains >= 2)
      const { services } = await openBeside(t, lintel)
      const heads = await services.store.read
        .selectFrom('audit_chain')
        .select(['id as chain', 'length', 'head'])
        .execute()
      const file = join(lintel.folder, 'heads.log')
      writeFileSync(file, `${JSON.stringify({ level: 30, heads, msg: 'audit heads' })}\n`)
      assert.equal((await lintelDoes('audit', 'verify', '--heads', file)).code, 0)
      const victim = await services.store.read
        .selectFrom('audit_record')
        .select(['id', 'chain_id', 'position'])
        .where('event', '=', 'user_terms_accepted')
        .executeTakeFirstOrThrow()
      await services.store.writeOne(db =>
        db.updateTable('audit_record').set({ address: '10.9.8.7' }).where('id', '=', victim.id).execute(),
      )
      const broken = await lintelDoes('audit', 'verify')
      assert.equal(broken.code, 1)
      assert.ok(
        broken.err.includes(
          `Record ${victim.position} (${victim.id}) of chain ${victim.chain_id} was changed`,
        ),
        broken.err,
      )
    })

    test('a whole first sign-in leaves no password, answer or token in the audit log, mail, process log or export', async t => {
      const lintel = await startLintel(t, { engine })
      const stranger = openClient(lintel.origin)
      await stranger.get('/sign-in')
      await stranger.submit({ username: 'Canary-Name-7', password: 'x' })
      await stranger.submit({ username: 'admin', password: 'Canary-Wrong-8' })
      const person = await firstSignInByClient(lintel)
      const { services } = await openBeside(t, lintel)
      const audit = await services.store.read.selectFrom('audit_record').selectAll().execute()
      const mail = await services.store.read.selectFrom('mail').selectAll().execute()
      const { out } = await commandOf(lintel)('audit', 'export')
      const seen = new Set(audit.map(({ event }) => event))
      for (const event of [
        'authn_login_fail',
        'authn_password_change',
        'authn_question_set',
        'session_created',
      ])
        assert.ok(seen.has(event), event)
      const log = lintel.output().replace(/^First administrator: .*$/m, '')
      const places = {
        audit: JSON.stringify(audit),
        mail: JSON.stringify(mail) + lettersOf(lintel),
        log,
        export: out,
      }
      const tokens = Object.fromEntries([...person.cookies].filter(([name]) => /lintel/.test(name)))
      for (const [what, secret] of Object.entries({ ...secretsOf(lintel), ...tokens }))
        for (const [place, text] of Object.entries(places))
          assert.ok(!text.includes(secret), `${what} is in the ${place}`)
    })
  })
}
