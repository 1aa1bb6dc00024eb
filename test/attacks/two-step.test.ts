import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { type Answer, openClient } from '../support/http/client.ts'
import {
  atCodePage,
  changeStore,
  clockOf,
  codesOn,
  isInside,
  keyOn,
  paired,
  readStore,
  sendBackup,
  sendCode,
  severalAtCodePage,
  step,
  throughGate,
  wrongCodes,
} from '../support/people/two-step.ts'
import { startLintel } from '../support/process/process.ts'

const minute = 60_000
const twoStep = '/security/two-step'

const tally = (answers: readonly Answer[], status: number) =>
  answers.filter(answer => answer.status === status).length

test('guesses of codes from many sign-ins share one count; even the right code has to wait, but a backup code works', async t => {
  const { lintel, clock, app, codes } = await paired(t)
  const thieves = await severalAtCodePage(lintel, 4)
  const guesses = wrongCodes(app, 40)
  const answers = await Promise.all(
    guesses.map((code, index) =>
      sendCode(thieves[index % 4] ?? thieves[0] ?? openClient(lintel.origin), code),
    ),
  )
  assert.equal(tally(answers, 422), 5)
  assert.equal(tally(answers, 429), 35)
  const owner = await atCodePage(lintel)
  const waiting = await sendCode(owner, app.code())
  assert.equal(waiting.status, 429)
  assert.match(waiting.text, /Wait \d+ seconds?, then try again\. Or use a backup code now/)
  assert.ok(Number(waiting.headers['retry-after']) <= 30)
  assert.equal((await sendBackup(owner, codes[0] ?? '')).status, 303)
  const home = await owner.follow(await owner.get('/'))
  assert.match(home.text, /5 failed sign-in attempts since/, 'Home tells how many tries failed')
  await clock.nextStep()
  const next = await atCodePage(lintel)
  assert.equal((await sendCode(next, app.code())).status, 303)
})

test('after a hundred wrong codes only a backup code works', async t => {
  const { lintel, clock, app, codes } = await paired(t)
  const thief = await atCodePage(lintel)
  await sendCode(thief, wrongCodes(app, 1)[0] ?? '')
  changeStore(lintel, `update throttle set failures = 100, blocked_until = 0 where name like 'code:%'`)
  await clock.nextStep()
  const owner = await atCodePage(lintel)
  const refused = await sendCode(owner, app.code())
  assert.equal(refused.status, 429)
  assert.match(refused.text, /Use a backup code, or contact/)
  assert.equal((await sendBackup(owner, codes[1] ?? '')).status, 303)
  await clock.nextStep()
  assert.equal((await sendCode(await atCodePage(lintel), app.code())).status, 303)
})

test('a code works once: not again in the same browser, in another one or in the next 30 seconds', async t => {
  const { lintel, clock, app } = await paired(t)
  const code = app.code()
  const [first, second] = [await atCodePage(lintel), await atCodePage(lintel)]
  assert.equal((await sendCode(first, code)).status, 303)
  const replay = await sendCode(second, code)
  assert.equal(replay.status, 422)
  assert.match(replay.text, /Wait for the next code/)
  await clock.nextStep()
  assert.match((await sendCode(second, code)).text, /Wait for the next code/)
  assert.equal(await isInside(second), false)
  assert.equal((await sendCode(second, app.code())).status, 303)
  const reuse = readStore(lintel, `select * from audit_record where event = 'authn_token_reuse'`)
  assert.equal(reuse.length, 2)
  assert.ok(!JSON.stringify(readStore(lintel, 'select args from audit_record')).includes(code))
})

test('the code that switched it on counts as used', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const clock = clockOf(lintel)
  const client = await firstSignInByClient(lintel)
  const page = await throughGate(client, twoStep, password)
  const code = clock.app(keyOn(page.text)).code()
  await client.submit({ code }, 'Turn On')
  assert.match((await sendCode(await atCodePage(lintel), code)).text, /Wait for the next code/)
})

test('codes more than one step early or late are refused', async t => {
  const { lintel, clock, app } = await paired(t)
  await clock.advance(10 * step)
  const client = await atCodePage(lintel)
  for (const steps of [-4, -3, 3, 4]) {
    assert.match((await sendCode(client, app.code(steps))).text, /That code is not correct/)
  }
  assert.equal((await sendCode(client, app.code())).status, 303)
})

test('between password and code only the code pages and Sign Out answer', async t => {
  const { lintel } = await paired(t)
  const client = await atCodePage(lintel)
  const pages = [
    '/',
    '/security',
    twoStep,
    `${twoStep}/turn-off`,
    `${twoStep}/new-codes`,
    `${twoStep}/apps/new`,
    '/sign-in/two-step',
    '/settings/choose',
    '/terms',
    '/password/new',
    '/recovery',
    '/recovery/question',
  ]
  for (const path of pages) {
    assert.equal((await client.get(path)).location, '/sign-in/verify', `GET ${path}`)
  }
  for (const path of [...pages.slice(2), '/preferences', `${twoStep}/saved`]) {
    await client.get('/sign-in/verify')
    const answer = await client.post(path, {
      theme: 'dark',
      code: '',
      question: 'a',
      answer: 'b',
    })
    assert.ok(
      answer.location === '/sign-in/verify' || answer.status === 405,
      `POST ${path}: ${answer.status} ${answer.location}`,
    )
  }
  assert.equal((await client.get('/two-step/backup-codes.txt')).status, 404)
  assert.equal((await client.get('/sign-in/backup-code')).status, 200)
  await client.get('/sign-in/verify')
  assert.equal((await client.submit({}, 'Sign Out')).location, '/sign-in')
  assert.equal((await client.get('/sign-in/verify')).status, 303)
})

test('backup codes work once, in any case and spacing; a new set ends the old one', async t => {
  const { lintel, client, app, codes } = await paired(t)
  const [first = '', second = '', third = ''] = codes
  const enter = async (text: string) => {
    const visitor = await atCodePage(lintel)
    return { visitor, answer: await sendBackup(visitor, text) }
  }
  assert.equal((await enter(first)).answer.status, 303)
  assert.match((await enter(first)).answer.text, /has already been used/)
  const typed = await enter(` ${second.toLowerCase().replaceAll('-', ' ')} `)
  assert.equal(typed.answer.status, 303)
  assert.ok(await isInside(typed.visitor))
  assert.equal(await isInside(client), false, 'the newest sign-in wins')
  await throughGate(typed.visitor, `${twoStep}/new-codes`, password, app.code())
  const renewed = await typed.visitor.follow(await typed.visitor.submit({}, 'New backup codes'))
  const [fresh = ''] = codesOn(renewed.text)
  assert.match((await enter(third)).answer.text, /That backup code is not correct/)
  assert.equal((await enter(fresh)).answer.status, 303)
})

test('guesses of backup codes are limited and do not block the app', async t => {
  const { lintel, app } = await paired(t)
  const thief = await atCodePage(lintel)
  const guess = (index: number) => `AAAA-BBBB-CCCC-${String(2_222 + index).replace(/[0189]/g, 'Z')}`
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => sendBackup(thief, guess(index))))
  assert.equal(tally(answers, 422), 5)
  assert.equal(tally(answers, 429), 15)
  assert.match(
    answers.find(({ status }) => status === 429)?.text ?? '',
    /use the code from your authenticator app now/,
  )
  assert.equal((await sendCode(await atCodePage(lintel), app.code())).status, 303)
})

test('a sign-in left at the code page for 30 minutes has to start over', async t => {
  const { lintel, clock, app } = await paired(t)
  const client = await atCodePage(lintel)
  await clock.advance(31 * minute)
  const late = await sendCode(client, app.code())
  assert.match(late.location ?? '', /^\/sign-in/)
  assert.match((await client.follow(late)).text, /<h1>Sign in<\/h1>/)
  assert.equal((await sendCode(await atCodePage(lintel), app.code())).status, 303, 'the code was not used up')
})

test('blanks in a code are ignored; anything that is not a code is refused and does not count as a guess', async t => {
  const { lintel, app } = await paired(t)
  const client = await atCodePage(lintel)
  const fullWidth = [...app.code()].map(digit => String.fromCodePoint(0xff10 + Number(digit))).join('')
  for (const text of [fullWidth, `${app.code()}0`, '-1', '1e5', '0x1234', '٣'.repeat(6), 'x'.repeat(5_000)]) {
    const refused = await sendCode(client, text)
    assert.equal(refused.status, 422, text.slice(0, 20))
    assert.match(refused.text, /A verification code has 6 digits/)
  }
  const [left, right] = [app.code().slice(0, 3), app.code().slice(3)]
  assert.equal((await sendCode(client, ` ${left} ${right} `)).status, 303)
})

test('the code changes the session id, and the one before it is dead', async t => {
  const { lintel, app } = await paired(t)
  const client = openClient(lintel.origin)
  const planted = `p.${'A'.repeat(43)}`
  client.cookies.set('lintel', planted)
  await client.get('/sign-in')
  await client.follow(await client.submit({ username: 'admin', password }, 'Sign In'))
  const afterPassword = client.cookies.get('lintel') ?? ''
  assert.notEqual(afterPassword, planted)
  await sendCode(client, app.code())
  assert.notEqual(client.cookies.get('lintel'), afterPassword)
  assert.match((await client.follow(await client.get('/'))).text, /<h1>Welcome/)
  for (const old of [planted, afterPassword]) {
    const thief = openClient(lintel.origin)
    thief.cookies.set('lintel', old)
    assert.match((await thief.get('/')).location ?? '', /^\/sign-in/)
  }
})

for (const engine of engines) {
  describe(`fifty requests released together on ${engine}`, () => {
    test('a code sent fifty times at once opens one session', async t => {
      const { lintel, app } = await paired(t, engine)
      const clients = await severalAtCodePage(lintel, 10)
      const code = app.code()
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          sendCode(clients[index % 10] ?? openClient(lintel.origin), code),
        ),
      )
      assert.equal(answers.filter(({ location }) => location === '/').length, 1)
    })

    test('a backup code sent fifty times at once opens one session', async t => {
      const { lintel, codes } = await paired(t, engine)
      const clients = await severalAtCodePage(lintel, 10)
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          sendBackup(clients[index % 10] ?? openClient(lintel.origin), codes[0] ?? ''),
        ),
      )
      assert.equal(answers.filter(({ location }) => location === '/').length, 1)
    })
  })
}
