import { isFull, StandbyError, tlsTrouble, whyAway } from './away.ts'
import { explainFile, OperatorError } from './operator-error.ts'

const clearIsYours =
  'If the network between is yours alone, you can do without: write sslmode=disable into DATABASE_URL.'

const tlsWords = {
  none: () =>
    'The PostgreSQL of DATABASE_URL offers no TLS: what Lintel keeps would cross the network in clear. Switch TLS on there (ssl = on).',
  'not-trusted': (error: Error, code: string) =>
    code === 'ERR_TLS_CERT_ALTNAME_INVALID'
      ? 'The certificate of the PostgreSQL of DATABASE_URL was made for another name. Write the name that it was made for into DATABASE_URL, or have one made for this name.'
      : `Nobody that is trusted vouches for the certificate of the PostgreSQL of DATABASE_URL (${error.message}, ${code}). Name the file of its authority by sslrootcert=FILE in DATABASE_URL, or in NODE_EXTRA_CA_CERTS.`,
  broken: (error: Error, code: string) =>
    `No TLS could be agreed on with the PostgreSQL of DATABASE_URL (${code || error.message}). It has to speak TLS 1.2 or 1.3.`,
} as const

/**
 * The message to an operator when the store cannot be opened or does not answer: what happened and what to do; undefined for
 * an error that is not the store's. Never an address, since it holds a password.
 */
export function explainStore(error: unknown): string | undefined {
  if (error instanceof StandbyError)
    return `${error.message}. It must lead to the server that does: see "PostgreSQL that stays up" in docs/postgresql.md.`
  if (!(error instanceof Error)) return undefined
  if (error instanceof OperatorError) return error.message
  if (isFull(error)) return `The disk is full (${error.message}). Make room on it and try again.`
  const file = explainFile(error)
  if (file !== undefined) return file
  const code = 'code' in error ? String(error.code) : ''
  const trouble = tlsTrouble(error)
  if (trouble !== undefined) return `${tlsWords[trouble](error, code)} ${clearIsYours}`
  if (code === '42501')
    return `The role of DATABASE_URL lacks a right (${error.message}). With the DATABASE_URL of the role that owns the tables, run: lintel database prepare --role NAME (the role that Lintel runs with).`
  if (/client password must be a string|empty password returned/.test(error.message))
    return 'PostgreSQL asks for a password, and DATABASE_URL holds none (nor does PGPASSWORD).'
  if (code.startsWith('28') || code === '3D000')
    return `PostgreSQL did not let Lintel in: ${error.message}. Check DATABASE_URL.`
  if (/startup parameter/.test(error.message))
    return `What answers at DATABASE_URL is a pooler that refuses Lintel: ${error.message}. Lead DATABASE_URL to PostgreSQL itself, or write ignore_startup_parameters = statement_timeout,idle_in_transaction_session_timeout into the pooler's settings, and give both to the role (alter role … set …).`
  if (isServers(error) && code.startsWith('08'))
    return `What answers at DATABASE_URL refuses Lintel: ${error.message}.`
  if (whyAway(error) !== undefined)
    return `The database does not answer (${isServers(error) ? error.message : code || error.message}). Check DATABASE_URL and that PostgreSQL runs.`
  return undefined
}

/** Tells whether a server said it, and not the driver or the system. */
const isServers = (error: Error): boolean => 'severity' in error

/** Tells whether the same may go well in a while, with nobody doing anything here: a start then ends so that it is tried again. */
export const isPassing = (error: unknown): boolean =>
  !(error instanceof OperatorError) &&
  whyAway(error) !== undefined &&
  !isFull(error) &&
  !(error instanceof Error && tlsTrouble(error) !== undefined)
