import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SendMailOptions } from 'nodemailer'

/** A message as it leaves. */
export interface Outgoing {
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

/** Milliseconds: to connect, for the server's greeting, and without a byte. */
export const smtpTimeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Mail by SMTP when a server is set, else files in the outbox folder. */
export function createTransport(settings: TransportSettings, timeouts = smtpTimeouts): Transport {
  const { SMTP_URL: url } = settings
  return url === undefined ? outbox(settings) : smtp(settings, url, timeouts)
}

/** The same `Message-ID` at every try, so that a mail which arrived twice can be seen to be one. */
function optionsOf(settings: TransportSettings, message: Outgoing): SendMailOptions {
  return {
    from: settings.LINTEL_MAIL_FROM,
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

/**
 * How a mail server is spoken to; options in the address are not taken. A name and password never cross a network in
 * clear: with them TLS is a must, unless the server is this machine.
 */
export function smtpConnection(url: string, timeouts: typeof smtpTimeouts) {
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
    ...auth,
    ...timeouts,
  }
}

/** The library is loaded with the first mail. */
function smtp(settings: TransportSettings, url: string, timeouts: typeof smtpTimeouts): Transport {
  const connection = smtpConnection(url, timeouts)
  return {
    async send(message) {
      const { createTransport: create } = await import('nodemailer')
      const transport = create(connection)
      try {
        await transport.sendMail(optionsOf(settings, message))
      } finally {
        transport.close()
      }
      return undefined
    },
  }
}

/** Each message becomes a file that only this user can read; a second try writes the same file again. */
function outbox(settings: TransportSettings): Transport {
  const folder = join(settings.LINTEL_DATA, 'outbox')
  return {
    async send(message) {
      const { createTransport: create } = await import('nodemailer')
      const composer = create({ streamTransport: true, buffer: true, newline: 'windows' })
      const { message: bytes } = await composer.sendMail(optionsOf(settings, message))
      const time = new Date(message.createdAt).toISOString().replace(/[:.]/g, '-')
      const path = join(folder, `${time}-${message.id}.eml`)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(`${path}.part`, bytes as Buffer, { mode: 0o600 })
      await rename(`${path}.part`, path)
      return path
    },
  }
}
