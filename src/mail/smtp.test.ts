import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { freshFolder } from '../../test/support/database/databases.ts'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import { makeCertificate } from '../../test/support/outside/certificate.ts'
import type { Scope } from '../../test/support/process/process.ts'
import { lookAtMail } from '../cli/doctor-mail.ts'
import { createPostman } from './postman.ts'
import { queueMail } from './queue.ts'
import { createTransport } from './transport.ts'

const user = 'lintel'
const secret = 'Pine@cone/9'
/** To the transport, only 127.0.0.1, ::1 and localhost are this machine: the second address stands for another one. */
const elsewhere = '127.0.0.2'

async function mailCertificate() {
  const folder = await freshFolder()
  const { key, cert } = await makeCertificate(folder.path, 'mail.example', `IP:${elsewhere},DNS:localhost`)
  const made = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
  await folder.remove()
  return made
}

const trusted = await mailCertificate()
const untrusted = await mailCertificate()
setDefaultCACertificates([...getCACertificates(), trusted.cert])

interface Server {
  readonly port: number
  readonly messages: readonly string[]
  /** Tries to sign in, with whether the line was encrypted. */
  readonly logins: readonly { readonly secure: boolean; readonly password: string | null | undefined }[]
}

/** A mail server that wants a name and password. */
async function serve(t: Scope, options: SMTPServerOptions, host = elsewhere): Promise<Server> {
  const messages: string[] = []
  const logins: { secure: boolean; password: string | null | undefined }[] = []
  const server = new SMTPServer({
    disableReverseLookup: true,
    logger: false,
    allowInsecureAuth: true,
    ...options,
    onAuth(auth, session, done) {
      logins.push({ secure: session.secure, password: auth.password })
      if (auth.username === user && auth.password === secret) done(null, { user })
      else done(new Error(`no, ${auth.username} with ${auth.password}`))
    },
    onData(stream, _session, done) {
      const take = (bytes: Buffer) => {
        messages.push(bytes.toString('utf8'))
        done()
      }
      buffer(stream).then(take, done)
    },
  })
  server.on('error', () => {})
  server.listen(0, host)
  await once(server.server, 'listening')
  t.after(() => new Promise<void>(resolve => server.close(() => resolve())))
  return { port: (server.server.address() as AddressInfo).port, messages, logins }
}

/** Queues a message, tries once to send it, and reads what the store says of it. */
async function sendOne(
  opened: Opened,
  protocol: string,
  port: number,
  given: { password?: string; host?: string } = {},
) {
  const { password = secret, host = elsewhere } = given
  const { services } = opened
  const url = `${protocol}://${user}:${encodeURIComponent(password)}@${host}:${port}`
  const transport = createTransport({ ...services.settings, SMTP_URL: url })
  const message = { kind: 'test', accountId: null, recipient: 'maria@example.org', subject: 'Hello' }
  const id = await services.store.write(tx =>
    queueMail(tx, services.keyring, { ...message, text: 'words\n', html: '<p>words</p>' }, services.now()),
  )
  await createPostman({ services, transport }).deliver()
  const row = await services.store.read
    .selectFrom('mail')
    .select(['state', 'last_error'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { ...row }
}

const waits = (error: string) => ({ state: 'waiting', last_error: error })
const sent = { state: 'sent', last_error: null }

for (const [protocol, secure] of [
  ['smtps', true],
  ['smtp', false],
] as const) {
  eachEngine(`over ${protocol} with TLS the name and password let a message in`, async (open, t) => {
    const server = await serve(t, { secure, ...trusted })
    assert.deepEqual(await sendOne(await open(), protocol, server.port), sent)
    assert.deepEqual(server.logins, [{ secure: true, password: secret }])
    assert.equal(server.messages.length, 1)
  })

  eachEngine(`over ${protocol} a wrong password leaves the message waiting`, async (open, t) => {
    const server = await serve(t, { secure, ...trusted })
    const row = await sendOne(await open(), protocol, server.port, { password: 'Wrong-cone' })
    assert.deepEqual(row, waits('EAUTH 535'))
    assert.equal(server.messages.length, 0)
  })

  eachEngine(`over ${protocol} a server that nobody vouches for learns no password`, async (open, t) => {
    const server = await serve(t, { secure, ...untrusted })
    const opened = await open()
    assert.deepEqual(
      await sendOne(opened, protocol, server.port),
      waits('ESOCKET DEPTH_ZERO_SELF_SIGNED_CERT'),
    )
    const switchedOff = `${server.port}/?tls.rejectUnauthorized=false`
    const url = `${protocol}://${user}:x@${elsewhere}:${switchedOff}`
    const transport = createTransport({ ...opened.services.settings, SMTP_URL: url })
    const message = {
      id: 'm',
      recipient: 'maria@example.org',
      subject: 's',
      text: 't',
      html: 'h',
      createdAt: 0,
    }
    await assert.rejects(transport.send(message), { code: 'ESOCKET' })
    assert.deepEqual([server.logins, server.messages], [[], []])
  })
}

eachEngine('a server elsewhere without TLS learns no password', async (open, t) => {
  const server = await serve(t, { disabledCommands: ['STARTTLS'] })
  const row = await sendOne(await open(), 'smtp', server.port)
  assert.equal(row.state, 'waiting')
  assert.match(row.last_error ?? '', /^ETLS/)
  assert.deepEqual([server.logins, server.messages], [[], []])
})

eachEngine('a password that a server repeats is not kept', async (open, t) => {
  const server = await serve(t, { secure: true, ...trusted })
  const opened = await open()
  await sendOne(opened, 'smtps', server.port, { password: 'Wrong-cone' })
  const row = await opened.services.store.read
    .selectFrom('mail')
    .select('server_said')
    .executeTakeFirstOrThrow()
  assert.match(row.server_said ?? '', /535 .*no, lintel with …/)
})

const answers = async (services: Opened['services'], url: string, from = 'Lintel <desk@example.org>') =>
  lookAtMail({ ...services.settings, SMTP_URL: url, LINTEL_MAIL_FROM: from })

eachEngine('the doctor says what a mail server answers, and what to do about it', async (open, t) => {
  const { services } = await open()
  const strict = await serve(t, {
    secure: true,
    ...trusted,
    onMailFrom({ address }, _session, done) {
      if (address === 'desk@example.org') done()
      else done(Object.assign(new Error('sender not welcome'), { responseCode: 550 }))
    },
  })
  const hidden = await serve(t, { secure: true, ...untrusted })
  const plain = await serve(t, { disabledCommands: ['STARTTLS'] })
  const at = (port: number, protocol = 'smtps', password = secret) =>
    `${protocol}://${user}:${encodeURIComponent(password)}@${elsewhere}:${port}`
  const well = await answers(services, at(strict.port))
  assert.deepEqual(
    [well.state, well.says],
    ['good', 'the mail server takes mail from Lintel <desk@example.org>'],
  )
  const cases: readonly (readonly [Promise<{ state: string; says: string }>, RegExp])[] = [
    [
      answers(services, at(strict.port), 'x <other@example.org>'),
      /refuses the sender.*550.*sender not welcome/,
    ],
    [answers(services, at(strict.port, 'smtps', 'Wrong')), /name and password in SMTP_URL.*535/],
    [answers(services, at(hidden.port)), /certificate .* not trusted.*self-signed certificate/],
    [answers(services, at(plain.port, 'smtp')), /offers no encryption/],
    [answers(services, at(plain.port)), /does not speak as SMTP_URL says/],
    [answers(services, at(1)), /Nothing answers at that port.*ECONNREFUSED/],
  ]
  for (const [asked, says] of cases) {
    const finding = await asked
    assert.equal(finding.state, 'bad')
    assert.match(finding.says, says)
    assert.doesNotMatch(finding.says, /Pine@cone/)
  }
  assert.deepEqual(strict.messages, [], 'nothing was sent')
})

eachEngine(
  'a mail server is greeted with the name of the site, and a comma in the sender is a comma',
  async (open, t) => {
    const names: string[] = []
    const senders: string[] = []
    const server = await serve(t, {
      secure: true,
      ...trusted,
      onMailFrom({ address }, session, done) {
        names.push(session.hostNameAppearsAs)
        senders.push(address)
        done()
      },
    })
    const { services } = await open()
    const settings = {
      ...services.settings,
      LINTEL_ORIGIN: 'https://hmis.example.org',
      LINTEL_MAIL_FROM: 'HMIS, Helpdesk <desk@example.org>',
    }
    const url = `smtps://${user}:${encodeURIComponent(secret)}@${elsewhere}:${server.port}`
    const message = {
      id: 'm',
      recipient: 'maria@example.org',
      subject: 's',
      text: 't',
      html: 'h',
      createdAt: 0,
    }
    await createTransport({ ...settings, SMTP_URL: url }).send(message)
    assert.equal((await lookAtMail({ ...settings, SMTP_URL: url })).state, 'good')
    assert.deepEqual(names, ['hmis.example.org', 'hmis.example.org'])
    assert.deepEqual(senders, ['desk@example.org', 'desk@example.org'])
    assert.match(server.messages[0] ?? '', /^From: "HMIS, Helpdesk" <desk@example\.org>/m)
  },
)

eachEngine('a server on this machine may do without TLS', async (open, t) => {
  const server = await serve(t, { disabledCommands: ['STARTTLS'] }, '127.0.0.1')
  assert.deepEqual(await sendOne(await open(), 'smtp', server.port, { host: '127.0.0.1' }), sent)
  assert.deepEqual(server.logins, [{ secure: false, password: secret }])
})
