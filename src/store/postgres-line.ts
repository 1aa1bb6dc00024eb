import { existsSync } from 'node:fs'
import { parse } from 'pg-connection-string'
import { OperatorError } from './operator-error.ts'

/**
 * How safe the way to PostgreSQL is: `here` does not leave the machine, `verified` is encrypted to a server whose certificate
 * is checked, `unverified` is encrypted to anyone who answers, `clear` can be read on the way.
 */
export type Safety = 'here' | 'verified' | 'unverified' | 'clear'

/** Problems with `DATABASE_URL`; the message is for the operator and holds nothing of the address. */
export class AddressError extends OperatorError {}

export interface Line {
  readonly host: string
  /** '' where the address leaves it to the driver, as with the next three. */
  readonly port: string
  readonly user: string
  readonly password: string
  readonly database: string
  readonly safety: Safety
}

/** What an address may say of TLS, in the driver's words; any of them is heeded (ASVS V12.3.1 where there is none). */
const tlsWords = ['ssl', 'sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'sslnegotiation'] as const
const files = ['sslcert', 'sslkey', 'sslrootcert'] as const
const modes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']
/** Words of an address that PostgreSQL's own programs know too; they refuse any other. */
const toolWords = ['sslmode', ...files, 'sslnegotiation', 'options', 'application_name', 'connect_timeout']

/** The parameters after the question mark of an address; the driver takes the last of a name that stands twice. */
const wordsOf = (address: string): ReadonlyMap<string, string> =>
  new Map(new URLSearchParams(address.split('?').slice(1).join('?')))

const isSilent = (words: ReadonlyMap<string, string>): boolean => tlsWords.every(name => !words.get(name))

const withWords = (address: string, words: ReadonlyMap<string, string>): string =>
  [address.split('?', 1)[0], new URLSearchParams([...words])].filter(part => String(part) !== '').join('?')

/**
 * The way to read an address that its writer did not mean: a sign in the password that ends the part before the host.
 * The driver would look for another host, and say its name.
 */
function isMisread(address: string, words: ReadonlyMap<string, string>): boolean {
  const [, , , ...path] = address.split('?', 1)[0]?.split('/') ?? []
  return (
    address.includes('#') || path.join().includes('@') || [...words.keys()].some(name => /[@/]/.test(name))
  )
}

/** The parts of an address, as the driver reads them. */
function parts(address: string) {
  const words = wordsOf(address)
  const rest = new Map([...words].filter(([name]) => !tlsWords.some(word => word === name)))
  try {
    if (!/^(?:postgres(?:ql)?:\/\/|socket:|\/)/i.test(address) || isMisread(address, words))
      throw new TypeError()
    return { words, ...parse(withWords(address, rest)) }
  } catch {
    throw new AddressError(
      'DATABASE_URL must be an address such as postgres://NAME:PASSWORD@HOST/DATABASE. In the name and the password write % as %25, # as %23, / as %2F, ? as %3F, : as %3A and @ as %40.',
    )
  }
}

/** A socket in the file system, or the machine's own loopback. */
const isHere = (host: string): boolean => /^(?:\/|localhost$|127\.\d+\.\d+\.\d+$|::1$)/.test(host)

/** As libpq reads the modes, when the address asks the driver to do so. */
const libpqSafety: Readonly<Record<string, Safety>> = { disable: 'clear', 'verify-full': 'verified' }

/** The driver's reading of the words; unless it reads them as libpq does, each mode but two checks certificate and name. */
function saidSafety(words: ReadonlyMap<string, string>): Safety {
  const mode = words.get('sslmode')
  if (mode && words.get('uselibpqcompat') === 'true') return libpqSafety[mode] ?? 'unverified'
  if (mode === 'disable') return 'clear'
  if (mode === 'no-verify') return 'unverified'
  const ssl = mode || files.some(name => words.get(name)) ? undefined : words.get('ssl')
  if (ssl === '0') return 'clear'
  return ssl === 'no-verify' ? 'unverified' : 'verified'
}

function safetyOf(words: ReadonlyMap<string, string>, host: string): Safety {
  if (!isSilent(words)) return saidSafety(words)
  return isHere(host) ? 'here' : 'verified'
}

/**
 * Reads the way to the server from `DATABASE_URL`. Without a word about TLS it is verified, unless it stays on the machine.
 * @param pgHost host for an address that names none, as the driver takes it from the environment
 * @throws AddressError for what is no address
 */
export function readLine(address: string, pgHost = process.env['PGHOST']): Line {
  const { words, host: named, port, user, password, database } = parts(address)
  const host = named || pgHost || 'localhost'
  const safety = safetyOf(words, host)
  return {
    host,
    port: port ?? '',
    user: user ?? '',
    password: password ?? '',
    database: database ?? '',
    safety: isHere(host) && safety !== 'verified' ? 'here' : safety,
  }
}

/**
 * The address for the driver: says `verify-full` wherever that is what holds, whatever a later driver makes of other words.
 * @throws AddressError for what is no address, and for words that lead nowhere
 */
export function driverAddress(address: string, pgHost = process.env['PGHOST']): string {
  const words = new Map(wordsOf(address))
  const { host } = readLine(address, pgHost)
  assertGood(words)
  const isMeant = isSilent(words) || ['prefer', 'require', 'verify-ca'].includes(words.get('sslmode') ?? '')
  if (!isMeant || safetyOf(words, host) !== 'verified') return address
  return withWords(address, words.set('sslmode', 'verify-full'))
}

/**
 * The same for PostgreSQL's own programs, which read addresses by other rules and know other words; without the password,
 * as other users of the machine see the words of a command.
 * @param authorities file of the certificate authorities to trust, where the address names none
 */
export function toolAddress(address: string, authorities: string, pgHost = process.env['PGHOST']): string {
  const { host, port, user, database } = readLine(address, pgHost)
  const given = wordsOf(address)
  const safety = safetyOf(given, host)
  const words = new Map([...given].filter(([name]) => toolWords.includes(name)))
  for (const [name, value] of Object.entries({ host, port, user })) if (value !== '') words.set(name, value)
  if (safety === 'verified') {
    words.set('sslmode', 'verify-full')
    if (!words.get('sslrootcert')) words.set('sslrootcert', authorities)
  }
  if (safety === 'clear') words.set('sslmode', 'disable')
  if (safety === 'unverified' && given.get('uselibpqcompat') !== 'true') words.set('sslmode', 'require')
  const query = [...words].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  return `postgresql:///${encodeURIComponent(database)}?${query}`
}

function assertGood(words: ReadonlyMap<string, string>): void {
  const mode = words.get('sslmode')
  if (mode && !modes.includes(mode))
    throw new AddressError(`DATABASE_URL has an sslmode that is none of ${modes.join(', ')}.`)
  const missing = files.find(name => words.get(name) && !existsSync(words.get(name) ?? ''))
  if (missing !== undefined)
    throw new AddressError(`DATABASE_URL names a file in ${missing} that is not there.`)
}
