import { createHash } from 'node:crypto'
import { CompiledQuery, type DatabaseConnection, type Dialect, PostgresDialect, PostgresDriver } from 'kysely'
import pg from 'pg'
import { isGivenUp, StandbyError } from './away.ts'
import { driverAddress } from './postgres-line.ts'

const int8 = 20
const mostNames = 1_000
/** Milliseconds after which the server gives up on a statement, and the wait for a connection ends. */
const patience = 10_000
/** Milliseconds without an answer after which a query fails: later than the server's own no, which costs no connection. */
const silence = 12_000
/** Milliseconds after which the server undoes what somebody began who is heard of no more, and frees the rows. */
const abandoned = 15_000
/** Milliseconds without a byte after which the system asks whether the other side still lives. */
const quiet = 5_000

const names = new Map<string, string>()

/**
 * The same text is prepared once per connection: parsing and planning cost more than most queries. The name is made from the
 * text, so that processes which share a connection behind a pooler mean the same by it.
 */
function nameFor(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= mostNames) return known
  const name = `lintel-${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`
  names.set(text, name)
  return name
}

/** The driver tells of what the server reports at the start of a connection: PostgreSQL 14 and newer whether it is a standby. */
interface Reported {
  readonly parameterName: string
  readonly parameterValue: string
}

class NamingClient extends pg.Client {
  isStandby = false
  #isHeld = false

  constructor(config?: pg.ClientConfig) {
    super(config)
    this.connection.on('parameterStatus', ({ parameterName, parameterValue }: Reported) => {
      if (parameterName === 'in_hot_standby') this.isStandby = parameterValue === 'on'
    })
  }

  /** `never` is every one of the driver's own return types. */
  override query(...args: unknown[]): never {
    this.#hold()
    const [text, values, ...callback] = args
    const name = typeof text === 'string' && Array.isArray(values) ? nameFor(text) : undefined
    const given = name === undefined ? args : [{ name, text, values }, ...callback]
    return Reflect.apply(super.query, this, given) as never
  }

  /** Queries that are asked before the code at hand waits for something go out in one write: each write wakes the server. */
  #hold(): void {
    if (this.#isHeld) return
    const { stream } = this.connection
    this.#isHeld = true
    stream.cork()
    process.nextTick(() => {
      this.#isHeld = false
      stream.uncork()
    })
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

/** Properties of every connection; a network that swallows bytes without a word is noticed by it. */
const everyConnection = {
  connectionTimeoutMillis: patience,
  keepAlive: true,
  keepAliveInitialDelayMillis: quiet,
} as const

/** Waits that are given up after a while, by the server and here. */
const bounded = {
  statement_timeout: patience,
  query_timeout: silence,
  idle_in_transaction_session_timeout: abandoned,
} as const

/**
 * Connections to PostgreSQL, or to what speaks its protocol. `bigint` columns are read as numbers. A query without an answer
 * fails and takes its connection with it, so that no later one is given that answer. A standby is not taken.
 */
export function postgresPool(url: string, onLost: (error: Error) => void): pg.Pool {
  return openPool(url, onLost, { ...bounded, max: 10 })
}

/** One connection whose statements may take as long as they take: for changes of the schema. */
export function patientPool(url: string): pg.Pool {
  return openPool(url, () => {}, { max: 1 })
}

function openPool(url: string, onLost: (error: Error) => void, limits: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    ...everyConnection,
    ...limits,
    connectionString: driverAddress(url),
    application_name: 'lintel',
    Client: NamingClient,
    pipeline: true,
    types: { getTypeParser: (id, format) => (id === int8 ? Number : pg.types.getTypeParser(id, format)) },
    verify: (client, done) =>
      done(client instanceof NamingClient && client.isStandby ? new StandbyError() : undefined),
  })
  pool.on('error', onLost)
  // A connection that breaks in the middle of a transaction fails its query; without a listener it would end the process.
  pool.on('connect', client => client.on('error', () => {}))
  // Between the end of somebody's patience and the end of the connection nobody else is given it.
  pool.on('release', (_, client) => {
    if (isGivenUp(client)) void client.end()
  })
  return pool
}

/** One query on a connection of its own, before it is known that there is a store. */
export async function askOnce<Row extends object>(url: string, query: string): Promise<readonly Row[]> {
  const client = new pg.Client({ ...everyConnection, ...bounded, connectionString: driverAddress(url) })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(query)).rows
  } finally {
    await client.end()
  }
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
