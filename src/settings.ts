import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

const port = z.coerce.number().int().min(0).max(65_535)
const url = (...schemes: string[]) =>
  z.string().refine(text => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    error: `must be an address that begins with ${schemes.map(s => `${s}//`).join(' or ')}`,
  })
const file = z.string().refine(existsSync, { error: 'names a file that is not there' })
const addresses = z
  .string()
  .transform(text => text.split(',').map(part => part.trim()))
  .refine(parts => parts.every(isAddressOrRange), {
    error: 'must be addresses or ranges such as 10.0.0.0/8, with commas between them',
  })

/** Every environment setting: how it is read, its default in words, and what it is for. The documents' table is made from it. */
export const settingsTable = {
  HOST: {
    schema: z.string().min(1).default('127.0.0.1'),
    default: '127.0.0.1',
    meaning: 'Address to listen on.',
  },
  PORT: { schema: port.default(3000), default: '3000', meaning: 'Port to listen on.' },
  LINTEL_ORIGIN: {
    schema: url('http:', 'https:').optional(),
    default: 'http://localhost:PORT',
    meaning:
      'The address that people type. Links in mail begin with it; a page asked for under another host name leads to it.',
  },
  LINTEL_DATA: {
    schema: z.string().min(1).default('./data'),
    default: './data',
    meaning: 'Folder of the SQLite file, the secret file and the outbox.',
  },
  DATABASE_URL: {
    schema: url('postgres:', 'postgresql:').optional(),
    default: 'none: SQLite in the data folder',
    meaning:
      'PostgreSQL to use instead of SQLite. On another machine it must have TLS and a certificate that is trusted, unless an sslmode in the address says otherwise.',
  },
  SMTP_URL: {
    schema: url('smtp:', 'smtps:').optional(),
    default: 'none: mail is written to the outbox folder',
    meaning: 'Mail server, with name and password if it asks for them.',
  },
  LINTEL_MAIL_FROM: {
    schema: z.string().min(3).default('Lintel <lintel@localhost>'),
    default: 'Lintel <lintel@localhost>',
    meaning: 'Sender of all mail.',
  },
  LINTEL_ADMIN_EMAIL: {
    schema: z.string().min(3).default('admin@localhost'),
    default: 'admin@localhost',
    meaning: 'E-mail address of the first administrator, used at the first start only.',
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
    schema: z.string().min(1).optional(),
    default: 'secret.json in the data folder',
    meaning: 'File of keys. Every process on one database shares it; keep a copy away from the backups.',
  },
  LINTEL_METRICS_PORT: {
    schema: port.optional(),
    default: 'none',
    meaning: 'Loopback port for Prometheus metrics.',
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
    meaning: 'Numbers of the Moodle courses that must be finished, with commas between.',
  },
} as const

type Table = typeof settingsTable
type Values = { readonly [Name in keyof Table]: z.output<Table[Name]['schema']> }

export interface Settings extends Omit<Values, 'LINTEL_ORIGIN'> {
  /** Scheme, host and port without a path. */
  readonly LINTEL_ORIGIN: string
  readonly https: boolean
}

export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Reads and checks the environment; every problem names its setting. An empty value counts as not set. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): SettingsResult {
  const problems: string[] = []
  for (const name of Object.keys(env)) {
    if (/^(LINTEL|MOODLE)_/.test(name) && !(name in settingsTable))
      problems.push(`${name} is not a setting of Lintel.`)
  }
  const values: Record<string, unknown> = {}
  for (const [name, row] of Object.entries(settingsTable)) {
    const given = env[name] === '' ? undefined : env[name]
    const result = row.schema.safeParse(given)
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

function checkTogether(read: Values, origin: URL): string[] {
  const problems: string[] = []
  const ownTls = read.LINTEL_TLS_CERT !== undefined && read.LINTEL_TLS_KEY !== undefined
  if ((read.LINTEL_TLS_CERT === undefined) !== (read.LINTEL_TLS_KEY === undefined)) {
    problems.push('LINTEL_TLS_CERT and LINTEL_TLS_KEY go together: set both or neither.')
  }
  if (origin.pathname !== '/' || origin.search !== '') problems.push('LINTEL_ORIGIN must have no path.')
  if (origin.protocol === 'http:' && !loopbackHosts.has(origin.hostname)) {
    problems.push(
      'LINTEL_ORIGIN must begin with https:// unless its host is localhost: passwords must not cross a network in clear.',
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
    problems.push(...checkMoodle(new URL(read.MOODLE_URL), read.MOODLE_COURSES))
  }
  return problems
}

function checkMoodle(url: URL, courses: readonly number[] | undefined): string[] {
  const problems: string[] = []
  if (courses === undefined)
    problems.push('MOODLE_COURSES must name the courses that people finish in the Moodle of MOODLE_URL.')
  if (url.protocol === 'http:' && !loopbackHosts.has(url.hostname))
    problems.push(
      'MOODLE_URL must begin with https:// unless its host is localhost: the token must not cross a network in clear.',
    )
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    problems.push('MOODLE_URL must be the address of the site alone, without name, password or query.')
  return problems
}

function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}
