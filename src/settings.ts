import { z } from 'zod'
import { readSecretSettings } from './secret-settings.ts'
import {
  addresses,
  databaseAddress,
  emailAddress,
  file,
  fileToBe,
  folderToBe,
  logLevel,
  port,
  sender,
  url,
  urlWithPassword,
} from './setting-kinds.ts'
import { addressTrouble, readSender } from './web/email-address.ts'

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])
/** Addresses that no other machine reaches. */
const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(host)
/** What Kubernetes puts into the environment of every pod for a service whose name begins as a setting does. */
const serviceLink = /_(?:SERVICE_HOST$|SERVICE_PORT|PORT$|PORT_\d{1,5}_)/

/** Every environment setting: how it is read, its default in words, and what it is for. The documents' table is made from it. */
export const settingsTable = {
  HOST: {
    schema: z.string().min(1).default('127.0.0.1'),
    default: '127.0.0.1',
    meaning: 'Address to listen on.',
  },
  PORT: {
    schema: port.optional().transform(given => given ?? 3000),
    default: '3000',
    meaning: 'Port to listen on.',
  },
  LINTEL_ORIGIN: {
    schema: url('http:', 'https:').optional(),
    default: 'http://localhost:PORT',
    meaning:
      'The address that people type. Links in emails begin with it. A page opened under another host name redirects to it.',
  },
  LINTEL_DATA: {
    schema: folderToBe.default('./data'),
    default: './data',
    meaning: 'Folder of the SQLite file, the secret file and the outbox.',
  },
  DATABASE_URL: {
    schema: databaseAddress.optional(),
    default: 'none: SQLite in the data folder',
    meaning:
      'PostgreSQL to use instead of SQLite. On another machine it must have TLS and a certificate that is trusted, unless an sslmode in the address says otherwise.',
  },
  SMTP_URL: {
    schema: urlWithPassword('smtp:', 'smtps:').optional(),
    default: 'none: mail is written to the outbox folder',
    meaning: 'Mail server, with name and password if it asks for them.',
  },
  LINTEL_MAIL_FROM: {
    schema: sender.default('Lintel <lintel@localhost>'),
    default: 'Lintel <lintel@localhost>',
    meaning:
      'Sender of all mail: an email address, or a name and an address as in HMIS Helpdesk <helpdesk@example.org>.',
  },
  LINTEL_ADMIN_EMAIL: {
    schema: emailAddress.default('admin@localhost'),
    default: 'admin@localhost',
    meaning: 'Email address of the first administrator, used at the first start only.',
  },
  LINTEL_TRUSTED_PROXIES: {
    schema: addresses.optional(),
    default: 'none',
    meaning: 'Proxies whose X-Forwarded-For is believed, as addresses or ranges with commas between.',
  },
  LINTEL_TLS_CERT: {
    schema: file.optional(),
    default: 'none',
    meaning: 'Certificate chain (PEM) for https without a proxy.',
  },
  LINTEL_TLS_KEY: {
    schema: file.optional(),
    default: 'none',
    meaning: 'Private key (PEM) of the certificate.',
  },
  LINTEL_SECRET_FILE: {
    schema: fileToBe.optional(),
    default: 'secret.json in the data folder',
    meaning: 'File of keys. Every process on one database shares it; keep a copy away from the backups.',
  },
  LINTEL_METRICS_PORT: {
    schema: port.optional(),
    default: 'none',
    meaning: 'Port for Prometheus metrics.',
  },
  LINTEL_METRICS_HOST: {
    schema: z.string().min(1).default('127.0.0.1'),
    default: '127.0.0.1',
    meaning: 'Address for the metrics. Without a token anybody who can reach it can read them.',
  },
  LINTEL_METRICS_TOKEN: {
    schema: z
      .string()
      .regex(/^[\w.~+/=-]{16,}$/, { error: 'must be 16 or more letters, numbers and - _ . ~ + / =' })
      .optional(),
    default: 'none',
    meaning: 'Token that a reader of the metrics sends as Authorization: Bearer.',
  },
  LOG_LEVEL: {
    schema: logLevel.default('info'),
    default: 'info',
    meaning: 'Least serious line that the log keeps: trace, debug, info, warn, error, fatal or silent.',
  },
  MOODLE_URL: {
    schema: url('http:', 'https:').optional(),
    default: 'none',
    meaning: 'Moodle site where people finish their training.',
  },
  MOODLE_TOKEN: {
    schema: z.string().min(1).optional(),
    default: 'none',
    meaning: 'Web-service token for Moodle.',
  },
  MOODLE_COURSES: {
    schema: z
      .string()
      .regex(/^\d+(,\d+)*$/, { error: 'must be course numbers with commas between them' })
      .transform(text => [...new Set(text.split(',').map(Number))])
      .optional(),
    default: 'none',
    meaning:
      'Numbers of the Moodle courses that must be finished, with commas between. Taken over once; then they are kept in the console.',
  },
} as const

type Table = typeof settingsTable
type Values = { readonly [Name in keyof Table]: z.output<Table[Name]['schema']> }

export interface Settings extends Omit<Values, 'LINTEL_ORIGIN'> {
  /** Scheme, host and port without a path. */
  readonly LINTEL_ORIGIN: string
  readonly https: boolean
}

type SettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Reads and checks the environment; every problem names its setting. An empty value counts as not set. */
export function readSettings(given: Readonly<Record<string, string | undefined>>): SettingsResult {
  const { env, problems: unread } = readSecretSettings(given)
  const problems: string[] = [...unread]
  const unknown = Object.keys(env).filter(
    name =>
      /^(LINTEL|MOODLE)_/.test(name) &&
      (!(name in settingsTable) || /^(?:tcp|udp|sctp):\/\//.test(env[name] ?? '')),
  )
  const links = unknown.filter(name => serviceLink.test(name))
  if (links[0] !== undefined)
    problems.push(
      `${links[0]} comes from Kubernetes, which sets it for a service of that name: write enableServiceLinks: false into the pod, or name the service otherwise.`,
    )
  for (const name of unknown)
    if (!links.includes(name) && !(name in settingsTable))
      problems.push(`${name} is not a setting of Lintel.`)
  const values: Record<string, unknown> = {}
  for (const [name, row] of Object.entries(settingsTable)) {
    if (links.includes(name)) continue
    const result = row.schema.safeParse(env[name] === '' ? undefined : env[name])
    if (result.success) values[name] = result.data
    else problems.push(`${name} ${result.error.issues[0]?.message ?? 'cannot be read'}.`)
  }
  if (problems.length > 0) return { ok: false, problems }
  const read = values as Values
  const origin = new URL(read.LINTEL_ORIGIN ?? `http://localhost:${read.PORT}`)
  problems.push(...checkTogether(read, origin))
  if (problems.length > 0) return { ok: false, problems }
  return {
    ok: true,
    settings: { ...read, LINTEL_ORIGIN: origin.origin, https: origin.protocol === 'https:' },
  }
}

/** Tells whether answers could come back to a sender: its domain is more than the name of a machine. */
const isReachable = (text: string): boolean => {
  const { address } = readSender(text) ?? { address: '' }
  return addressTrouble(address) === undefined && !address.endsWith('@localhost')
}

function checkTogether(read: Values, origin: URL): string[] {
  const problems: string[] = []
  const ownTls = read.LINTEL_TLS_CERT !== undefined && read.LINTEL_TLS_KEY !== undefined
  if ((read.LINTEL_TLS_CERT === undefined) !== (read.LINTEL_TLS_KEY === undefined)) {
    problems.push('LINTEL_TLS_CERT and LINTEL_TLS_KEY go together: set both or neither.')
  }
  if (read.SMTP_URL !== undefined && origin.protocol === 'https:' && !isReachable(read.LINTEL_MAIL_FROM)) {
    problems.push(
      'LINTEL_MAIL_FROM must be an address of your own, like HMIS Helpdesk <helpdesk@example.org>: mail servers refuse other senders.',
    )
  }
  if (origin.pathname !== '/' || origin.search !== '') problems.push('LINTEL_ORIGIN must have no path.')
  if (origin.protocol === 'http:' && !loopbackHosts.has(origin.hostname)) {
    problems.push(
      'LINTEL_ORIGIN must begin with https:// unless its host is localhost: passwords must not cross a network in clear.',
    )
  }
  if (origin.protocol === 'http:' && !isLoopback(read.HOST)) {
    problems.push(
      'HOST lets other machines in while LINTEL_ORIGIN begins with http://: passwords would cross the network in clear. Set an https LINTEL_ORIGIN, or HOST=127.0.0.1.',
    )
  }
  if (origin.protocol === 'http:' && ownTls) {
    problems.push(
      'LINTEL_ORIGIN must begin with https:// when Lintel has a certificate of its own (LINTEL_TLS_CERT).',
    )
  }
  if (origin.protocol === 'https:' && !ownTls && read.LINTEL_TRUSTED_PROXIES === undefined) {
    problems.push(
      'LINTEL_TRUSTED_PROXIES must name the proxy in front of an https LINTEL_ORIGIN (or set LINTEL_TLS_CERT and LINTEL_TLS_KEY).',
    )
  }
  if ((read.MOODLE_URL === undefined) !== (read.MOODLE_TOKEN === undefined)) {
    problems.push('MOODLE_URL and MOODLE_TOKEN go together: set both or neither.')
  } else if (read.MOODLE_URL !== undefined) {
    problems.push(...checkMoodle(new URL(read.MOODLE_URL)))
  }
  return problems
}

function checkMoodle(url: URL): string[] {
  const problems: string[] = []
  if (url.protocol === 'http:' && !loopbackHosts.has(url.hostname))
    problems.push(
      'MOODLE_URL must begin with https:// unless its host is localhost: the token must not cross a network in clear.',
    )
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    problems.push('MOODLE_URL must be the address of the site alone, without name, password or query.')
  return problems
}
