/** Guessing the answer to the security question. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answer } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { atSignInOf, fresh, house, isDead, newLink, opened, proven, save } from './recovery-support.ts'
import { tryPassword } from './support.ts'

for (const engine of engines) {
  test(`of fifty guesses at once five answers are checked, and the link is dead (${engine})`, async t => {
    const given = await house(t, engine)
    const link = await newLink(given)
    const { client } = await opened(given, link)
    const guesses = Array.from({ length: 50 }, (_, index) =>
      client.post('/reset', { answer: `guess ${index}` }),
    )
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    assert.equal(statuses.filter(status => status === 303).length, 0)
    assert.equal((await given.data.events('authn_recovery_fail')).length, 5)
    assert.ok(isDead(await client.post('/reset', { answer })))
  })
}

test('after five wrong answers the wait goes on with the next link, and a right answer ends it', async t => {
  const given = await house(t)
  const first = await opened(given, await newLink(given))
  for (let guess = 0; guess < 5; guess++) await first.client.post('/reset', { answer: `guess ${guess}` })
  const second = await opened(given, await newLink(given))
  const waiting = await second.client.post('/reset', { answer })
  assert.equal(waiting.status, 429)
  assert.ok(Number(waiting.headers['retry-after']) <= 30)
  await given.lintel.advance(31_000)
  assert.equal((await second.client.post('/reset', { answer: 'wrong again' })).status, 422)
  const longer = await second.client.post('/reset', { answer })
  assert.equal(longer.status, 429)
  assert.ok(Number(longer.headers['retry-after']) > 30)
  await given.lintel.advance(61_000)
  assert.equal((await second.client.post('/reset', { answer })).status, 303)
})

test('someone with only the mailbox cannot carry on after the answer was given in another browser', async t => {
  const given = await house(t)
  const link = await newLink(given)
  await proven(given, link)
  const thief = await opened(given, link)
  assert.match(thief.page.text, /<h1>Reset your password<\/h1>/)
  assert.equal((await save(thief.client)).status, 422)
  assert.equal((await tryPassword(await atSignInOf(given), 'admin', fresh)).status, 422)
})

test('an empty answer never matches; an answer in other case or spacing does', async t => {
  const given = await house(t)
  const { client } = await opened(given, await newLink(given))
  for (const empty of ['', '   ', '?!']) {
    const page = await client.post('/reset', { answer: empty })
    assert.equal(page.status, 422)
    assert.match(page.text, /Enter your answer/)
  }
  assert.equal(
    (
      await client.send(
        'POST',
        '/reset',
        {
          origin: client.origin,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
        },
        'answer[]=x',
      )
    ).status,
    400,
  )
  const large = await client.post('/reset', { answer: 'a'.repeat(1_000_000) })
  assert.equal(large.status, 413)
  assert.equal((await client.post('/reset', { answer: `  ${answer.toUpperCase()}!! ` })).status, 303)
})
