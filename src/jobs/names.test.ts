import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { addOrganization, addPerson } from '../../test/support/people/people.ts'
import { isReadAsNow } from '../account/reading.ts'
import { readNamesAnew } from './names.ts'

const going = new AbortController().signal

eachEngine(
  'what an older program wrote is found as names are read now, once it was read anew',
  async open => {
    const opened = await open()
    const { store, services, clock } = opened
    const place = await addOrganization(opened, 'Sunrise  House')
    const [first, second] = [await addOrganization(opened, 'St. Mary'), await addOrganization(opened, 'Elm')]
    const person = await addPerson(opened, { firstName: 'Łukasz', lastName: 'al-Sayed' })
    await store.write(async ({ db }) => {
      await db
        .updateTable('organization')
        .set({ name_key: 'sunrise  house' })
        .where('id', '=', place)
        .execute()
      await db.updateTable('organization').set({ name: 'St Mary' }).where('id', '=', second).execute()
      await db.deleteFrom('account_word').execute()
      await db.insertInto('account_word').values({ word: 'łukasz', account_id: person }).execute()
    })
    await readNamesAnew(services, clock.now(), AbortSignal.abort())
    assert.equal(await isReadAsNow(store), false, 'what was cut off is not done')
    await readNamesAnew(services, clock.now(), going)
    const places = await store.read.selectFrom('organization').select(['id', 'name_key']).execute()
    assert.deepEqual(
      new Map(places.map(({ id, name_key }) => [id, name_key])),
      new Map([
        [place, 'sunrise house'],
        [first, 'st mary'],
        [second, 'elm'],
      ]),
    )
    const words = (await store.read.selectFrom('account_word').select('word').execute()).map(
      ({ word }) => word,
    )
    for (const word of ['lukasz', 'sayed', 'alsayed']) assert.ok(words.includes(word), word)
    assert.equal(await isReadAsNow(store), true)
    assert.equal(await readNamesAnew(services, clock.now(), going), '{}')
  },
)
