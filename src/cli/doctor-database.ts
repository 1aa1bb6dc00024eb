import type { Settings } from '../settings.ts'
import { readLine } from '../store/postgres-line.ts'
import type { Finding } from './finding.ts'

const what = 'database line'

/** A password that stands in instructions, and is tried first by anyone who gets to the server. */
const known = new Set([
  'postgres',
  'postgresql',
  'password',
  'passwd',
  'admin',
  'root',
  'secret',
  'changeme',
  'lintel',
])

/**
 * Hashes and sessions cross the line to the database: on another machine it has to be encrypted, to the right server, and
 * nobody else may get in there (ASVS V12.3.1, V13.2.3).
 */
export function lookAtDatabaseLine({ DATABASE_URL }: Pick<Settings, 'DATABASE_URL'>): readonly Finding[] {
  if (DATABASE_URL === undefined) return []
  const { host, safety, user, password } = readLine(DATABASE_URL)
  if (safety === 'here') return []
  const weak = passwordTrouble(user, password, host)
  return [lineInWords(host, safety), ...(weak === undefined ? [] : [weak])]
}

function lineInWords(host: string, safety: 'verified' | 'unverified' | 'clear'): Finding {
  if (safety === 'verified')
    return { what, state: 'good', says: `to ${host}, encrypted, and its certificate is checked` }
  if (safety === 'unverified')
    return {
      what,
      state: 'warn',
      says: `nobody checks who answers as ${host}: write sslmode=verify-full into DATABASE_URL, with sslrootcert=FILE for an authority of your own.`,
    }
  return {
    what,
    state: 'warn',
    says: `what goes to ${host} can be read on the way: take sslmode=disable out of DATABASE_URL, unless the network between is yours alone.`,
  }
}

function passwordTrouble(name: string, password: string, host: string): Finding | undefined {
  if (password === '')
    return {
      what: 'database password',
      state: 'warn',
      says: `DATABASE_URL holds none. See to it that the PostgreSQL on ${host} asks for a password or a certificate (pg_hba.conf).`,
    }
  if (!known.has(password.toLowerCase()) && password !== name) return undefined
  return {
    what: 'database password',
    state: 'warn',
    says: `the one in DATABASE_URL is among the first that anybody tries: give the role another one on ${host}.`,
  }
}
