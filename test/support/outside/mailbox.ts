import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import type { Scope } from '../process/process.ts'

/** How the server treats the next messages: takes them, refuses the address for good or for now, breaks off, or says nothing. */
export type Mood = 'well' | 'refuse' | 'busy' | 'drop' | 'hang'

export interface Mail {
  /** Addresses that the envelope named. */
  readonly recipients: readonly string[]
  readonly source: string
  readonly subject: string
  readonly to: string
  readonly messageId: string
  readonly text: string
  readonly html: string
}

export interface Mailbox {
  /** For `SMTP_URL`. */
  readonly url: string
  readonly mails: readonly Mail[]
  mood: Mood
  /** Times that a sender came as far as the envelope. */
  tries(): number
  /** Resolves with the first mail that fits, also one that has come already. */
  wait(fits: (mail: Mail) => boolean): Promise<Mail>
  /** Resolves once so many tries were made. */
  tried(count: number): Promise<void>
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return body
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

const headersOf = (head: string) => head.replace(/\r?\n[ \t]+/g, ' ')
const header = (head: string, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(headersOf(head))?.[1]?.trim() ?? ''

/** Reads one of our own messages: two parts, text and HTML. */
export function readMail(source: string, recipients: readonly string[] = []): Mail {
  const cut = source.search(/\r?\n\r?\n/)
  const head = source.slice(0, cut)
  const boundary = /boundary="([^"]+)"/.exec(headersOf(head))?.[1] ?? ''
  const parts = new Map(
    source
      .slice(cut)
      .split(`--${boundary}`)
      .map(part => {
        const [partHead = '', ...rest] = part.trimStart().split(/\r?\n\r?\n/)
        const kind = header(partHead, 'Content-Type').split(';')[0] ?? ''
        const body = decode(rest.join('\n\n'), header(partHead, 'Content-Transfer-Encoding').toLowerCase())
        return [kind, body.replaceAll('\r\n', '\n')] as const
      }),
  )
  return {
    recipients,
    source,
    subject: header(head, 'Subject'),
    to: header(head, 'To'),
    messageId: header(head, 'Message-ID'),
    text: parts.get('text/plain') ?? '',
    html: parts.get('text/html') ?? '',
  }
}

/** The path of the one link of this kind in a mail, such as `/reset/…`. */
export function linkIn(mail: Mail, kind: string): string {
  const found = new RegExp(`https?://[^/\\s]+(/${kind}/[\\w-]{43})`).exec(mail.text)
  if (found?.[1] === undefined) throw new Error(`No link to /${kind} in:\n${mail.text}`)
  return found[1]
}

/** A real SMTP server on a loopback port; closed after the test. */
export async function openMailbox(t: Scope): Promise<Mailbox> {
  const mails: Mail[] = []
  const sockets = new Set<Socket>()
  const waiting = new Set<() => void>()
  let tries = 0
  const tell = () => {
    for (const check of [...waiting]) check()
  }
  const until = <Value>(find: () => Value | undefined): Promise<Value> => {
    const { promise, resolve } = Promise.withResolvers<Value>()
    const check = () => {
      const value = find()
      if (value === undefined) return
      waiting.delete(check)
      resolve(value)
    }
    waiting.add(check)
    check()
    return promise
  }
  const fault = (code: number) => Object.assign(new Error('not today'), { responseCode: code })
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onRcptTo(_address, _session, done) {
      tries += 1
      const { mood } = mailbox
      if (mood === 'refuse') done(fault(550))
      else if (mood === 'busy') done(fault(451))
      else if (mood === 'drop') for (const socket of sockets) socket.destroy()
      else if (mood === 'well') done()
      tell()
    },
    onData(stream, session, done) {
      const take = (bytes: Buffer) => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        mails.push(readMail(bytes.toString('utf8'), recipients))
        done()
        tell()
      }
      buffer(stream).then(take, () => {})
    },
  })
  server.on('error', () => {})
  server.server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  t.after(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>(resolve => server.close(() => resolve()))
  })
  const { port } = server.server.address() as AddressInfo
  const mailbox: Mailbox = {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    mood: 'well',
    tries: () => tries,
    wait: fits => until(() => mails.find(fits)),
    tried: async count => void (await until(() => (tries >= count ? true : undefined))),
  }
  return mailbox
}
