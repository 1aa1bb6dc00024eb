import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { eachEngine, type Opened } from '../../../test/support/database/store.ts'
import { addPerson } from '../../../test/support/people/people.ts'
import { createKeyring, type Secret } from '../../store/keyring.ts'
import { codeLimit } from '../../throttle/rules.ts'
import { claimTry, clearCounters } from '../../throttle/store.ts'
import { wayCounter } from '../common/prove.ts'
import { newCardCodes } from './code.ts'
import { prepareCard, putCard, readCard, removeCard, takeCardCode } from './store.ts'
import { cardCode } from './way.ts'

const newKey = (): Secret => ({ id: randomBytes(4).toString('hex'), secret: randomBytes(32) })
const crowd = Array.from({ length: 50 }, (_, index) => index)

async function cardOf(opened: Opened, accountId: string): Promise<readonly string[]> {
  const { store, services, clock } = opened
  const prepared = await prepareCard(services.keyring, accountId, newCardCodes())
  await store.write(tx => putCard(tx, prepared, clock.now()))
  return prepared.codes
}

const taking =
  ({ store, services, clock }: Opened, accountId: string) =>
  (code: string | undefined) =>
    store.write(tx => takeCardCode(tx, services.keyring, accountId, code ?? '', clock.now()))

eachEngine('a card takes the code that is asked for next, once, in the order of its numbers', async open => {
  const opened = await open()
  const id = await addPerson(opened)
  const codes = await cardOf(opened, id)
  const take = taking(opened, id)
  assert.equal(await take(codes[1]), 'wrong', 'the next but one')
  assert.equal(await take(codes[39]), 'wrong', 'the last')
  assert.equal(await take(codes[0]), 'right')
  assert.equal(await take(codes[0]), 'used')
  assert.equal(await take(codes[1]), 'right')
  assert.equal(await take(codes[0]), 'wrong', 'one used long ago')
  const card = await readCard(opened.store.read, id)
  assert.deepEqual([card?.letter, card?.number, card?.left], ['A', 3, 38])
})

eachEngine('of fifty who send the same code of a card at once one succeeds', async open => {
  const opened = await open()
  const id = await addPerson(opened)
  const codes = await cardOf(opened, id)
  for (const code of codes.slice(0, 3)) {
    const verdicts = await Promise.all(crowd.map(() => taking(opened, id)(code)))
    assert.equal(verdicts.filter(verdict => verdict === 'right').length, 1)
    assert.equal(verdicts.filter(verdict => verdict === 'used').length, crowd.length - 1)
  }
  assert.equal((await readCard(opened.store.read, id))?.number, 4)
})

eachEngine('a card that is used up takes nothing more, and is still a second step', async open => {
  const opened = await open()
  const id = await addPerson(opened)
  const codes = await cardOf(opened, id)
  const take = taking(opened, id)
  for (const code of codes) assert.equal(await take(code), 'right')
  assert.equal(await take(codes[39]), 'used')
  assert.equal(await take(codes[0]), 'wrong')
  assert.equal((await readCard(opened.store.read, id))?.left, 0)
})

eachEngine(
  'a new card has the next letter and kills the one before, also after it was taken away',
  async open => {
    const opened = await open()
    const { store } = opened
    const id = await addPerson(opened)
    const take = taking(opened, id)
    const older = await cardOf(opened, id)
    const newer = await cardOf(opened, id)
    assert.equal(await take(older[0]), 'wrong')
    assert.equal(await take(newer[0]), 'right')
    await store.write(tx => removeCard(tx, id))
    assert.equal(await readCard(store.read, id), undefined)
    assert.equal(await take(newer[1]), 'wrong')
    await cardOf(opened, id)
    assert.equal((await readCard(store.read, id))?.letter, 'C')
  },
)

eachEngine('of two cards made at once one is in force, with all of its own codes', async open => {
  const opened = await open()
  const id = await addPerson(opened)
  const cards = await Promise.all(crowd.slice(0, 10).map(() => cardOf(opened, id)))
  const first = await Promise.all(cards.map(codes => taking(opened, id)(codes[0])))
  assert.equal(first.filter(verdict => verdict === 'right').length, 1)
  const inForce = cards[first.indexOf('right')] ?? []
  assert.equal(await taking(opened, id)(inForce[1]), 'right')
})

eachEngine('a code is worth nothing in another account, also when the row is moved there', async open => {
  const opened = await open()
  const { store } = opened
  const id = await addPerson(opened, { username: 'amina' })
  const other = await addPerson(opened, { username: 'bert' })
  const codes = await cardOf(opened, id)
  await cardOf(opened, other)
  assert.equal(await taking(opened, other)(codes[0]), 'wrong')
  const row = await store.read
    .selectFrom('code_card')
    .select(['salt', 'hashes'])
    .where('account_id', '=', id)
    .executeTakeFirstOrThrow()
  await store.writeOne(db => db.updateTable('code_card').set(row).where('account_id', '=', other).execute())
  assert.equal(await taking(opened, other)(codes[0]), 'wrong')
  assert.equal(await taking(opened, id)(codes[0]), 'right')
})

eachEngine('no code of a card can be read in the store, and equal codes look different there', async open => {
  const opened = await open()
  const { store, services, clock } = opened
  const id = await addPerson(opened)
  const same = newCardCodes().map(() => '12345678')
  const prepared = await prepareCard(services.keyring, id, same)
  await store.write(tx => putCard(tx, prepared, clock.now()))
  const row = await store.read.selectFrom('code_card').selectAll().executeTakeFirstOrThrow()
  assert.ok(!JSON.stringify(row).includes('12345678'))
  assert.equal(new Set(prepared.hashes).size, same.length)
})

eachEngine('a card outlives a new key, while the old one is kept', async open => {
  const opened = await open()
  const { store, clock } = opened
  const [older, newer] = [newKey(), newKey()]
  const id = await addPerson(opened)
  const prepared = await prepareCard(createKeyring([older]), id, newCardCodes())
  await store.write(tx => putCard(tx, prepared, clock.now()))
  const take = (keys: readonly [Secret, ...Secret[]], code = '') =>
    store.write(tx => takeCardCode(tx, createKeyring(keys), id, code, clock.now()))
  assert.equal(await take([newer], prepared.codes[0]), 'wrong')
  assert.equal(await take([newer, older], prepared.codes[0]), 'right')
})

eachEngine('a hundred wrong codes stop a card for good, until its counter is cleared', async open => {
  const opened = await open()
  const { store, services, clock } = opened
  const id = await addPerson(opened)
  const counter = wayCounter(services.keyring, cardCode, id)
  const claim = () => store.writeOne(db => claimTry(db, counter, clock.now(), codeLimit))
  for (let tries = 0; tries < codeLimit; tries++) {
    assert.equal((await claim()).ok, true, `try ${tries + 1}`)
    clock.advance(3_600_000)
  }
  clock.advance(365 * 24 * 3_600_000)
  assert.equal((await claim()).ok, false)
  await store.write(tx => clearCounters(tx, [counter]))
  assert.equal((await claim()).ok, true)
})
