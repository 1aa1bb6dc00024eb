/** Attempts to learn which usernames exist. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { type Answer, openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { atSignIn, hour, manyTimes, openData, type Person, plainText, tryPassword, wrong } from './support.ts'

const retryAfter = (answer: Answer) => Number(answer.headers['retry-after'])
/** Each test guesses from an address of its own, so that no test spends another's budget. */
let addresses = 0
const ownAddress = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` })
const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }

const lintel = await startLintel({ after }, { engine: 'sqlite', env, clockOffset: 0 })
const data = await openData({ after }, lintel)
const past = Date.now() - hour
const barred: readonly Person[] = [
  { username: 'switched-off', account: { deactivated_at: past, deactivated_reason: 'x' } },
  { username: 'suspended', account: { suspended_until: Date.now() + 400 * 24 * hour } },
  { username: 'has-left', account: { leaving_at: past } },
  { username: 'dormant', account: { dormant_since: past } },
  { username: 'blocked', account: { password_blocked_at: past } },
  { username: 'lapsed', account: { training_state: 'lapsed' } },
  { username: 'too-old', temporary: true, expiresAt: past },
]
const states: readonly Person[] = [
  ...barred,
  { username: 'known' },
  { username: 'newcomer', temporary: true, termsOpen: true },
]
await data.services.store.writeOne(db =>
  db
    .updateTable('policy')
    .set({ overrides: JSON.stringify({ trainingMonths: 12 }) })
    .execute(),
)
await data.addPeople(...states)

test('a wrong password gets the same reply in every state of an account and for an unknown name', async () => {
  const seen = new Set<string>()
  for (const { username } of [...states, { username: 'nobody-of-that-name' }]) {
    const answer = await tryPassword(await atSignIn(lintel, ownAddress()), username, wrong)
    const { date, ...headers } = answer.headers
    delete headers['content-length']
    assert.ok(date)
    seen.add(JSON.stringify([answer.status, headers, plainText(answer, username)]))
  }
  assert.equal(seen.size, 1)
})

test('the state of an account is named only after the right password', async () => {
  for (const { username } of barred) {
    const answer = await tryPassword(await atSignIn(lintel, ownAddress()), username, password)
    assert.equal(answer.status, 422)
    assert.match(answer.text, /Your account |has expired|was blocked/, username)
    assert.equal(answer.headers['set-cookie'], undefined, username)
  }
})

test('usernames that do not exist have to wait exactly like those that do', async () => {
  await data.addPeople({ username: 'waits' })
  const replies = async (username: string) => {
    const client = await atSignIn(lintel, ownAddress())
    const answers = await manyTimes(8, () => tryPassword(client, username, wrong))
    return answers.map(answer => [
      answer.status,
      plainText(answer, username)
        .replace(/Wait until [^,]*,[^,]*,/, 'Wait until THEN,')
        .replace(/until .{0,60}?then try/, ''),
      answer.headers['retry-after'] !== undefined,
    ])
  }
  assert.deepEqual(await replies('waits-not'), await replies('waits'))
})

test('the wait doubles whether or not the username exists', async () => {
  for (const username of ['waits-too-not', 'known']) {
    const client = await atSignIn(lintel, ownAddress())
    await lintel.advance(2 * hour)
    while ((await tryPassword(client, username, wrong)).status === 422);
    await lintel.advance(31_000)
    assert.equal((await tryPassword(client, username, wrong)).status, 422)
    const waiting = await tryPassword(client, username, wrong)
    assert.ok(retryAfter(waiting) > 30 && retryAfter(waiting) <= 60, username)
  }
})

test('no page tells a stranger whether a username exists', async () => {
  const client = openClient(lintel.origin)
  for (const path of [
    '/forgot-username',
    '/users/known',
    '/api/users?username=known',
    '/people/known',
    '/@known',
  ])
    assert.equal((await client.get(path)).status, 404, path)
  for (const path of ['/helpdesk', '/helpdesk/people?q=known']) {
    const answer = await client.get(path)
    assert.ok(answer.status === 404 || answer.location?.startsWith('/sign-in'), path)
  }
})
