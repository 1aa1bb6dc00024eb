import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { openClient } from '../support/http/client.ts'
import {
  atCodePage,
  changeStore,
  clockOf,
  codesOn,
  isInside,
  keyOn,
  linkOn,
  pair,
  paired,
  readStore,
  sendCode,
  throughGate,
  withPassword,
  wrongCodes,
} from '../support/people/two-step.ts'
import { startLintel } from '../support/process/process.ts'
import { copyOf, openData, tokensOf } from './support.ts'

const minute = 60_000
const twoStep = '/security/two-step'
const codesPage = '/two-step/backup-codes'

test('2-step verification stays off without the right code, and a key that was only shown is forgotten', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const clock = clockOf(lintel)
  const client = await firstSignInByClient(lintel)
  const page = await throughGate(client, twoStep, password)
  const app = clock.app(keyOn(page.text))
  assert.match(app.key, /^[A-Z2-7]{32}$/)
  for (const code of ['', ' ', 'abcdef', ...wrongCodes(app, 2)]) {
    const refused = await client.submit({ code }, 'Turn On')
    assert.equal(refused.status, 422)
    assert.equal(keyOn(refused.text), app.key, 'the same key is shown again')
  }
  assert.equal(keyOn((await client.get(twoStep)).text), app.key)
  assert.equal(readStore(lintel, 'select * from authenticator').length, 0)
  assert.equal(readStore(lintel, 'select * from backup_code').length, 0)
  const { client: other, page: home } = await withPassword(lintel, 'admin', password)
  assert.match(home.text, /<h1>Welcome/)
  const again = await throughGate(other, twoStep, password)
  assert.notEqual(keyOn(again.text), app.key)
  const stolen = await other.submit({ code: app.code() }, 'Turn On')
  assert.equal(stolen.status, 422)
})

for (const engine of engines) {
  test(`of twenty who turn it on at once in one session one app is added, once (${engine})`, async t => {
    const lintel = await startLintel(t, { engine, clockOffset: 0 })
    const client = await firstSignInByClient(lintel)
    const page = await throughGate(client, twoStep, password)
    const code = clockOf(lintel).app(keyOn(page.text)).code()
    const [csrf = ''] = tokensOf(page)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => copyOf(client).post(twoStep, { csrf, code })),
    )
    assert.equal(answers.filter(({ location }) => location === codesPage).length, 1)
  })
}

test('once the codes are saved, no page shows the key or the codes again, and no cache may keep one', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const clock = clockOf(lintel)
  const client = await firstSignInByClient(lintel)
  const pairing = await throughGate(client, twoStep, password)
  const app = clock.app(keyOn(pairing.text))
  const shown = await client.follow(await client.submit({ code: app.code() }, 'Turn On'))
  const codes = codesOn(shown.text)
  assert.equal(codes.length, 10)
  for (const answer of [pairing, shown]) assert.match(answer.headers['cache-control'] ?? '', /no-store/)
  const file = await client.get('/two-step/backup-codes.txt')
  assert.equal(file.status, 200)
  assert.match(file.headers['content-disposition'] ?? '', /^attachment; filename="backup-codes\.txt"$/)
  assert.match(file.headers['cache-control'] ?? '', /no-store/)
  for (const code of codes) assert.ok(file.text.includes(code))
  await client.follow(await client.post(`${twoStep}/saved`, {}))
  for (const path of [
    twoStep,
    `${twoStep}/turn-off`,
    `${twoStep}/new-codes`,
    '/sign-in/two-step',
    codesPage,
    '/two-step/backup-codes.txt',
    '/',
  ]) {
    const { text } = await client.follow(await client.get(path))
    for (const secret of [app.key, ...codes]) assert.ok(!text.includes(secret), `${path} gives it away`)
    assert.equal(keyOn(text), '')
  }
  assert.equal((await client.get('/two-step/backup-codes.txt')).status, 404)
})

test('for ten minutes the session that made backup codes sees them again, and then hears that it does not', async t => {
  const { lintel, clock, client, app } = await paired(t)
  const again = async () => codesOn((await client.get(codesPage)).text)
  assert.deepEqual(await again(), [], 'those of the first app were saved')
  await client.get(`${twoStep}/new-codes`)
  const codes = codesOn((await client.follow(await client.submit({}, 'New backup codes'))).text)
  assert.equal(codes.length, 10)
  assert.deepEqual(await again(), codes, 'after the page was loaded again')
  const settings = await client.get(twoStep)
  assert.match(settings.text, /<a href="\/two-step\/backup-codes">See your backup codes<\/a>/)
  assert.deepEqual(await again(), codes, 'after Back, or a tab that the phone had closed')
  assert.equal((await (await atCodePage(lintel)).get(codesPage)).location, '/sign-in/verify')
  assert.equal((await openClient(lintel.origin).get(codesPage)).status, 303)
  await clock.advance(10 * minute)
  const late = await throughGate(client, codesPage, password, app.code())
  assert.match(late.text, /Backup codes are shown for ten minutes after they are made/)
  for (const code of codes) assert.ok(!late.text.includes(code))
})

test('the file of backup codes is only for the session that made them, for ten minutes', async t => {
  const { lintel, clock, client, app, codes } = await paired(t)
  await client.get(`${twoStep}/new-codes`)
  const shown = await client.follow(await client.submit({}, 'New backup codes'))
  assert.equal(codesOn(shown.text).length, 10)
  assert.equal(codesOn(shown.text).filter(code => codes.includes(code)).length, 0)
  const stranger = openClient(lintel.origin)
  assert.equal((await stranger.get('/two-step/backup-codes.txt')).status, 303)
  const halfway = await atCodePage(lintel)
  assert.equal((await halfway.get('/two-step/backup-codes.txt')).status, 404)
  assert.equal((await client.get('/two-step/backup-codes.txt')).status, 200)
  await clock.advance(10 * minute)
  const asked = await client.get('/two-step/backup-codes.txt')
  assert.match(asked.text, /name="password"/)
  for (const code of codesOn(shown.text)) assert.ok(!asked.text.includes(code))
  const late = await client.submit({ password, code: app.code() }, 'Submit')
  assert.equal(late.location, '/two-step/backup-codes.txt')
  assert.equal((await client.follow(late)).status, 404)
})

test('2-step verification cannot be turned off with a session alone, with an old re-authentication or without a code', async t => {
  const { lintel, clock, app, codes } = await paired(t)
  const client = await atCodePage(lintel)
  await client.follow(await sendCode(client, app.code()))
  const turnOff = (code: string) => client.post(`${twoStep}/turn-off`, { code })
  await clock.nextStep()
  assert.equal((await turnOff(app.code())).status, 403, 'no gate was passed')
  const atGate = app.code()
  await throughGate(client, twoStep, password, atGate)
  assert.equal((await turnOff('')).status, 422)
  assert.equal((await turnOff(wrongCodes(app, 1)[0] ?? '')).status, 422)
  assert.match((await turnOff(atGate)).text, /Wait for the next code/, 'the code of the gate is used')
  await clock.advance(11 * minute)
  assert.equal((await turnOff(app.code())).status, 403, 'the gate has closed')
  assert.equal(readStore(lintel, 'select * from authenticator').length, 1)
  const other = await atCodePage(lintel)
  await clock.nextStep()
  await throughGate(client, twoStep, password, app.code())
  const off = await turnOff((codes[5] ?? '').toLowerCase())
  assert.equal(off.location, twoStep)
  assert.match((await client.follow(off)).text, /2-step verification is off/)
  assert.equal(readStore(lintel, 'select * from authenticator').length, 0)
  assert.equal(readStore(lintel, 'select * from backup_code').length, 0)
  assert.equal(
    (await other.get('/sign-in/verify')).location?.startsWith('/sign-in?'),
    true,
    'half-done sign-ins die',
  )
  const { page } = await withPassword(lintel, 'admin', password)
  assert.match(page.text, /<h1>Welcome/)
})

test('turning on 2-step verification ends the person’s other sessions', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  changeStore(lintel, `update policy set overrides = '{"sessionsPerPerson":3}'`)
  const clock = clockOf(lintel)
  const own = await firstSignInByClient(lintel)
  const { client: other } = await withPassword(lintel, 'admin', password)
  assert.ok((await isInside(own)) && (await isInside(other)))
  const before = own.cookies.get('lintel')
  await pair(own, clock, password)
  assert.ok(await isInside(own))
  assert.notEqual(own.cookies.get('lintel'), before)
  assert.equal(await isInside(other), false)
})

test('a person with few backup codes left is told', async t => {
  const { lintel, client } = await paired(t)
  assert.doesNotMatch((await client.get(twoStep)).text, /You have only/)
  changeStore(
    lintel,
    `update backup_code set used_at = 1 where code_hash in (select code_hash from backup_code limit 7)`,
  )
  assert.match((await client.get(twoStep)).text, /You have only 3 backup codes left/)
  await client.get(`${twoStep}/new-codes`)
  await client.submit({}, 'New backup codes')
  assert.match((await client.get(twoStep)).text, /10 left/)
})

test('when policy starts to require 2-step verification, an open session is led to set it up at its next request', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const clock = clockOf(lintel)
  const client = await firstSignInByClient(lintel)
  assert.ok(await isInside(client))
  changeStore(lintel, `update policy set overrides = '{"twoStep":"required"}'`)
  for (const path of ['/', '/security', twoStep])
    assert.equal((await client.get(path)).location, '/sign-in/two-step')
  assert.equal((await client.post('/preferences', { theme: 'dark' })).location, '/sign-in/two-step')
  const page = await client.get('/sign-in/two-step')
  const app = clock.app(keyOn(page.text))
  assert.equal((await client.submit({ code: wrongCodes(app, 1)[0] ?? '' }, 'Turn On')).status, 422)
  const shown = await client.follow(await client.submit({ code: app.code() }, 'Turn On'))
  assert.equal(codesOn(shown.text).length, 10)
  await client.follow(await client.submit({}, 'I have saved these'))
  assert.ok(await isInside(client))
})

test('a stolen session alone cannot set up an authenticator when policy starts to require one', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const clock = clockOf(lintel)
  const client = await firstSignInByClient(lintel)
  const [csrf = ''] = tokensOf(await client.get('/'))
  await lintel.advance(11 * minute)
  changeStore(lintel, `update policy set overrides = '{"twoStep":"required"}'`)
  const thief = copyOf(client)
  const sent = await thief.post('/sign-in/two-step', { csrf, code: '123456' })
  assert.match(sent.location ?? '', /^\/sign-in\?to=/)
  assert.match((await client.follow(await client.get('/'))).text, /<h1>Sign in<\/h1>/)
  assert.deepEqual(readStore(lintel, 'select * from authenticator'), [])
  const { page } = await withPassword(lintel, 'admin', password)
  const app = clock.app(keyOn(page.text))
  assert.match(app.key, /^[A-Z2-7]{32}$/, 'who knows the password sets it up')
})

test('a sign-in where policy requires 2-step verification ends by setting it up', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  const clock = clockOf(lintel)
  await firstSignInByClient(lintel)
  changeStore(lintel, `update policy set overrides = '{"twoStep":"required"}'`)
  const { client, page } = await withPassword(lintel, 'admin', password)
  assert.match(page.text, /<h1>Set up 2-Step Verification<\/h1>/)
  const app = clock.app(keyOn(page.text))
  const before = client.cookies.get('lintel')
  await client.submit({ code: app.code() }, 'Turn On')
  assert.notEqual(client.cookies.get('lintel'), before)
  assert.equal((await client.get('/two-step/backup-codes.txt')).status, 200)
  const home = await client.follow(await client.post('/sign-in/two-step/saved', {}))
  assert.match(home.text, /<h1>Welcome/)
})

test('staff are led to set up 2-step verification once the days of grace are over', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0 })
  await firstSignInByClient(lintel)
  await clockOf(lintel).advance(8 * 24 * 60 * minute)
  const { page } = await withPassword(lintel, 'admin', password)
  assert.match(page.text, /<h1>Set up 2-Step Verification<\/h1>/)
})

test('a replaced authenticator works until the new one is confirmed, and never after', async t => {
  const { lintel, clock, client, app } = await paired(t)
  const page = await client.get(linkOn(await client.get(twoStep), 'Replace authenticator'))
  const next = clock.app(keyOn(page.text))
  assert.notEqual(next.key, app.key)
  await clock.nextStep()
  assert.equal((await sendCode(await atCodePage(lintel), app.code())).status, 303, 'the old one still works')
  assert.equal((await client.submit({ code: app.code() }, 'Turn On')).status, 422)
  const confirmed = await client.submit({ code: next.code() }, 'Turn On')
  assert.match((await client.follow(confirmed)).text, /Your new authenticator is ready to use/)
  await clock.nextStep()
  const after = await atCodePage(lintel)
  assert.match((await sendCode(after, app.code())).text, /That code is not correct/)
  assert.equal((await sendCode(after, next.code())).status, 303)
})

test('each change of 2-step verification is told by email, and no email or audit record holds a key or code', async t => {
  const { lintel, clock, client, app, codes } = await paired(t)
  await client.get(`${twoStep}/turn-off`)
  await client.follow(await client.submit({ code: app.code() }, 'Turn Off'))
  const mails = readStore(lintel, `select subject from mail where subject like '2-step%' order by created_at`)
  assert.deepEqual(
    mails.map(({ subject }) => subject),
    ['2-step verification was turned on', '2-step verification was turned off'],
  )
  await clock.nextStep()
  const events = readStore(lintel, 'select event from audit_record').map(({ event }) => event)
  for (const event of [
    'authn_mfa_enroll',
    'authn_recovery_codes_issued',
    'authn_mfa_success',
    'authn_mfa_remove',
  ])
    assert.ok(events.includes(event), `${event} is recorded`)
  const kept = JSON.stringify([
    readStore(lintel, 'select * from audit_record'),
    readStore(lintel, 'select * from mail'),
    readStore(lintel, 'select * from session'),
    lintel.output(),
  ])
  for (const secret of [app.key, ...codes]) assert.ok(!kept.includes(secret))
})

for (const engine of engines) {
  test(`of many changes sent at once none fails, and at most one turns 2-step verification off (${engine})`, async t => {
    const { lintel, client, codes } = await paired(t, engine)
    const { events } = await openData(t, lintel)
    const page = await client.get(twoStep)
    const wanted = [`${twoStep}/turn-off`, linkOn(page, 'Remove'), `${twoStep}/new-codes`]
    const answers = await Promise.all(
      codes.slice(0, 4).map((code, index) => client.post(wanted[index % 3] ?? '', { code })),
    )
    const again = await Promise.all(
      codes.slice(4, 8).map(code => client.post(`${twoStep}/turn-off`, { code })),
    )
    for (const { status, text } of [...answers, ...again]) assert.ok(status < 500, text)
    assert.ok((await events('authn_mfa_remove')).length <= 1)
  })
}
