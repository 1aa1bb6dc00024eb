import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { eachEngine } from '../../test/support/database/store.ts'
import { asPending, asSession, freshPerson, signIn, start } from '../../test/support/people/sign-ins.ts'
import { beginBatch, putChecked, readPart } from '../administration/import/batch.ts'
import type { CheckedRow } from '../administration/import/rules.ts'
import { keepList, readList } from '../administration/lists/store.ts'
import { createApplication } from '../applications/store.ts'
import { queueErrand, queueMail, sealContext } from '../mail/queue.ts'
import { ensureKeys, listKeys, openKeys } from '../openid/keys.ts'
import { applyChanges } from '../openid/tokens.ts'
import { createKeptForms } from '../session/kept-form.ts'
import { hashToken } from '../store/ids.ts'
import { createKeyring, type Keyring, type Secret } from '../store/keyring.ts'
import { shapeMeant } from '../store/shape.ts'
import { addApp } from '../verification/app/store.ts'
import { keep, readKept } from '../verification/common/kept.ts'
import { addPasskey, findPasskey, type NewPasskey } from '../verification/passkeys/store.ts'
import { parseForm } from '../web/request.ts'
import { resealAll, sealedColumns } from './sealed.ts'

const secretOf = (id: string): Secret => ({ id, secret: randomBytes(32) })
const [older, newer] = [secretOf('older001'), secretOf('newer001')]
const before = createKeyring([older])
const after = createKeyring([newer, { ...older, ends: new Map() }])

const row = { line: 1, firstName: 'Ann', organizationIds: [], workgroupIds: [], problems: [] }
const form = parseForm(new TextEncoder().encode('question=Which+lake%3F'))

const passkey = (accountId: string): NewPasskey => ({
  accountId,
  kind: 'passkey',
  credentialId: 'credential',
  publicKey: 'a public key',
  userHandle: 'handle',
  rpId: 'localhost',
  backupEligible: false,
  backedUp: false,
  signCount: 0,
  transports: [],
  name: 'Firefox',
})

/** Somebody with everything that is ever sealed, through the rooms that seal it. */
async function everythingSealed(open: Parameters<typeof freshPerson>[0]) {
  const opened = await freshPerson(open)
  const { store, clock, id } = opened
  const now = clock.now()
  const pending = await asPending(opened, await start(opened))
  const session = await asSession(opened, await signIn(opened))
  const parts = { store, keyring: before }
  await store.write(async tx => {
    await addApp(parts, tx, { accountId: id, secret: 'JBSWY3DPEHPK3PXP', step: 1 }, now)
    await addPasskey(tx, before, passkey(id), now)
    await keepList(parts, tx, id, { fileName: 'theirs.csv', content: { entries: [] }, now })
    await keep(parts, tx, pending, { kind: 'first', secret: 'of a sign-in' })
    await keep(parts, tx, session, { kind: 'first', secret: 'of a session' })
    await queueErrand(tx, before, { kind: 'errand', payload: 'an errand' }, now)
    await queueMail(
      tx,
      before,
      { kind: 'x', accountId: id, recipient: 'ann@example.org', subject: 'x', text: 'a text', html: '' },
      now,
    )
    const application = await createApplication(
      tx,
      {
        name: 'Bed Board',
        purpose: 'Free beds',
        preset: 'other',
        launchUrl: undefined,
        redirectUris: [],
        signOutUris: [],
        backchannelUri: undefined,
        tokenForm: 'opaque',
        pkceException: undefined,
        takesFormPost: false,
        pairwise: false,
        needsSecondStep: false,
        asksWorkplace: false,
        refreshIsActivity: false,
        allowed: { roles: ['user'], workgroups: [], organizations: [] } as never,
      },
      now,
    )
    const payload = { clientId: application, sessionUid: session.id, grantId: 'g' }
    await applyChanges(
      parts,
      tx,
      [{ kind: 'put', of: 'AccessToken', id: 'token', payload, expiresIn: 60 }],
      id,
      now,
    )
  })
  assert.ok(form)
  await createKeptForms(store, before).keep({ id: session.id, accountId: id, epoch: 1 }, '/path', form, now)
  await ensureKeys(parts, now)
  const batch = { account_id: id, id: 'batch' }
  assert.ok(
    await parts.store.write(tx =>
      beginBatch(tx, { ...batch, state: 'checking', kind: 'new', file_name: 'x.csv', sha256: 'x' }, now),
    ),
  )
  const rows = Array.from({ length: 201 }, () => row as unknown as CheckedRow)
  const counts = { rows_refused: 0, rows_untrained: 0, rows_same: 0 }
  await putChecked(parts, batch, rows, { trouble: null, checked_at: now, ...counts }, now)
  return { ...opened, pending, session, batch }
}

/** The keys under which values stand, column by column. */
const keysOf = async (read: Awaited<ReturnType<typeof everythingSealed>>['store']['read']) => {
  const found: Record<string, string[]> = {}
  for (const [name, { table, column }] of sealedColumns) {
    const { rows } = await sql<{ sealed: string }>`
      select ${sql.ref(column)} as sealed from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(
      read,
    )
    found[name] = rows.map(({ sealed }) => sealed.split('.')[0] ?? '')
  }
  return found
}

test('every column of the schema that is sealed is sealed anew under a new key', () => {
  const inSchema = [...shapeMeant()].flatMap(line => line.match(/^(\w+\.\w+_sealed) /)?.[1] ?? [])
  const listed = sealedColumns.map(([, { table, column }]) => `${table}.${column}`)
  assert.deepEqual(listed.toSorted(), inSchema.toSorted())
  assert.ok(inSchema.length >= 8)
})

eachEngine(
  'under a new key everything that is sealed is sealed anew and opens where it is used',
  async open => {
    const { store, clock, id, pending, session, batch } = await everythingSealed(open)
    const then = await keysOf(store.read)
    for (const [name, keys] of Object.entries(then)) assert.ok(keys.length > 0, `there are ${name}`)
    const parts = { store, keyring: after }
    const done = await resealAll(parts)
    for (const { name, sealed, dead } of done) assert.deepEqual([sealed, dead], [then[name]?.length, 0], name)
    for (const [name, keys] of Object.entries(await keysOf(store.read)))
      assert.deepEqual(new Set(keys), new Set(['newer001']), name)
    assert.ok((await resealAll(parts)).every(({ sealed }) => sealed === 0))

    const alone = { store, keyring: createKeyring([newer]) }
    assert.deepEqual(await readKept(alone, pending), { kind: 'first', secret: 'of a sign-in' })
    assert.deepEqual(await readKept(alone, session), { kind: 'first', secret: 'of a session' })
    const kept = await createKeptForms(store, alone.keyring).read(
      { accountId: id, epoch: 1 },
      '/path',
      clock.now(),
    )
    assert.equal(kept?.get('question'), 'Which lake?')
    assert.equal((await readPart(alone, { ...batch } as never, 1)).length, 1)
    assert.equal(openKeys(alone.keyring, await listKeys(alone.store, clock.now())).length, 2)
    const mails = await store.read.selectFrom('mail').select(['id', 'body_sealed']).execute()
    const bodies = mails.map(mail => alone.keyring.open(mail.body_sealed ?? '', sealContext(mail.id)))
    assert.deepEqual(bodies.toSorted(), ['an errand', '{"text":"a text","html":""}'])
    const token = await store.read.selectFrom('openid_token').selectAll().executeTakeFirstOrThrow()
    assert.ok(alone.keyring.open(token.payload_sealed, `openid token ${hashToken('token')}`))
    assert.equal((await readList(alone, id))?.is, 'mapped')
    const known = await findPasskey(store.read, alone.keyring, 'credential')
    assert.equal(known?.publicKey, 'a public key')
    const app = await store.read.selectFrom('authenticator').selectAll().executeTakeFirstOrThrow()
    assert.equal(alone.keyring.open(app.secret_sealed, id), 'JBSWY3DPEHPK3PXP')
  },
)

eachEngine('what no key opens is counted and left as it is', async open => {
  const { store } = await everythingSealed(open)
  const then = await keysOf(store.read)
  const stranger: Keyring = createKeyring([secretOf('other001')])
  for (const { name, sealed, dead } of await resealAll({ store, keyring: stranger }))
    assert.deepEqual([sealed, dead], [0, then[name]?.length], name)
  assert.deepEqual(await keysOf(store.read), then)
})
