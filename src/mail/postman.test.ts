import assert from 'node:assert/strict'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { linkIn, openMailbox, readMail } from '../../test/support/outside/mailbox.ts'
import { addPerson, addPolicy } from '../../test/support/people/people.ts'
import { parsePolicy } from '../policy/policy.ts'
import { openStore } from '../store/store.ts'
import { createNotify } from './notices.ts'
import { createPostman } from './postman.ts'
import { queueErrand, queueMail } from './queue.ts'
import { lease, leaseRenewal, mostTries, retryAfter } from './rules.ts'
import { createTransport, type Transport } from './transport.ts'
import { wakingStore } from './wake.ts'

const letter = {
  kind: 'test',
  accountId: null,
  subject: 'Hello',
  text: 'secret words\n',
  html: '<p>secret</p>',
}

const queue = (opened: Opened, recipient = 'maria@example.org') =>
  opened.store.write(tx =>
    queueMail(tx, opened.services.keyring, { ...letter, recipient }, opened.clock.now()),
  )

const rowOf = (opened: Opened, id: string) =>
  opened.store.read.selectFrom('mail').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

type Timeouts = Parameters<typeof createTransport>[1]
const smtpTo = (opened: Opened, url: string, timeouts?: Timeouts): Transport =>
  createTransport({ ...opened.services.settings, SMTP_URL: url }, timeouts)
/** For a server that says nothing. */
const impatient = { connectionTimeout: 60_000, greetingTimeout: 1_000, socketTimeout: 1_000 }

const visit = (opened: Opened) => ({
  now: opened.clock.now(),
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0',
  language: 'en',
  policy: async () => parsePolicy('{}'),
})

eachEngine('a message waits sealed, is delivered over SMTP and then wiped', async (open, t) => {
  const opened = await open()
  const mailbox = await openMailbox(t)
  const id = await queue(opened)
  const waiting = await rowOf(opened, id)
  assert.equal(waiting.state, 'waiting')
  assert.doesNotMatch(String(waiting.body_sealed), /secret/)
  await createPostman({ services: opened.services, transport: smtpTo(opened, mailbox.url) }).deliver()
  const sent = await rowOf(opened, id)
  assert.deepEqual([sent.state, sent.body_sealed, sent.sent_at], ['sent', null, opened.clock.now()])
  assert.deepEqual(mailbox.mails[0]?.recipients, ['maria@example.org'])
  assert.match(mailbox.mails[0]?.text ?? '', /secret words/)
  assert.equal(mailbox.mails[0]?.messageId, `<${id}@localhost>`)
})

eachEngine('several processes send each email once', async (open, t) => {
  const opened = await open()
  const other = await openStore(opened.options)
  t.after(() => other.close())
  const sent: string[] = []
  const transport: Transport = { send: async ({ id }) => void sent.push(id) as undefined }
  const ids: string[] = []
  for (let count = 0; count < 20; count++) ids.push(await queue(opened))
  const postmen = [opened.store, other, opened.store, other].map(store =>
    createPostman({ services: { ...opened.services, store }, transport }),
  )
  await Promise.all(postmen.map(postman => postman.deliver()))
  assert.deepEqual(sent.sort(), ids.sort())
})

eachEngine('a server that is busy, breaks off or says nothing is asked again later', async (open, t) => {
  const opened = await open()
  const mailbox = await openMailbox(t)
  const postmanWith = (timeouts?: Timeouts) =>
    createPostman({ services: opened.services, transport: smtpTo(opened, mailbox.url, timeouts) })
  const id = await queue(opened)
  for (const [tries, mood] of (['busy', 'drop', 'hang'] as const).entries()) {
    mailbox.mood = mood
    const postman = postmanWith(mood === 'hang' ? impatient : undefined)
    await postman.deliver()
    const row = await rowOf(opened, id)
    assert.deepEqual([row.state, row.tries], ['waiting', tries + 1], mood)
    assert.equal(row.next_try_at, opened.clock.now() + (retryAfter(tries + 1) ?? 0), mood)
    await postman.deliver()
    assert.equal((await rowOf(opened, id)).tries, tries + 1, 'not before its time')
    opened.clock.advance(retryAfter(tries + 1) ?? 0)
  }
  mailbox.mood = 'well'
  await postmanWith().deliver()
  assert.equal((await rowOf(opened, id)).state, 'sent')
  assert.equal(mailbox.mails.length, 1)
})

eachEngine(
  'an address that the server refuses, and a message tried too often, end as refused',
  async (open, t) => {
    const opened = await open()
    const mailbox = await openMailbox(t)
    mailbox.mood = 'refuse'
    const postman = createPostman({ services: opened.services, transport: smtpTo(opened, mailbox.url) })
    const gone = await queue(opened)
    await postman.deliver()
    const refused = await rowOf(opened, gone)
    assert.deepEqual(
      [refused.state, refused.tries, refused.body_sealed, refused.last_error],
      ['refused', 1, null, 'EENVELOPE 550'],
    )
    const down: Transport = { send: () => Promise.reject(new Error('down')) }
    const patient = createPostman({ services: opened.services, transport: down })
    const late = await queue(opened)
    for (let tries = 1; tries <= mostTries; tries++) {
      await patient.deliver()
      opened.clock.advance(3_600_000)
    }
    const given = await rowOf(opened, late)
    assert.deepEqual([given.state, given.tries, given.body_sealed], ['refused', mostTries, null])
  },
)

eachEngine('a process that dies while sending gives the message up after its lease', async open => {
  const opened = await open()
  const id = await queue(opened)
  const { promise: begun, resolve } = Promise.withResolvers<void>()
  const dying: Transport = {
    send() {
      resolve()
      return new Promise(() => {})
    },
  }
  void createPostman({ services: opened.services, transport: dying }).deliver()
  await begun
  const sent: string[] = []
  const next = createPostman({
    services: opened.services,
    transport: { send: async message => void sent.push(message.id) as undefined },
  })
  await next.deliver()
  assert.deepEqual(sent, [])
  opened.clock.advance(lease)
  await next.deliver()
  assert.deepEqual(sent, [id])
})

eachEngine('a commit that queued mail wakes the postman, a rollback does not', async open => {
  const opened = await open()
  let woken = 0
  const store = wakingStore(opened.store, () => {
    woken += 1
  })
  const { keyring } = opened.services
  const message = { ...letter, recipient: 'maria@example.org' }
  await store.write(async () => undefined)
  await assert.rejects(
    store.write(async tx => {
      await queueMail(tx, keyring, message, 1)
      throw new Error('no')
    }),
  )
  assert.equal(woken, 0)
  await store.write(tx => queueMail(tx, keyring, message, 1))
  assert.equal(woken, 1)
  assert.equal((await opened.store.read.selectFrom('mail').selectAll().execute()).length, 1)
})

eachEngine('without SMTP_URL each message is a file that only this user can read', async open => {
  const opened = await open()
  await queue(opened)
  await createPostman({
    services: opened.services,
    transport: createTransport(opened.services.settings),
  }).deliver()
  const folder = join(opened.folder, 'outbox')
  const files = await readdir(folder)
  assert.equal(files.length, 1)
  const path = join(folder, files[0] ?? '')
  assert.equal((await stat(folder)).mode & 0o777, 0o700)
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  const mail = readMail(await readFile(path, 'utf8'))
  assert.deepEqual([mail.subject, mail.to], ['Hello', 'maria@example.org'])
})

eachEngine(
  'a notice says when and with what, never from which network address, and links to "This was not me"',
  async (open, t) => {
    const opened = await open()
    await addPolicy(opened)
    const id = await addPerson(opened)
    const mailbox = await openMailbox(t)
    const { keyring } = opened.services
    const notify = createNotify({ keyring, origin: 'https://hmis.example' })
    await opened.store.write(tx => notify(tx, 'two-step-off', id, visit(opened)))
    await createPostman({ services: opened.services, transport: smtpTo(opened, mailbox.url) }).deliver()
    const mail = mailbox.mails[0]
    assert.ok(mail)
    assert.equal(mail.subject, '2-step verification was turned off')
    assert.match(mail.text, /When: Jan 15, 2026, 6:00.AM Central Time/)
    assert.match(mail.text, /Central Time\nBrowser: Firefox on Windows/)
    assert.doesNotMatch(mail.source, /192\.0\.2\.7|network address/)
    assert.match(mail.text, /^https:\/\/hmis\.example\/not-me\/[\w-]{43}$/m)
    const token = linkIn(mail, 'not-me').split('/').at(-1) ?? ''
    const links = await opened.store.read.selectFrom('one_time_link').selectAll().execute()
    assert.equal(links.length, 1)
    assert.doesNotMatch(JSON.stringify(links), new RegExp(token))
  },
)

eachEngine('line breaks in a name or email address add no header, message or recipient', async (open, t) => {
  const opened = await open()
  await addPolicy(opened)
  const mailbox = await openMailbox(t)
  const evil = 'Maria\r\nBcc: thief@example.org\r\n\r\nHello, your new password is here\u2028.'
  const id = await addPerson(opened, { firstName: evil, lastName: evil })
  const notify = createNotify({ keyring: opened.services.keyring, origin: 'https://hmis.example' })
  await opened.store.write(tx => notify(tx, 'password-changed', id, visit(opened)))
  const bad = [
    'a@example.org\r\nBcc: thief@example.org',
    'a@example.org, thief@example.org',
    'a@example.org>\r\nRCPT TO:<thief@example.org',
    'Name <a@example.org>',
    'nobody',
    '',
    `${'a'.repeat(250)}@example.org`,
  ]
  for (const address of bad)
    assert.equal((await rowOf(opened, await queue(opened, address))).state, 'refused')
  await createPostman({ services: opened.services, transport: smtpTo(opened, mailbox.url) }).deliver()
  assert.equal(mailbox.mails.length, 1)
  assert.deepEqual(mailbox.mails[0]?.recipients, ['maria@example.org'])
  assert.doesNotMatch(mailbox.mails[0]?.source ?? '', /^Bcc:/m)
  assert.match(mailbox.mails[0]?.text ?? '', /^Hello Maria Bcc: thief@example\.org/)
})

eachEngine(
  'a message whose link would be dead when it comes is not sent, and its row says why',
  async (open, t) => {
    const opened = await open()
    const mailbox = await openMailbox(t)
    mailbox.mood = 'busy'
    const postman = createPostman({ services: opened.services, transport: smtpTo(opened, mailbox.url) })
    const now = opened.clock.now()
    const minute = 60_000
    const put = (minutes: number | undefined) =>
      opened.store.write(tx =>
        queueMail(
          tx,
          opened.services.keyring,
          {
            ...letter,
            recipient: 'maria@example.org',
            ...(minutes !== undefined && { usefulUntil: now + minutes * minute }),
          },
          now,
        ),
      )
    const [dead, alive, lasting] = [await put(15), await put(60), await put(undefined)]
    await postman.deliver()
    mailbox.mood = 'well'
    opened.clock.advance(11.9 * minute)
    await postman.deliver()
    const states = []
    for (const id of [dead, alive, lasting]) states.push((await rowOf(opened, id)).state)
    assert.deepEqual(states, ['refused', 'sent', 'sent'])
    const row = await rowOf(opened, dead)
    assert.deepEqual([row.last_error, row.body_sealed], ['ELATE', null])
    assert.equal(mailbox.mails.length, 2)
  },
)

eachEngine("the server's own words are kept with a message until it is sent", async (open, t) => {
  const opened = await open()
  const mailbox = await openMailbox(t)
  mailbox.mood = 'busy'
  const postman = createPostman({ services: opened.services, transport: smtpTo(opened, mailbox.url) })
  const id = await queue(opened)
  await postman.deliver()
  assert.match((await rowOf(opened, id)).server_said ?? '', /^451 .*not today/)
  mailbox.mood = 'well'
  opened.clock.advance(retryAfter(1) ?? 0)
  await postman.deliver()
  assert.equal((await rowOf(opened, id)).server_said, null)
})

eachEngine(
  'a slow server gets a message once: who sends it holds it for as long as it takes',
  async (open, t) => {
    const opened = await open()
    t.mock.timers.enable({ apis: ['setInterval'] })
    const id = await queue(opened)
    const { promise: taken, resolve: take } = Promise.withResolvers<undefined>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const slow: Transport = {
      send() {
        begin()
        return taken
      },
    }
    const sending = createPostman({ services: opened.services, transport: slow }).deliver()
    await begun
    const sent: string[] = []
    const other = createPostman({
      services: opened.services,
      transport: { send: async message => void sent.push(message.id) as undefined },
    })
    for (let passed = 0; passed < 20 * 60_000; passed += leaseRenewal) {
      opened.clock.advance(leaseRenewal)
      t.mock.timers.tick(leaseRenewal)
      await until(async () => (await rowOf(opened, id)).next_try_at === opened.clock.now() + lease)
      await other.deliver()
    }
    take(undefined)
    await sending
    assert.deepEqual(sent, [])
    assert.equal((await rowOf(opened, id)).state, 'sent')
  },
)

const until = async (holds: () => Promise<boolean>) => {
  while (!(await holds())) await new Promise(setImmediate)
}

eachEngine('a server that keeps silent holds up neither other messages nor errands', async open => {
  const opened = await open()
  const { services, store } = opened
  const { promise: silence } = Promise.withResolvers<undefined>()
  const done: string[] = []
  const postman = createPostman({
    services,
    transport: {
      send: ({ recipient }) =>
        recipient.startsWith('a') ? silence : Promise.resolve(void done.push(recipient) as undefined),
    },
    errands: { forgot: async () => void done.push('errand') },
  })
  for (let count = 0; count < 4; count++) await queue(opened, 'a@example.org')
  await queue(opened, 'b@example.org')
  void postman.deliver()
  await until(async () => done.length === 1)
  await store.write(tx =>
    queueErrand(tx, services.keyring, { kind: 'forgot', payload: 'x' }, opened.clock.now()),
  )
  await queue(opened, 'c@example.org')
  void postman.deliver()
  await until(async () => done.length === 3)
  assert.deepEqual(done.toSorted(), ['b@example.org', 'c@example.org', 'errand'])
})
