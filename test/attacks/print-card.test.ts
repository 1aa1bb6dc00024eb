import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import {
  changeStore,
  codesOn,
  isInside,
  readStore,
  throughGate,
  withPassword,
} from '../support/people/two-step.ts'
import { startLintel } from '../support/process/process.ts'
import { cardCodesOn, copyOf, openData, tokensOf } from './support.ts'

const cardPage = '/security/two-step/card'
const everyone = `update policy set overrides = '{"codeCards":"everyone"}'`

for (const engine of engines) {
  test(`of fifty who put a printed card in force at once one does (${engine})`, async t => {
    const lintel = await startLintel(t, { engine, clockOffset: 0 })
    const { services, events } = await openData(t, lintel)
    const overrides = JSON.stringify({ codeCards: 'everyone' })
    await services.store.writeOne(db => db.updateTable('policy').set({ overrides }).execute())
    const client = await firstSignInByClient(lintel)
    const page = await throughGate(client, cardPage, password)
    const [card = ''] = cardCodesOn(page.text)
    const [csrf = ''] = tokensOf(page)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => copyOf(client).post(cardPage, { csrf, card })),
    )
    assert.equal(answers.filter(({ location }) => location === '/two-step/backup-codes').length, 1)
    assert.equal((await events('authn_mfa_enroll')).length, 1)
    const row = await services.store.read.selectFrom('code_card').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual([row.serial, row.next_number], [1, 2], 'its first code is used')
  })
}

test('a card is printed only where policy says so, behind the gate, and works only once its first code was typed', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const client = await firstSignInByClient(lintel)
  await throughGate(client, '/security', password)
  for (const policy of ['{}', '{"codeCards":"helpdesk"}', '{"codeCards":"everyone","twoStep":"off"}']) {
    changeStore(lintel, 'update policy set overrides = ?', policy)
    assert.equal((await client.get(cardPage)).location, '/security/two-step', policy)
    assert.equal((await client.post(cardPage, { card: '1' })).location, '/security/two-step', policy)
  }
  changeStore(lintel, everyone)
  assert.equal((await client.get('/sign-in/two-step/card')).location, '/', 'no step is open')
  const page = await client.get(cardPage)
  const codes = cardCodesOn(page.text)
  assert.equal(codes.length, 40)
  assert.match(page.headers['cache-control'] ?? '', /no-store/)
  for (const card of ['', '12', codes[1] ?? '', codes[39] ?? '']) {
    const refused = await client.submit({ card }, 'Use This Card')
    assert.equal(refused.status, 422)
    assert.deepEqual(cardCodesOn(refused.text), codes, 'the same card is shown again')
  }
  assert.deepEqual(readStore(lintel, 'select * from code_card'), [])
  await lintel.advance(11 * 60_000)
  const late = await client.get(cardPage)
  assert.match(late.text, /name="password"/)
  assert.deepEqual(cardCodesOn(late.text), [])
  await client.follow(await client.submit({ password }, 'Submit'))
  const shown = await client.follow(await client.submit({ card: codes[0] ?? '' }, 'Use This Card'))
  assert.equal(codesOn(shown.text).length, 10, 'the first way comes with backup codes')
  await client.follow(await client.submit({}, 'I have saved these'))
  const next = await client.get(cardPage)
  assert.equal(cardCodesOn(next.text).filter(code => codes.includes(code)).length, 0)
  assert.match(next.text, /Code card B/)
  const { client: visitor, page: asked } = await withPassword(lintel, 'admin', password)
  assert.match(asked.text, /Enter code 2 of card A/, 'a card that was only shown changes nothing')
  await visitor.follow(await visitor.submit({ card: codes[1] ?? '' }, 'Submit'))
  assert.ok(await isInside(visitor))
})

test('a new card kills the one before, is told by email, and no record holds a code', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  changeStore(lintel, everyone)
  const client = await firstSignInByClient(lintel)
  const print = async () => {
    const codes = cardCodesOn((await throughGate(client, cardPage, password)).text)
    return { codes, answer: await client.submit({ card: codes[0] ?? '' }, 'Use This Card') }
  }
  const first = await print()
  const second = await print()
  assert.equal(second.answer.location, '/security/two-step')
  const { client: visitor, page } = await withPassword(lintel, 'admin', password)
  assert.match(page.text, /Enter code 2 of card B/)
  assert.match((await visitor.submit({ card: first.codes[1] ?? '' }, 'Submit')).text, /not correct/)
  assert.equal((await visitor.submit({ card: second.codes[1] ?? '' }, 'Submit')).status, 303)
  const mails = readStore(
    lintel,
    `select kind from mail where kind in ('two-step-on', 'card-printed') order by id`,
  )
  assert.deepEqual(
    mails.map(({ kind }) => kind),
    ['two-step-on', 'card-printed'],
  )
  const kept = JSON.stringify([
    readStore(lintel, 'select * from audit_record'),
    readStore(lintel, 'select * from mail'),
    readStore(lintel, 'select * from session'),
    readStore(lintel, 'select * from code_card'),
    lintel.output(),
  ])
  for (const code of [...first.codes, ...second.codes])
    for (const text of [code, code.replace(' ', '')]) assert.ok(!kept.includes(text))
})
