import { type Dialect, PostgresDialect } from 'kysely'
import pg from 'pg'

const int8 = 20
const mostNames = 1_000
/** Milliseconds after which a query or the wait for a connection fails. */
const patience = 10_000

const names = new Map<string, string>()

/** The same text is prepared once per connection: parsing and planning cost more than most queries. */
function nameFor(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= mostNames) return known
  const name = `lintel-${names.size}`
  names.set(text, name)
  return name
}

class NamingClient extends pg.Client {
  /** `never` is every one of the driver's own return types. */
  override query(...args: unknown[]): never {
    const [text, values] = args
    const name = typeof text === 'string' && Array.isArray(values) ? nameFor(text) : undefined
    return Reflect.apply(super.query, this, name === undefined ? args : [{ name, text, values }]) as never
  }
}

/** Kysely on PostgreSQL, or on what speaks its protocol. `bigint` columns are read as numbers. */
export function postgresDialect(url: string, onLost: (error: Error) => void): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    Client: NamingClient,
    max: 10,
    connectionTimeoutMillis: patience,
    statement_timeout: patience,
    application_name: 'lintel',
    types: { getTypeParser: (id, format) => (id === int8 ? Number : pg.types.getTypeParser(id, format)) },
  })
  pool.on('error', onLost)
  // A connection that breaks in the middle of a transaction fails its query; without a listener it would end the process.
  pool.on('connect', client => client.on('error', () => {}))
  return new PostgresDialect({ pool })
}
