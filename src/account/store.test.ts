import assert from 'node:assert/strict'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { addOrganization, addPerson } from '../../test/support/people/people.ts'
import { isTaken } from '../store/store.ts'
import { indexWords } from './index-words.ts'
import { countAdministrator, raiseEpoch, raiseEveryEpoch } from './store.ts'

const wordsOf = async ({ store }: Opened, id: string) =>
  (
    await store.read
      .selectFrom('account_word')
      .select('word')
      .where('account_id', '=', id)
      .orderBy('word')
      .execute()
  ).map(({ word }) => word)

eachEngine('a taken username is refused however it is typed, and leaves nothing behind', async open => {
  const opened = await open()
  await addPerson(opened, { username: 'mlee' })
  await assert.rejects(addPerson(opened, { username: ' MLee' }), isTaken)
  await addPerson(opened, { username: 'mlee2' })
  assert.equal((await opened.store.read.selectFrom('account').select('id').execute()).length, 2)
})

eachEngine('of 20 who take one username at once, one gets it', async open => {
  const opened = await open()
  const made = await Promise.allSettled(Array.from({ length: 20 }, () => addPerson(opened)))
  assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const one of made) if (one.status === 'rejected') assert.ok(isTaken(one.reason))
})

eachEngine(
  'a person is found by name, username, address and organization, and by the new ones once changed',
  async open => {
    const opened = await open()
    const organization = await addOrganization(opened, 'Simpson Housing')
    const id = await addPerson(opened, { organizationIds: [organization] })
    assert.deepEqual(await wordsOf(opened, id), [
      'example',
      'housing',
      'lee',
      'maria',
      'mlee',
      'org',
      'simpson',
    ])
    await opened.store.write(async tx => {
      await tx.db.updateTable('account').set({ last_name: 'Núñez' }).where('id', '=', id).execute()
      await indexWords(tx, id)
    })
    assert.deepEqual((await wordsOf(opened, id)).includes('lee'), false)
    assert.ok((await wordsOf(opened, id)).includes('nunez'))
  },
)

eachEngine('raising the epoch of one account leaves the others', async open => {
  const opened = await open()
  const id = await addPerson(opened)
  const other = await addPerson(opened, { username: 'other' })
  assert.equal(await opened.store.write(tx => raiseEpoch(tx, id)), 2)
  assert.equal(await opened.store.write(tx => raiseEpoch(tx, id, 2)), 3)
  assert.equal(await opened.store.write(tx => raiseEpoch(tx, id, 2)), undefined)
  assert.equal(await opened.store.write(tx => raiseEpoch(tx, 'nobody')), undefined)
  assert.equal(await opened.store.write(tx => raiseEpoch(tx, other)), 2)
})

eachEngine('of 50 who saw the same epoch, one raises it', async open => {
  const opened = await open()
  const id = await addPerson(opened)
  const raised = await Promise.all(
    Array.from({ length: 50 }, () => opened.store.write(tx => raiseEpoch(tx, id, 1))),
  )
  assert.deepEqual(
    raised.filter(epoch => epoch !== undefined),
    [2],
  )
})

eachEngine('administrators who demote each other all at once leave one', async open => {
  const opened = await open()
  const { store } = opened
  const ids: string[] = []
  for (let number = 0; number < 12; number++)
    ids.push(await addPerson(opened, { username: `admin${number}`, role: 'administrator' }))
  const demote = (id: string) =>
    store.write(async tx => {
      const changed = await tx.db
        .updateTable('account')
        .set({ role: 'user' })
        .where('id', '=', id)
        .where('role', '=', 'administrator')
        .executeTakeFirst()
      if (changed.numUpdatedRows !== 1n) return
      if (!(await countAdministrator(tx, -1))) throw new Error('the last one')
    })
  const left = () =>
    store.read.selectFrom('account').select('id').where('role', '=', 'administrator').execute()
  const outcomes = await Promise.allSettled([...ids, ...ids].map(demote))
  assert.equal((await left()).length, 1)
  assert.ok(outcomes.some(({ status }) => status === 'rejected'))
  await addPerson(opened, { username: 'one-more', role: 'administrator' })
  await Promise.allSettled((await left()).map(({ id }) => demote(id)))
  assert.equal((await left()).length, 1)
})

eachEngine('everyone’s epoch is raised by one, however many are raised at once', async open => {
  const opened = await open()
  for (let person = 0; person < 6; person++) await addPerson(opened, { username: `person${person}` })
  const epochs = async () =>
    (await opened.store.read.selectFrom('account').select('epoch').execute()).map(({ epoch }) => epoch)
  for (const [time, atOnce] of [1, 2, 3, 4, 6, 7].entries()) {
    await opened.store.write(tx => raiseEveryEpoch(tx, atOnce))
    assert.deepEqual(await epochs(), Array(6).fill(time + 2))
  }
})
