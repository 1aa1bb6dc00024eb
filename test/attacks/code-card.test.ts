import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { type Engine, engines } from '../support/database/databases.ts'
import { openClient } from '../support/http/client.ts'
import { clockOf, isInside, readStore, throughGate, withPassword } from '../support/people/two-step.ts'
import { startLintel } from '../support/process/process.ts'
import { cardCodesOn, copyOf, tokensOf } from './support.ts'

/** A process whose administrator has a code card and no app. */
async function withCard(t: TestContext, engine: Engine = 'sqlite') {
  const lintel = await startLintel(t, { engine, clockOffset: 0 })
  const client = await firstSignInByClient(lintel)
  await client.get('/helpdesk/policy/codeCards')
  const asked = await client.submit({ value: 'helpdesk', reason: 'Some have no phone.' }, 'Save')
  assert.equal(asked.status, 403, 'the password is asked for first')
  await client.submit({ gatePassword: password }, 'Submit')
  const changed = await client.follow(await client.submit({}, 'Confirm change'))
  assert.match(changed.text, /Code cards was changed to: Helpdesk/)
  const people = await client.get('/helpdesk/people')
  const [, own = ''] = people.text.match(/\/helpdesk\/people\/([0-9a-z-]{20,})/) ?? []
  const give = async () => {
    await throughGate(client, `/helpdesk/people/${own}/code-card`, password)
    const given = await client.submit({ identified: 'in-person', reason: 'No phone.' }, 'Give a code card')
    const codes = cardCodesOn(given.text)
    assert.equal(codes.length, 40, given.text.slice(0, 200))
    return codes
  }
  const codes = await give()
  const atCard = async () => {
    const signIn = await withPassword(lintel, 'admin', password)
    assert.match(signIn.page.text, /<h1>Use your code card<\/h1>/)
    return signIn
  }
  return { lintel, client, codes, atCard }
}

test('a card holder is asked for one code by its number and gets in by that code alone', async t => {
  const { lintel, client, codes, atCard } = await withCard(t)
  assert.equal(await isInside(client), false, 'what was signed in before has ended')
  const { client: person, page } = await atCard()
  assert.match(page.text, /Enter code 1 of card A/)
  assert.doesNotMatch(page.text, /Use the authenticator app/, 'there is none')
  for (const code of ['', '12', codes[1] ?? '', codes[39] ?? ''])
    assert.equal((await person.submit({ card: code }, 'Submit')).status, 422)
  assert.equal(await isInside(person), false)
  await person.follow(await person.submit({ card: (codes[0] ?? '').replace(' ', '-') }, 'Submit'))
  assert.equal(await isInside(person), true)
  const next = await atCard()
  assert.match(next.page.text, /Enter code 2 of card A/)
  const again = await next.client.submit({ card: codes[0] ?? '' }, 'Submit')
  assert.match(again.text, /already been used/)
  assert.deepEqual({ ...readStore(lintel, 'select next_number from code_card')[0] }, { next_number: 2 })
})

for (const engine of engines) {
  test(`of fifty who send the same code of a card at once one gets in (${engine})`, async t => {
    const { codes, atCard } = await withCard(t, engine)
    const { client, page } = await atCard()
    const [csrf = ''] = tokensOf(page)
    const copies = Array.from({ length: 50 }, () => copyOf(client))
    const answers = await Promise.all(
      copies.map(copy => copy.post('/sign-in/code-card', { csrf, card: codes[0] ?? '' })),
    )
    assert.equal(answers.filter(({ status, location }) => status === 303 && location === '/').length, 1)
  })
}

test('the page of the card is nothing to strangers, and leads past no other step', async t => {
  const { lintel, atCard } = await withCard(t)
  const stranger = openClient(lintel.origin)
  assert.equal((await stranger.get('/sign-in/code-card')).status, 303)
  const { client } = await atCard()
  assert.equal((await client.get('/sign-in/two-step')).location, '/sign-in/verify')
  assert.equal((await client.get('/security')).location, '/sign-in/verify')
})

test('wrong codes of a card make it wait, and no backup code or password makes up for them', async t => {
  const { codes, atCard } = await withCard(t)
  const { client } = await atCard()
  for (let tries = 0; tries < 5; tries++)
    assert.equal((await client.post('/sign-in/code-card', { card: codes[20] ?? '' })).status, 422)
  const waiting = await client.post('/sign-in/code-card', { card: codes[0] ?? '' })
  assert.equal(waiting.status, 429)
  assert.match(waiting.text, /Too many wrong codes/)
  const other = await atCard()
  assert.equal((await other.client.post('/sign-in/code-card', { card: codes[0] ?? '' })).status, 429)
})

test('the gate names the number of the card that it asks for, and takes each code once', async t => {
  const { lintel, codes, atCard } = await withCard(t)
  const { client } = await atCard()
  await client.follow(await client.submit({ card: codes[0] ?? '' }, 'Submit'))
  await clockOf(lintel).advance(11 * 60_000)
  const gate = await client.get('/security/two-step')
  assert.match(gate.text, /Code 2 of card A/)
  assert.match((await client.submit({ password, code: codes[0] ?? '' }, 'Submit')).text, /already been used/)
  await client.follow(await client.submit({ password, code: codes[1] ?? '' }, 'Submit'))
  const settings = await client.get('/security/two-step')
  assert.match(settings.text, /Code card A/)
  assert.match(settings.text, /38 codes left/)
})
