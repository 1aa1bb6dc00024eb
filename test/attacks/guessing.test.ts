/** Guessing and discovery at sign-in. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { type Answer, type Client, openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import {
  atSignIn,
  copyOf,
  hour,
  openData,
  type Person,
  plainText,
  rawRequest,
  signedIn,
  statusOf,
  tally,
  tryPassword,
  wrong,
} from './support.ts'

const retryAfter = (answer: Answer) => Number(answer.headers['retry-after'])
/** Each test guesses from an address of its own, so that no test spends another's budget. */
let addresses = 0
const ownAddress = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` })
const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }

const manyTimes = async (count: number, one: () => Promise<Answer>): Promise<Answer[]> => {
  const answers: Answer[] = []
  for (let i = 0; i < count; i++) answers.push(await one())
  return answers
}

for (const engine of engines) {
  describe(engine, async () => {
    const lintel = await startLintel({ after }, { engine, env, clockOffset: 0 })
    const data = await openData({ after }, lintel)
    const from = () => atSignIn(lintel, ownAddress())

    test('of 200 wrong passwords in a row five are checked, and the right one works after the wait', async () => {
      await data.addPeople({ username: 'brute' })
      const client = await from()
      const answers = await manyTimes(200, () => tryPassword(client, 'brute', wrong))
      assert.deepEqual(tally(answers.map(({ status }) => status)), { 422: 5, 429: 195 })
      assert.ok(answers.slice(5).every(answer => retryAfter(answer) >= 1 && retryAfter(answer) <= 30))
      assert.equal((await tryPassword(client, 'brute', password)).status, 429)
      await lintel.advance(31_000)
      assert.equal((await tryPassword(client, 'brute', password)).status, 303)
      const subject = await data.idOf('brute')
      const mine = async (event: string) =>
        (await data.events(event)).filter(row => row.subject === subject).length
      assert.equal(await mine('authn_login_fail'), 5)
      assert.equal(await mine('authn_login_fail_max'), 1)
    })

    test('of 50 wrong passwords at once no more than five are checked', async () => {
      await data.addPeople({ username: 'burst' })
      const client = await from()
      const answers = await Promise.all(Array.from({ length: 50 }, () => tryPassword(client, 'burst', wrong)))
      assert.deepEqual(tally(answers.map(({ status }) => status)), { 422: 5, 429: 45 })
    })

    test('50 wrong passwords at once from a browser that is known pass no limit either', async () => {
      await data.addPeople({ username: 'burst-known' })
      const client = await signedIn(lintel, 'burst-known', password, ownAddress())
      client.cookies.delete('lintel')
      await client.get('/sign-in')
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => tryPassword(client, 'burst-known', wrong)),
      )
      assert.deepEqual(tally(answers.map(({ status }) => status)), { 422: 5, 429: 45 })
    })

    test('after 50 failures no stranger gets a password checked, and the person still signs in where known', async () => {
      await data.addPeople({ username: 'victim' })
      const known = await signedIn(lintel, 'victim', password, ownAddress())
      await known.submit({}, 'Sign Out')
      const attacker = await from()
      for (let failures = 0; failures < 50; failures++) {
        if (failures >= 5) await lintel.advance(hour + 1_000)
        assert.equal((await tryPassword(attacker, 'victim', wrong)).status, 422, `failure ${failures}`)
      }
      await lintel.advance(25 * hour)
      const refused = await tryPassword(attacker, 'victim', password)
      assert.equal(refused.status, 429)
      assert.equal(refused.headers['retry-after'], undefined)
      assert.match(refused.text, /Choose Forgot password, or contact/)
      await known.get('/sign-in')
      assert.equal((await tryPassword(known, 'victim', password)).status, 303)
      assert.equal(
        (await tryPassword(await from(), 'victim', password)).status,
        303,
        'the counter is cleared',
      )
    })

    test('failures over many names from one address make that address wait, and no other', async () => {
      await data.addPeople({ username: 'stuffed' })
      const client = await from()
      const answers: Answer[] = []
      for (let name = 0; name < 30; name++) answers.push(await tryPassword(client, `stuffing-${name}`, wrong))
      assert.deepEqual(tally(answers.map(({ status }) => status)), { 422: 30 })
      const waiting = await tryPassword(client, 'stuffed', password)
      assert.equal(waiting.status, 429)
      assert.ok(retryAfter(waiting) >= 1 && retryAfter(waiting) <= 30)
      assert.equal((await tryPassword(await from(), 'stuffed', password)).status, 303)
      const told = await data.events('excess_rate_limit_exceeded')
      assert.deepEqual(
        told.map(({ subject, address }) => ({ subject, address })),
        [{ subject: null, address: `198.51.100.${addresses - 1}` }],
        'the log says once that the address waits',
      )
    })

    test('own successes from the same address do not give the address its failures back', async () => {
      await data.addPeople({ username: 'own-account' })
      const address = ownAddress()
      const guesser = await atSignIn(lintel, address)
      const succeed = async () => tryPassword(await atSignIn(lintel, address), 'own-account', password)
      for (let failures = 0; failures < 30; failures++) {
        assert.equal((await tryPassword(guesser, `others-${failures}`, wrong)).status, 422)
        if (failures % 10 === 4) assert.equal((await succeed()).status, 303)
      }
      assert.equal((await succeed()).status, 429)
    })
  })
}

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
    assert.match(answer.text, /Your password is right|too old|was blocked/, username)
    assert.equal(answer.headers['set-cookie'], undefined, username)
  }
})

test('names that do not exist wait exactly as those that do', async () => {
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

test('the wait doubles for both: 30 s, then 60 s', async () => {
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

const spellings = ['folded', 'FOLDED', '  folded ', 'Ｆolded', 'folded\t']

test('case, blanks and forms of Unicode in the username are one counter', async () => {
  await data.addPeople({ username: 'folded' })
  const client = await atSignIn(lintel, ownAddress())
  for (const spelling of spellings) assert.equal((await tryPassword(client, spelling, wrong)).status, 422)
  for (const spelling of spellings)
    assert.equal((await tryPassword(client, spelling, wrong)).status, 429, spelling)
})

test('30 addresses of one IPv6 /64 are one source, the next /64 is another', async () => {
  const at = (tail: string) => atSignIn(lintel, { 'x-forwarded-for': `2001:db8:7:7:${tail}` })
  for (let last = 1; last <= 30; last++)
    assert.equal(
      (await tryPassword(await at(`${last.toString(16)}::${last}`), `v6-${last}`, wrong)).status,
      422,
    )
  assert.equal((await tryPassword(await at('ffff::1'), 'v6', wrong)).status, 429)
  const next = await atSignIn(lintel, { 'x-forwarded-for': '2001:db8:7:8::1' })
  assert.equal((await tryPassword(next, 'v6', wrong)).status, 422)
})

test('an address claimed in front of the one that the proxy adds changes nothing', async () => {
  const mine = ownAddress()['x-forwarded-for']
  for (let i = 1; i <= 30; i++) {
    const client = await atSignIn(lintel, {
      'x-forwarded-for': `203.0.113.${i}, ${mine}`,
      forwarded: `for=203.0.113.${i}`,
    })
    assert.equal((await tryPassword(client, `claimed-${i}`, wrong)).status, 422)
  }
  const client = await atSignIn(lintel, { 'x-forwarded-for': ['203.0.113.99', mine] })
  assert.equal((await tryPassword(client, 'claimed', wrong)).status, 429)
})

test('without trusted proxies every header that claims an address is ignored', async t => {
  const bare = await startLintel(t, { engine: 'sqlite' })
  const client = await atSignIn(bare)
  const claims = (i: number) => ({
    'x-forwarded-for': `203.0.113.${i}`,
    forwarded: `for=203.0.113.${i}`,
    'x-real-ip': `203.0.113.${i}`,
    'cf-connecting-ip': `203.0.113.${i}`,
  })
  for (let i = 1; i <= 30; i++) {
    const answer = await client.post('/sign-in', { username: `n-${i}`, password: wrong }, claims(i))
    assert.equal(answer.status, 422)
  }
  assert.equal((await client.post('/sign-in', { username: 'n', password: wrong }, claims(99))).status, 429)
  const records = await (await openData(t, bare)).events('authn_login_fail')
  assert.deepEqual(tally(records.map(({ address }) => address ?? '')), { '127.0.0.1': 30 })
})

test('other routes, methods and bodies check no password', async () => {
  await data.addPeople({ username: 'evaded' })
  const client = await atSignIn(lintel, ownAddress())
  const good = await client.get('/sign-in')
  const csrf = /name="csrf" value="([^"]*)"/.exec(good.text)?.[1] ?? ''
  const form = new URLSearchParams({ csrf, username: 'evaded', password }).toString()
  const json = JSON.stringify({ csrf, username: 'evaded', password })
  const own = { origin: lintel.origin, 'sec-fetch-site': 'same-origin' }
  const urlencoded = { ...own, 'content-type': 'application/x-www-form-urlencoded' }
  const cookie = [...client.cookies].map(pair => pair.join('=')).join('; ')
  const headers = Object.entries({ ...urlencoded, cookie, 'content-length': form.length })
  const lines = headers.map(pair => pair.join(': '))
  for (const path of [
    '/sign-in/',
    '//sign-in',
    '/Sign-In',
    '/sign-in%2f',
    '/%2fsign-in',
    '/sign-in;x=1',
    '/sign-in%00',
  ])
    assert.equal(statusOf(await rawRequest(lintel, `POST ${path} HTTP/1.1`, lines, form)), 404, path)
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS'])
    assert.equal((await client.send(method, '/sign-in', urlencoded, form)).status, 405, method)
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x'])
    assert.equal(
      (await client.send('POST', '/sign-in', { ...own, 'content-type': type }, json)).status,
      400,
      type,
    )
  assert.equal(client.cookies.has('lintel'), false)
})

test('no default account lets anyone in', async () => {
  const names = ['admin', 'administrator', 'root', 'test', 'helpdesk', 'demo', 'lintel', 'guest', 'user']
  for (const name of names) {
    const client = await atSignIn(lintel, ownAddress())
    for (const secret of [name, 'password', 'admin', 'changeme'])
      assert.equal((await tryPassword(client, name, secret)).status, 422)
  }
})

test('Home tells of six failures before the success, and the log names it', async () => {
  await data.addPeople({ username: 'warned' })
  const attacker = await atSignIn(lintel, ownAddress())
  for (let failures = 0; failures < 6; failures++) {
    await lintel.advance(hour)
    assert.equal((await tryPassword(attacker, 'warned', wrong)).status, 422)
  }
  await lintel.advance(hour)
  const client = await signedIn(lintel, 'warned', password, ownAddress())
  assert.match((await client.get('/')).text, /6 sign-ins with your username failed/)
  const record = (await data.events('authn_login_successafterfail')).at(-1)
  assert.equal(record?.subject, await data.idOf('warned'))
  assert.equal(JSON.parse(record?.args ?? '{}').failures, 6)
})

test('nothing tells a stranger whether a name exists', async () => {
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

/** A browser that holds the device cookie of this person and nothing else. */
async function deviceOf(username: string): Promise<Client> {
  const client = copyOf(await signedIn(lintel, username, password, ownAddress()))
  client.cookies.delete('lintel')
  await client.get('/sign-in')
  return client
}

test('the device cookie of one person buys no tries on another', async () => {
  await data.addPeople({ username: 'owner' }, { username: 'target' })
  const client = await deviceOf('owner')
  for (let i = 0; i < 5; i++) assert.equal((await tryPassword(client, 'target', wrong)).status, 422)
  const bare = await atSignIn(lintel, ownAddress())
  assert.equal((await tryPassword(bare, 'target', wrong)).status, 429, 'one counter for both browsers')
})

test('a device cookie with other marks, another order or a cut signature knows nobody', async () => {
  await data.addPeople({ username: 'tampered' }, { username: 'helper' })
  const mine = (await deviceOf('tampered')).cookies.get('lintel-device') ?? ''
  const other = (await deviceOf('helper')).cookies.get('lintel-device') ?? ''
  const [marks = '', signature = ''] = mine.split('.')
  const [otherMarks = ''] = other.split('.')
  const forged = [
    `${otherMarks}.${signature}`,
    `${marks}~${otherMarks}.${signature}`,
    `${marks}.${signature.slice(0, -1)}`,
    `${marks}.`,
    marks,
    `${marks.slice(0, 22)}zzzzzz.${signature}`,
  ]
  const stranger = await atSignIn(lintel, ownAddress())
  for (let i = 0; i < 5; i++) await tryPassword(stranger, 'tampered', wrong)
  for (const value of forged) {
    const client = await atSignIn(lintel, ownAddress())
    client.cookies.set('lintel-device', value)
    assert.equal((await tryPassword(client, 'tampered', wrong)).status, 429, value)
  }
  const genuine = await atSignIn(lintel, ownAddress())
  genuine.cookies.set('lintel-device', mine)
  assert.equal((await tryPassword(genuine, 'tampered', wrong)).status, 422)
})

test('a device cookie 90 days old knows nobody', async () => {
  await data.addPeople({ username: 'old-device' })
  const device = await deviceOf('old-device')
  await lintel.advance(91 * 24 * hour)
  await device.get('/sign-in')
  for (let i = 0; i < 5; i++) await tryPassword(device, 'old-device', wrong)
  const stranger = await atSignIn(lintel, ownAddress())
  assert.equal((await tryPassword(stranger, 'old-device', wrong)).status, 429)
})
