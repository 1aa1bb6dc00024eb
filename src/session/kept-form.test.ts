import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { eachEngine } from '../../test/support/database/store.ts'
import { addPerson } from '../../test/support/people/people.ts'
import { parseForm } from '../web/request.ts'
import { createKeptForms } from './kept-form.ts'
import { keptLifetime, textToKeep } from './kept-form-rules.ts'

const formOf = (fields: Readonly<Record<string, string>>) => {
  const form = parseForm(new TextEncoder().encode(new URLSearchParams(fields).toString()))
  if (form === undefined) throw new Error('no form of ours')
  return form
}

const secrets = [
  'password',
  'newPassword',
  'passphrase',
  'confirm',
  'answer',
  'code',
  'backup-code',
  'backup_code',
  'csrf',
  'token',
  'secret',
  'pin',
  'api_key',
]

test('no field that may hold a password, an answer, a code or a token is kept, whatever is in it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...secrets),
      fc.string({ minLength: 8 }).map(text => `§${text}`),
      (name, value) => {
        const text = textToKeep(formOf({ [name]: value, question: 'Which lake?' })) ?? ''
        assert.deepEqual([...new URLSearchParams(text)], [['question', 'Which lake?']])
      },
    ),
  )
})

test('a form of which nothing may be kept is not kept at all', () => {
  assert.equal(textToKeep(formOf({ csrf: 'x', password: 'y', confirm: 'y' })), undefined)
})

test('more than 64 KiB is not kept, even when it was less as it came', () => {
  const long = parseForm(new TextEncoder().encode(`note=${'('.repeat(40_000)}`))
  assert.ok(long)
  assert.equal(textToKeep(long), undefined)
})

eachEngine('a kept form is read by its account, at its page, for 15 minutes', async open => {
  const opened = await open()
  const { store, services, clock } = opened
  const accountId = await addPerson(opened)
  const other = await addPerson(opened, { username: 'other' })
  const forms = createKeptForms(store, services.keyring)
  const sender = { id: 'a', accountId, epoch: 1 }
  assert.equal(await forms.keep(sender, '/page', formOf({ note: 'é & =' }), clock.now()), true)
  const read = async (account: { accountId: string; epoch: number }, path = '/page') =>
    (await forms.read(account, path, clock.now()))?.get('note')
  assert.equal(await read(sender), 'é & =')
  assert.equal(await read(sender, '/elsewhere'), undefined)
  assert.equal(await read({ accountId: other, epoch: 1 }), undefined)
  assert.equal(await read({ accountId, epoch: 2 }), undefined, 'credentials changed')
  const rows = await store.read.selectFrom('kept_form').selectAll().execute()
  assert.doesNotMatch(JSON.stringify(rows), /note/)
  clock.advance(keptLifetime)
  assert.equal(await read(sender), undefined)
})

eachEngine(
  'a session keeps one form, the last one; a row moved to another account opens nothing',
  async open => {
    const opened = await open()
    const { store, services, clock } = opened
    const accountId = await addPerson(opened)
    const thief = await addPerson(opened, { username: 'thief' })
    const forms = createKeptForms(store, services.keyring)
    const sender = { id: 'a', accountId, epoch: 1 }
    await forms.keep(sender, '/one', formOf({ note: 'first' }), clock.now())
    await forms.keep(sender, '/two', formOf({ note: 'second' }), clock.now())
    assert.equal(await forms.read(sender, '/one', clock.now()), undefined)
    assert.equal((await forms.read(sender, '/two', clock.now()))?.get('note'), 'second')
    await store.writeOne(db => db.updateTable('kept_form').set({ account_id: thief }).execute())
    assert.equal(await forms.read({ accountId: thief, epoch: 1 }, '/two', clock.now()), undefined)
    await forms.drop(thief, '/two')
    assert.deepEqual(await store.read.selectFrom('kept_form').selectAll().execute(), [])
  },
)
