import { CompiledQuery, type DatabaseConnection, type Dialect, PostgresDialect, PostgresDriver } from 'kysely'
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
    const [text, values, ...callback] = args
    const name = typeof text === 'string' && Array.isArray(values) ? nameFor(text) : undefined
    const given = name === undefined ? args : [{ name, text, values }, ...callback]
    return Reflect.apply(super.query, this, given) as never
  }
}

/**
 * Sends `begin` together with the first statement instead of waiting for its answer. One that fails takes the connection
 * with it, or else the transaction: nothing is committed before `begin` was answered.
 */
class PromptDriver extends PostgresDriver {
  readonly #begun = new WeakMap<DatabaseConnection, Promise<unknown>>()

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const begun = connection.executeQuery(CompiledQuery.raw('begin'))
    begun.catch(() => {})
    this.#begun.set(connection, begun)
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#begun.get(connection)
    await super.commitTransaction(connection)
  }
}

/** Connections to PostgreSQL, or to what speaks its protocol. `bigint` columns are read as numbers. */
export function postgresPool(url: string, onLost: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    Client: NamingClient,
    max: 10,
    connectionTimeoutMillis: patience,
    statement_timeout: patience,
    application_name: 'lintel',
    pipeline: true,
    types: { getTypeParser: (id, format) => (id === int8 ? Number : pg.types.getTypeParser(id, format)) },
  })
  pool.on('error', onLost)
  // A connection that breaks in the middle of a transaction fails its query; without a listener it would end the process.
  pool.on('connect', client => client.on('error', () => {}))
  return pool
}

/** One of these connections, until it is released. */
export const takeConnection = (pool: pg.Pool): Promise<pg.PoolClient> => pool.connect()

/** Kysely on these connections. */
export function postgresDialect(pool: pg.Pool): Dialect {
  const dialect = new PostgresDialect({ pool })
  return {
    createDriver: () => new PromptDriver({ pool }),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: database => dialect.createIntrospector(database),
  }
}
