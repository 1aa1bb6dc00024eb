import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { answer, firstSignInByClient, password, question } from '../journeys/guide.ts'
import { type Engine, engines } from '../support/database/databases.ts'
import { type Answer, type Client, openClient } from '../support/http/client.ts'
import { linkIn, type Mail, type Mailbox, openMailbox } from '../support/outside/mailbox.ts'
import { type Lintel, type Scope, startLintel } from '../support/process/process.ts'
import { type Data, openData, plainText, tryPassword } from './support.ts'

const fresh = 'Walnut ferry 19 at dusk'
const minute = 60_000
const resetSubject = 'Reset your password'

interface House {
  readonly lintel: Lintel
  readonly mailbox: Mailbox
  readonly data: Data
  /** The administrator's browser after the first sign-in, with the guide's question set. */
  readonly owner: Client
}

async function house(t: Scope, engine: Engine = 'sqlite'): Promise<House> {
  const mailbox = await openMailbox(t)
  const lintel = await startLintel(t, { engine, clockOffset: 0, env: { SMTP_URL: mailbox.url } })
  const owner = await firstSignInByClient(lintel)
  return { lintel, mailbox, data: await openData(t, lintel), owner }
}

async function ask(lintel: Lintel, entry: string, client = openClient(lintel.origin)): Promise<Answer> {
  await client.get('/forgot-password')
  return client.submit({ username: entry }, 'Continue')
}

const resets = (mailbox: Mailbox) => mailbox.mails.filter(({ subject }) => subject === resetSubject)

/** Asks for a link and takes it from the mail. */
async function newLink({ lintel, mailbox }: House, entry = 'admin'): Promise<string> {
  const before = new Set(mailbox.mails)
  await ask(lintel, entry)
  return linkIn(await mailbox.wait(mail => !before.has(mail) && mail.subject === resetSubject), 'reset')
}

/** A browser in which the mailed link is open. */
async function opened({ lintel }: House, link: string): Promise<{ client: Client; page: Answer }> {
  const client = openClient(lintel.origin)
  const page = await client.follow(await client.get(link))
  return { client, page }
}

async function proven(given: House, link: string): Promise<Client> {
  const { client } = await opened(given, link)
  const page = await client.follow(await client.submit({ answer }, 'Continue'))
  assert.match(page.text, /Confirm new password/)
  return client
}

const save = (client: Client, secret = fresh) =>
  client.post('/reset', { step: 'password', password: secret, confirm: secret })

const isDead = (page: Answer) => /<h1>This link does not work<\/h1>/.test(page.text)

test('one reply for every entry, sent before anything is looked up or mailed', async t => {
  const { lintel, mailbox, data } = await house(t)
  const now = Date.now()
  await data.addPeople(
    { username: 'gone', account: { deactivated_at: now } },
    { username: 'paused', account: { suspended_until: now + 60 * minute } },
    { username: 'noquestion' },
    { username: 'nomail', account: { email: '', email_key: '' } },
  )
  mailbox.mood = 'hang'
  const before = mailbox.tries()
  const pages: string[] = []
  for (const entry of [
    'admin',
    'admin@localhost',
    'nobody',
    'gone',
    'paused',
    'noquestion',
    'nomail',
    'x'.repeat(300),
  ]) {
    const client = openClient(lintel.origin)
    const reply = await ask(lintel, entry, client)
    assert.equal(reply.status, 303, entry)
    pages.push(plainText(await client.follow(reply), entry))
  }
  assert.equal(new Set(pages).size, 1)
  await mailbox.tried(before + 1)
  assert.equal(resets(mailbox).length, 0, 'a mail server that says nothing held up no reply')
})

test('barred accounts and those without a question get a mail without a link', async t => {
  const { lintel, mailbox, data } = await house(t)
  const now = Date.now()
  const people = ['gone', 'paused', 'dormant', 'noquestion']
  await data.addPeople(
    { username: 'gone', account: { deactivated_at: now } },
    { username: 'paused', account: { suspended_until: now + 60 * minute } },
    { username: 'dormant', account: { dormant_since: now } },
    { username: 'noquestion' },
  )
  for (const name of people) {
    await ask(lintel, name)
    const mail = await mailbox.wait(({ to }) => to === `${name}@example.org`)
    assert.equal(mail.subject, resetSubject)
    assert.match(mail.text, /HMIS Helpdesk/)
    assert.doesNotMatch(mail.source, /\/reset\//)
  }
})

test('an account gets at most three mails an hour, whatever the number of requests', async t => {
  const { lintel, mailbox, data } = await house(t)
  const replies = await Promise.all(Array.from({ length: 20 }, () => ask(lintel, 'admin')))
  assert.ok(replies.every(({ status }) => status === 303))
  await mailbox.wait(() => resets(mailbox).length === 3)
  while ((await data.events('excess_rate_limit_exceeded')).length < 17) await data.idOf('admin')
  assert.equal(resets(mailbox).length, 3)
  await lintel.advance(61 * minute)
  await ask(lintel, 'admin')
  await mailbox.wait(() => resets(mailbox).length === 4)
})

test('one address leaves at most 30 requests in ten minutes, whoever is meant; then a page says until when', async t => {
  const mailbox = await openMailbox(t)
  const env = { SMTP_URL: mailbox.url, LINTEL_TRUSTED_PROXIES: '127.0.0.1' }
  const lintel = await startLintel(t, { engine: 'sqlite', clockOffset: 0, env })
  const data = await openData(t, lintel)
  const from = (address: string) => openClient(lintel.origin, { 'x-forwarded-for': address })
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, n) => ask(lintel, `nobody-${n}`, from(`2001:db8::${n}`))),
  )
  assert.equal(replies.filter(({ status }) => status === 303).length, 30)
  const refused = replies.filter(({ status }) => status === 429)
  assert.equal(refused.length, 10)
  assert.ok(refused.every(({ headers }) => Number(headers['retry-after']) <= 600))
  assert.ok(refused.every(({ text }) => /Nothing was sent now\. Wait until/.test(text)))
  for (const entry of ['admin', 'admin@localhost', 'nobody'])
    assert.equal((await ask(lintel, entry, from('2001:db8::ffff'))).status, 429, entry)
  const told = (await data.events('excess_rate_limit_exceeded')).filter(({ args }) =>
    args.includes('recovery-requests'),
  )
  assert.equal(told.length, 1)
  assert.equal((await ask(lintel, 'admin', from('2001:db8:0:1::1'))).status, 303, 'another network')
  await lintel.advance(10 * minute + 1_000)
  assert.equal((await ask(lintel, 'admin', from('2001:db8::1'))).status, 303)
})

test('links in mail begin with the configured origin whatever the request calls it', async t => {
  const { lintel, mailbox } = await house(t)
  const client = openClient(lintel.origin, {
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example',
  })
  await ask(lintel, 'admin', client)
  const mail = await mailbox.wait(({ subject }) => subject === resetSubject)
  assert.match(mail.text, new RegExp(`^${lintel.origin}/reset/[\\w-]{43}$`, 'm'))
  assert.doesNotMatch(mail.source, /evil/)
  await client.get('/forgot-password')
  const foreign = await client.post('/forgot-password', { username: 'admin' }, { host: 'evil.example' })
  assert.equal(foreign.status, 400)
})

test('only a hash is kept; no number of GETs and HEADs uses a link up; a used one is dead', async t => {
  const given = await house(t)
  const { lintel, data } = given
  const link = await newLink(given)
  const token = link.split('/').at(-1) ?? ''
  const rows = await data.services.store.read.selectFrom('one_time_link').selectAll().execute()
  assert.doesNotMatch(JSON.stringify(rows), new RegExp(token))
  for (let visit = 0; visit < 5; visit++) {
    const scanner = openClient(lintel.origin)
    const first = await scanner.get(link)
    assert.equal(first.location, '/reset')
    assert.equal(first.headers['referrer-policy'], 'no-referrer')
    assert.equal((await scanner.send('HEAD', link)).status, 303)
    const page = await scanner.get('/reset')
    assert.equal(page.headers['referrer-policy'], 'same-origin')
    assert.match(page.text, new RegExp(question.replace('?', '\\?')))
    assert.equal((await scanner.send('HEAD', '/reset')).status, 200)
  }
  const client = await proven(given, link)
  const twin = await proven(given, link)
  assert.equal((await save(client)).location, '/sign-in?message=password-changed')
  const again = await save(twin, 'Another harbor 55 lamp')
  assert.ok(isDead(again))
  assert.equal(again.status, 422)
  assert.ok(isDead((await opened(given, link)).page))
  assert.ok((await data.events('authn_token_reuse')).length >= 2)
})

for (const engine of engines) {
  test(`of fifty uses of one link at once one changes the password (${engine})`, async t => {
    const given = await house(t, engine)
    const link = await newLink(given)
    const client = await proven(given, link)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => save(client, `Walnut ferry ${index + 100} dusk`)),
    )
    const changed = answers.filter(({ status }) => status === 303)
    assert.equal(changed.length, 1)
    assert.equal((await given.data.events('authn_recovery_complete')).length, 1)
  })
}

test('a link is dead after its time, and when a newer one was sent', async t => {
  const given = await house(t)
  const older = await newLink(given)
  const newer = await newLink(given)
  assert.ok(isDead((await opened(given, older)).page))
  const { client, page } = await opened(given, newer)
  assert.ok(!isDead(page))
  await given.lintel.advance(15 * minute + 1_000)
  const late = await client.submit({ answer }, 'Continue')
  assert.ok(isDead(late))
  assert.match(late.text, /Ask for a new link/)
})

describe('guessing the answer', () => {
  for (const engine of engines) {
    test(`fifty guesses at once try five answers, and the link is dead (${engine})`, async t => {
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

  test('the wait goes on with the next link, and a right answer ends it', async t => {
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

  test('the mailbox alone does not go on from an answer that was given in another browser', async t => {
    const given = await house(t)
    const link = await newLink(given)
    await proven(given, link)
    const thief = await opened(given, link)
    assert.match(thief.page.text, /<h1>Reset your password<\/h1>/)
    assert.equal((await save(thief.client)).status, 422)
    assert.equal((await tryPassword(await atSignInOf(given), 'admin', fresh)).status, 422)
  })
})

async function atSignInOf({ lintel }: House): Promise<Client> {
  const client = openClient(lintel.origin)
  await client.get('/sign-in')
  return client
}

test('the question is shown to nobody without a link', async t => {
  const { lintel } = await house(t)
  const client = openClient(lintel.origin)
  for (const path of [
    '/forgot-password',
    '/forgot-password/sent',
    '/reset',
    `/reset/${'A'.repeat(43)}`,
    '/reset/short',
  ]) {
    const page = await client.follow(await client.get(path))
    assert.doesNotMatch(page.text, /oatmeal|never eat/)
  }
})

test('an empty answer never matches, and a folded one does', async t => {
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

test('only the end of a reset changes anything, and then everything older ends', async t => {
  const given = await house(t)
  const { lintel, mailbox, owner } = given
  const stranger = await atSignInOf(given)
  for (let guess = 0; guess < 6; guess++) await tryPassword(stranger, 'admin', 'wrong one 1!')
  assert.equal((await tryPassword(stranger, 'admin', password)).status, 429)
  const link = await newLink(given)
  assert.equal((await owner.get('/')).status, 200, 'asking ends nothing')
  const client = await proven(given, link)
  assert.equal((await owner.get('/')).status, 200, 'answering ends nothing')
  const saved = await save(client)
  assert.equal(saved.location, '/sign-in?message=password-changed')
  assert.match((await client.follow(saved)).text, /Your password was changed\. Sign in\./)
  assert.equal((await client.get('/')).location, '/sign-in', 'nobody is signed in by a link')
  assert.equal((await owner.get('/')).location, '/sign-in')
  assert.equal((await tryPassword(stranger, 'admin', fresh)).status, 303, 'the wait is over')
  const notice = await mailbox.wait(
    mail => mail.subject === 'Your password was changed' && mail !== firstNotice(mailbox),
  )
  for (const mail of mailbox.mails) assertTellsNothing(mail)
  linkIn(notice, 'not-me')
  assert.equal((await tryPassword(await atSignInOf({ ...given, lintel }), 'admin', password)).status, 422)
})

const firstNotice = (mailbox: Mailbox) =>
  mailbox.mails.find(({ subject }) => subject === 'Your password was changed')

function assertTellsNothing(mail: Mail): void {
  for (const secret of [password, fresh, answer, question])
    assert.ok(!mail.text.includes(secret) && !mail.html.includes(secret), mail.subject)
}

test('the second step outlives a reset and is asked at the next sign-in', async t => {
  const given = await house(t)
  const { data } = given
  const id = await data.idOf('admin')
  await data.services.store.write(tx =>
    tx.db
      .insertInto('authenticator')
      .values({
        id: id,
        account_id: id,
        secret_sealed: 'sealed',
        last_step: 0,
        added_at: Date.now(),
        last_used_at: Date.now(),
      })
      .execute(),
  )
  const client = await proven(given, await newLink(given))
  await save(client)
  const browser = await atSignInOf(given)
  await tryPassword(browser, 'admin', fresh)
  assert.equal((await browser.get('/')).location, '/sign-in/verify')
})

test('a link that was mailed before the account was suspended opens nothing', async t => {
  const given = await house(t)
  const link = await newLink(given)
  await given.data.services.store.write(tx =>
    tx.db
      .updateTable('account')
      .set({ suspended_until: Date.now() + 60 * minute })
      .execute(),
  )
  assert.ok(isDead((await opened(given, link)).page))
})

describe('"This was not me"', () => {
  const press = async (client: Client) => client.submit({}, 'End all sessions')

  async function noticeLink({ mailbox }: House): Promise<string> {
    return linkIn(await mailbox.wait(({ subject }) => subject === 'Your password was changed'), 'not-me')
  }

  test('acts only by the button: ends sessions, blocks the password, tells the helpdesk', async t => {
    const given = await house(t)
    const { lintel, data, owner } = given
    const link = await noticeLink(given)
    const scanner = openClient(lintel.origin)
    for (let visit = 0; visit < 3; visit++) {
      await scanner.send('HEAD', link)
      await scanner.follow(await scanner.get(link))
    }
    assert.equal((await owner.get('/')).status, 200)
    const person = openClient(lintel.origin)
    await person.follow(await person.get(link))
    const ended = await press(person)
    assert.match(ended.text, /<h1>All sessions were ended<\/h1>/)
    assert.doesNotMatch(
      ended.text,
      /href="\/forgot-password"/,
      'the question was set minutes ago: only the helpdesk',
    )
    assert.equal((await owner.get('/')).location, '/sign-in')
    const incidents = await data.services.store.read.selectFrom('incident').selectAll().execute()
    assert.deepEqual(
      incidents.map(({ kind, closed_at }) => [kind, closed_at]),
      [['not-me', null]],
    )
    assert.equal((await data.events('authn_not_me')).length, 1)
    const blocked = await tryPassword(await atSignInOf(given), 'admin', password)
    assert.match(blocked.text, /This password was blocked/)
    const dead = await person.follow(await person.get(link))
    assert.ok(isDead(dead))
    await ask(lintel, 'admin')
    const mail = await given.mailbox.wait(({ subject }) => subject === resetSubject)
    assert.doesNotMatch(mail.source, /\/reset\//, 'and the mail has no link either')
  })

  test('a week after the last change of recovery data Forgot password is the way back', async t => {
    const given = await house(t)
    const link = await noticeLink(given)
    await given.data.services.store.write(tx =>
      tx.db
        .updateTable('account')
        .set({ security_changed_at: Date.now() - 8 * 24 * 60 * minute })
        .execute(),
    )
    const person = openClient(given.lintel.origin)
    await person.follow(await person.get(link))
    assert.match((await press(person)).text, /href="\/forgot-password"/)
    const client = await proven(given, await newLink(given))
    assert.equal((await save(client)).status, 303)
    assert.equal((await tryPassword(await atSignInOf(given), 'admin', fresh)).status, 303)
  })

  for (const engine of engines) {
    test(`fifty presses at once open one incident (${engine})`, async t => {
      const given = await house(t, engine)
      const person = openClient(given.lintel.origin)
      await person.follow(await person.get(await noticeLink(given)))
      await Promise.all(Array.from({ length: 50 }, () => person.post('/not-me', {})))
      const { store } = given.data.services
      assert.equal((await store.read.selectFrom('incident').selectAll().execute()).length, 1)
    })
  }

  test('the link works for seven days', async t => {
    const given = await house(t)
    const link = await noticeLink(given)
    await given.lintel.advance(7 * 24 * 60 * minute + 1_000)
    const person = openClient(given.lintel.origin)
    assert.ok(isDead(await person.follow(await person.get(link))))
  })
})

test('who forgot the username enters the e-mail address and finds it in the mail', async t => {
  const { lintel, mailbox, data } = await house(t)
  await data.addPeople({ username: 'amina.w' })
  await ask(lintel, '  Amina.W@Example.org ')
  assert.match((await mailbox.wait(({ to }) => to === 'amina.w@example.org')).text, /^Username: amina\.w$/m)
})

test('an https site without a mail server says so, and whom to call', async t => {
  const lintel = await startLintel(t, {
    engine: 'sqlite',
    env: { LINTEL_ORIGIN: 'https://hmis.example', LINTEL_TRUSTED_PROXIES: '127.0.0.1' },
  })
  const { PORT } = lintel.env
  const client = openClient(`http://127.0.0.1:${PORT}`, { host: 'hmis.example' })
  const page = await client.get('/forgot-password')
  assert.match(page.text, /does not send mail yet.*Contact HMIS Helpdesk/s)
  assert.doesNotMatch(page.text, /name="username"/)
})
