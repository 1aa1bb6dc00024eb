import { mkdir, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type { SendMailOptions } from 'nodemailer'
import { flushToDisk, putInPlace } from '../store/disk.ts'
import { readSender } from '../web/email-address.ts'

/** A message as it leaves. */
interface Outgoing {
  readonly id: string
  readonly recipient: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

export interface Transport {
  /** Throws when the message was not taken. @returns where it went, when that is a file. */
  send(message: Outgoing): Promise<string | undefined>
}

export interface TransportSettings {
  readonly SMTP_URL: string | undefined
  readonly LINTEL_MAIL_FROM: string
  readonly LINTEL_ORIGIN: string
  readonly LINTEL_DATA: string
}

const minute = 60_000
/**
 * Milliseconds to connect, for the server's greeting, and without a byte: what RFC 5321 4.5.3.2 gives a server to look
 * at a message. Who gives up earlier sends a message twice that was taken.
 */
const smtpTimeouts = {
  connectionTimeout: minute,
  greetingTimeout: 5 * minute,
  socketTimeout: 10 * minute,
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Mail by SMTP when a server is set, else files in the outbox folder. */
export function createTransport(settings: TransportSettings, timeouts = smtpTimeouts): Transport {
  const { SMTP_URL: url } = settings
  return url === undefined ? outbox(settings) : smtp(settings, url, timeouts)
}

/** The same `Message-ID` at every try, so that a mail which arrived twice can be seen to be one. */
function optionsOf(settings: TransportSettings, message: Outgoing): SendMailOptions {
  return {
    from: readSender(settings.LINTEL_MAIL_FROM) ?? settings.LINTEL_MAIL_FROM,
    to: { name: '', address: message.recipient },
    subject: message.subject,
    text: message.text,
    html: message.html,
    date: new Date(message.createdAt),
    messageId: `<${message.id}@${new URL(settings.LINTEL_ORIGIN).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** The name that Lintel gives itself: many servers refuse one that is no name of the network. */
function helloName(origin: string): { readonly name?: string } {
  const { hostname } = new URL(origin)
  return loopback.has(hostname) || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 ? {} : { name: hostname }
}

/** The password stands in no error: a server may repeat what it was sent. */
export function withoutPassword(error: unknown, url: string): unknown {
  const password = decodeURIComponent(new URL(url).password)
  if (!(error instanceof Error) || password === '') return error
  const forms = [password, Buffer.from(password).toString('base64')]
  const strip = (text: string) => forms.reduce((rest, form) => rest.replaceAll(form, '…'), text)
  error.message = strip(error.message)
  if ('response' in error) error.response = strip(String(error.response))
  return error
}

/**
 * How a mail server is spoken to; options in the address are not taken. A name and password never cross a network in
 * clear: with them TLS is a must, unless the server is this machine.
 */
export function smtpConnection(
  { LINTEL_ORIGIN }: Pick<TransportSettings, 'LINTEL_ORIGIN'>,
  url: string,
  timeouts: typeof smtpTimeouts,
) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const auth =
    username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : username === '' ? 25 : 587) : Number(port),
    secure,
    requireTLS: username !== '' && !loopback.has(hostname),
    ...helloName(LINTEL_ORIGIN),
    ...auth,
    ...timeouts,
  }
}

/** The library is loaded with the first mail. */
function smtp(settings: TransportSettings, url: string, timeouts: typeof smtpTimeouts): Transport {
  const connection = smtpConnection(settings, url, timeouts)
  return {
    async send(message) {
      const { createTransport: create } = await import('nodemailer')
      const transport = create(connection)
      try {
        await transport.sendMail(optionsOf(settings, message))
      } catch (error) {
        throw withoutPassword(error, url)
      } finally {
        transport.close()
      }
      return undefined
    },
  }
}

/** Each message becomes a file on the disk that only this user can read; a second try writes the same file again. */
function outbox(settings: TransportSettings): Transport {
  const folder = join(settings.LINTEL_DATA, 'outbox')
  return {
    async send(message) {
      const { createTransport: create } = await import('nodemailer')
      const composer = create({ streamTransport: true, buffer: true, newline: 'windows' })
      const { message: bytes } = await composer.sendMail(optionsOf(settings, message))
      const time = new Date(message.createdAt).toISOString().replace(/[:.]/g, '-')
      const path = join(folder, `${time}-${message.id}.eml`)
      const made = await mkdir(folder, { recursive: true, mode: 0o700 })
      if (made !== undefined) flushToDisk(settings.LINTEL_DATA)
      await writeFile(`${path}.part`, bytes as Buffer, { mode: 0o600 })
      putInPlace(`${path}.part`, path)
      return path
    },
  }
}
