import { existsSync } from 'node:fs'

/**
 * How safe the way to PostgreSQL is: `here` does not leave the machine, `verified` is encrypted to a server whose certificate
 * is checked, `unverified` is encrypted to whoever answers, `clear` can be read on the way.
 */
export type Safety = 'here' | 'verified' | 'unverified' | 'clear'

/** What is wrong with the words about TLS in `DATABASE_URL`; the message is for the operator. */
export class AddressError extends Error {}

export interface Line {
  readonly host: string
  readonly safety: Safety
}

/** What an address may say of TLS, in the driver's words; any of them is heeded (ASVS V12.3.1 where there is none). */
const words = ['ssl', 'sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'sslnegotiation'] as const
const files = ['sslcert', 'sslkey', 'sslrootcert'] as const
const modes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']

/** The driver takes the last of a name that stands twice. */
const wordIn = ({ searchParams }: URL, name: string): string | undefined => searchParams.getAll(name).at(-1)

const isSilent = (url: URL): boolean => words.every(name => !wordIn(url, name))

function hostOf(url: URL, otherwise: string | undefined): string {
  const named = wordIn(url, 'host') || decoded(url.hostname.replace(/^\[(.+)\]$/, '$1'))
  return named || otherwise || 'localhost'
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A socket in the file system, or the machine's own loopback. */
const isHere = (host: string): boolean => /^(?:\/|localhost$|127\.\d+\.\d+\.\d+$|::1$)/.test(host)

/** As libpq reads the modes, when the address asks the driver to do so. */
const libpqSafety: Readonly<Record<string, Safety>> = { disable: 'clear', 'verify-full': 'verified' }

/** What the driver makes of the words; unless it reads them as libpq does, each mode but two checks certificate and name. */
function saidSafety(url: URL): Safety {
  const mode = wordIn(url, 'sslmode')
  if (mode && wordIn(url, 'uselibpqcompat') === 'true') return libpqSafety[mode] ?? 'unverified'
  if (mode === 'disable') return 'clear'
  if (mode === 'no-verify') return 'unverified'
  const ssl = mode || files.some(name => wordIn(url, name)) ? undefined : wordIn(url, 'ssl')
  if (ssl === '0') return 'clear'
  return ssl === 'no-verify' ? 'unverified' : 'verified'
}

function safetyOf(url: URL, host: string): Safety {
  if (!isSilent(url)) return saidSafety(url)
  return isHere(host) ? 'here' : 'verified'
}

/**
 * Reads the way to the server from `DATABASE_URL`. Without a word about TLS it is verified, unless it stays on the machine.
 * @param pgHost host for an address that names none, as the driver takes it from the environment
 */
export function readLine(address: string, pgHost = process.env['PGHOST']): Line {
  const url = new URL(address)
  const host = hostOf(url, pgHost)
  const safety = safetyOf(url, host)
  return { host, safety: isHere(host) && safety !== 'verified' ? 'here' : safety }
}

/**
 * The address for the driver: says `verify-full` wherever that is what holds, whatever a later driver makes of other words.
 * @throws AddressError for words that lead nowhere
 */
export function driverAddress(address: string, pgHost = process.env['PGHOST']): string {
  const url = new URL(address)
  assertGood(url)
  const isMeant = isSilent(url) || ['prefer', 'require', 'verify-ca'].includes(wordIn(url, 'sslmode') ?? '')
  if (!isMeant || safetyOf(url, hostOf(url, pgHost)) !== 'verified') return address
  url.searchParams.set('sslmode', 'verify-full')
  return url.href
}

/**
 * The same for PostgreSQL's own programs, which know other words.
 * @param authorities file of the certificate authorities to trust, where the address names none
 */
export function toolAddress(address: string, authorities: string, pgHost = process.env['PGHOST']): string {
  const url = new URL(address)
  const safety = safetyOf(url, hostOf(url, pgHost))
  const readAsTheirs = wordIn(url, 'uselibpqcompat') === 'true'
  for (const name of ['uselibpqcompat', 'ssl']) url.searchParams.delete(name)
  if (safety === 'verified') {
    url.searchParams.set('sslmode', 'verify-full')
    if (!wordIn(url, 'sslrootcert')) url.searchParams.set('sslrootcert', authorities)
  }
  if (safety === 'clear') url.searchParams.set('sslmode', 'disable')
  if (safety === 'unverified' && !readAsTheirs) url.searchParams.set('sslmode', 'require')
  return url.href
}

function assertGood(url: URL): void {
  const mode = wordIn(url, 'sslmode')
  if (mode && !modes.includes(mode))
    throw new AddressError(`DATABASE_URL has an sslmode that is none of ${modes.join(', ')}.`)
  const missing = files.find(name => wordIn(url, name) && !existsSync(wordIn(url, name) ?? ''))
  if (missing !== undefined)
    throw new AddressError(`DATABASE_URL names a file in ${missing} that is not there.`)
}
