/** What Forgot password tells and sends, to anyone who asks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openClient } from '../support/http/client.ts'
import { openMailbox } from '../support/outside/mailbox.ts'
import { startLintel } from '../support/process/process.ts'
import { ask, house, minute, resetSubject, resets } from './recovery-support.ts'
import { openData, plainText } from './support.ts'

test('every request gets the same reply, sent before anything is looked up or mailed', async t => {
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

test('accounts that may not sign in or have no question get an email without a link', async t => {
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

test('an account gets at most three emails an hour, however many requests there are', async t => {
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

test('one address can make 30 requests in ten minutes; then a page says when to try again', async t => {
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
  assert.ok(refused.every(({ text }) => /none was sent\. Wait until/.test(text)))
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

test('a forged Host header does not change the links in an email', async t => {
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

test('a forgotten username is told only by email', async t => {
  const { lintel, mailbox, data } = await house(t)
  await data.addPeople({ username: 'amina.w' })
  await ask(lintel, '  Amina.W@Example.org ')
  assert.match((await mailbox.wait(({ to }) => to === 'amina.w@example.org')).text, /^Username: amina\.w$/m)
})

test('a site without a mail server says so and names the helpdesk', async t => {
  const lintel = await startLintel(t, {
    engine: 'sqlite',
    env: { LINTEL_ORIGIN: 'https://hmis.example', LINTEL_TRUSTED_PROXIES: '127.0.0.1' },
  })
  const { PORT } = lintel.env
  const client = openClient(`http://127.0.0.1:${PORT}`, { host: 'hmis.example' })
  const page = await client.get('/forgot-password')
  assert.match(page.text, /does not send email yet.*Contact HMIS Helpdesk/s)
  assert.doesNotMatch(page.text, /name="username"/)
})
