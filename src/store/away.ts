/** A server that takes no writes: a standby, or a former primary that answers in its place. */
export class StandbyError extends Error {
  constructor() {
    super('The address in DATABASE_URL leads to a standby, which takes no writes')
  }
}

/** Codes of sockets and name look-ups. */
const sockets = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])
/**
 * PostgreSQL's codes (appendix A of its manual): no connection, no room, time over in a transaction, read-only,
 * stopping or starting.
 */
const states = /^(?:08|53|25P03|25006|57P|57014)/
/** The driver's messages for a connection that ended, could not be had in time, or gave no answer in time; it has no codes. */
const said =
  /^(?:Connection terminated|Query read timeout|timeout e|Client (?:was closed|has encountered a connection error)|There was an error establishing an SSL)/
/** Codes of Node's TLS: about the certificate, then about the conversation. */
const certificates =
  /^(?:CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_|PATH_LENGTH_|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/
const conversations = /^(?:ERR_SSL_|ERR_TLS_)/

/** SQLITE_FULL, PostgreSQL's disk_full, and the file systems' own codes for a disk or a share of it that is used up. */
const fullCodes: ReadonlySet<unknown> = new Set([13, '53100', 'ENOSPC', 'EDQUOT'])

/** Tells whether a write was taken back because there is no room left for it. */
export const isFull = (error: unknown): boolean =>
  error instanceof Error &&
  (('errcode' in error && fullCodes.has(error.errcode)) || ('code' in error && fullCodes.has(error.code)))

/** Problems with the TLS of the database: it offers none, nobody vouches for it, or it cannot be spoken with. */
export function tlsTrouble(error: Error): 'none' | 'not-trusted' | 'broken' | undefined {
  const code = 'code' in error ? String(error.code) : ''
  if (error.message === 'The server does not support SSL connections') return 'none'
  if (certificates.test(code)) return 'not-trusted'
  return conversations.test(code) ? 'broken' : undefined
}

/**
 * Why the store did not do what it was asked, when that is because it is away or takes no writes; undefined for every
 * other error. Whether what was asked was done is not known: the answer to a commit may be what was lost.
 * @returns words for the log.
 */
export function whyAway(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? String(error.code) : ''
  if (error instanceof StandbyError || code === '25006')
    return 'the database takes no writes: DATABASE_URL leads to a standby'
  if (isFull(error)) return 'the disk of the store is full'
  if (code === '57014') return 'the database took too long'
  if (tlsTrouble(error) !== undefined) return 'there is no safe way to the database'
  const isUnreached = 'syscall' in error && error.syscall === 'connect'
  const away =
    sockets.has(code) || isUnreached || states.test(code) || (code === '' && said.test(error.message))
  return away ? 'the database does not answer' : undefined
}

/** Tells whether a query on this connection had no answer in time, and broke the connection off. */
export const isGivenUp = ({
  connection,
}: {
  readonly connection: { readonly stream: { readonly destroyed: boolean } }
}): boolean => connection.stream.destroyed
