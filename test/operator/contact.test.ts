import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openData, signedIn } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { commandOf } from '../support/process/command.ts'
import { startLintel } from '../support/process/process.ts'

const shelter = 'Lakeside Night Shelter'

test('the operator makes somebody an agency’s contact and takes that back; both are told and audited', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const { addPeople, services, events } = await openData(t, lintel)
  const [id = ''] = await addPeople(
    { username: 'clara', organizations: [shelter] },
    { username: 'dan', organizations: ['Harbor House'] },
  )
  const lintelDoes = commandOf(lintel)
  const contact = (verb: 'add' | 'remove', ...words: readonly string[]) =>
    lintelDoes('contact', verb, 'clara', '--organization', ...words)
  const desk = async () => (await (await signedIn(lintel, 'clara', password)).get('/agency')).status

  assert.equal(await desk(), 404)
  const added = await contact('add', shelter.toUpperCase(), '--reason', 'Their director asked.')
  assert.equal(added.code, 0, added.err)
  assert.match(added.out, /clara is a contact of Lakeside Night Shelter\./)
  assert.equal(await desk(), 303, 'to the one organization')

  for (const [organization, says] of [
    ['Nowhere', /There is no organization named "Nowhere"/],
    ['Harbor House', /organization/],
  ] as const) {
    const refused = await contact('add', organization)
    assert.equal(refused.code, 1)
    assert.match(refused.err + refused.out, says)
  }

  const removed = await contact('remove', shelter, '--json')
  assert.deepEqual(JSON.parse(removed.out), { ok: true, username: 'clara', organizations: [] })
  assert.equal(await desk(), 404)

  const mails = await services.store.read
    .selectFrom('mail')
    .select('kind')
    .where('account_id', '=', id)
    .where('kind', '=', 'contact-changed')
    .execute()
  assert.equal(mails.length, 2)
  const changes = (await events('privilege_permissions_changed')).map(({ args }) => JSON.parse(args))
  assert.deepEqual(
    changes.map(({ change, after }) => [change, after.map(({ name }: { name: string }) => name)]),
    [
      ['contact', [shelter]],
      ['contact', []],
    ],
  )
})
