import { existsSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { createMutex } from './mutex.ts'

/** How long a transaction waits for another process that is writing, in milliseconds. */
const busyLimit = 5_000
/** SQLITE_BUSY, the low byte of the extended code. */
const busyCode = 5
const mostStatements = 500

interface Prepared {
  readonly statement: StatementSync
  readonly returnsRows: boolean
}

/** One connection to the file: prepared statements are kept and used again. */
class SqliteConnection implements DatabaseConnection {
  readonly database: DatabaseSync
  readonly #prepared = new Map<string, Prepared>()

  constructor(database: DatabaseSync) {
    this.database = database
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.run<R>(query)
  }

  run<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    const { statement, returnsRows } = this.#prepare(sql)
    const values = parameters as (string | number | null)[]
    if (returnsRows) return { rows: statement.all(...values) as R[] }
    return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const { statement } = this.#prepare(query.sql)
    for (const row of statement.iterate(...(query.parameters as (string | number | null)[])))
      yield { rows: [row as R] }
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql)
    if (known !== undefined) return known
    const statement = this.database.prepare(sql)
    const prepared = { statement, returnsRows: statement.columns().length > 0 }
    if (this.#prepared.size >= mostStatements) this.#prepared.clear()
    this.#prepared.set(sql, prepared)
    return prepared
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === busyCode
}

/** Takes the write lock of the file; waits for another process without holding up this one. */
async function beginImmediate(connection: SqliteConnection): Promise<void> {
  const deadline = performance.now() + busyLimit
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    try {
      connection.run(CompiledQuery.raw('begin immediate'))
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
    }
    await new Promise(resolve => setTimeout(resolve, pause))
  }
}

/** An onlooker changes nothing, not even the files beside the store. */
type Use = 'reader' | 'writer' | 'onlooker'

/**
 * Kysely on `node:sqlite`. `writer` connections hand themselves out to one transaction at a time;
 * `reader` connections refuse to write and need no waiting, because each query runs to its end at once.
 */
export function sqliteDialect(path: string, use: Use): Dialect {
  return {
    createDriver: () => sqliteDriver(path, use),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: database => new SqliteIntrospector(database),
  }
}

/** The first of several processes turns a new file to WAL; the others are told "busy" at once and have to ask again. */
function turnToWal(database: DatabaseSync): void {
  const deadline = performance.now() + busyLimit
  const never = new Int32Array(new SharedArrayBuffer(4))
  for (;;) {
    try {
      database.exec('pragma journal_mode = wal')
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
    }
    Atomics.wait(never, 0, 0, 10)
  }
}

/** For who only looks. Where nobody has the store open, not even the files are made that readers share with a writer. */
export function openOnlooker(path: string): DatabaseSync {
  const url = pathToFileURL(path)
  if (!existsSync(`${path}-wal`)) url.search = 'immutable=1'
  return new DatabaseSync(url, { readOnly: true, timeout: busyLimit })
}

function open(path: string, use: Use): SqliteConnection {
  if (use === 'onlooker') return new SqliteConnection(openOnlooker(path))
  const database = new DatabaseSync(path, { timeout: 100 })
  turnToWal(database)
  // The log is brought to the disk after each commit by wal-flush.ts, which keeps the event loop free meanwhile.
  database.exec('pragma synchronous = normal; pragma foreign_keys = on; pragma trusted_schema = off')
  // Copying the log into the file waits for the disk: 16 MiB at a time, so that pages changed often are copied once.
  database.exec(use === 'reader' ? 'pragma query_only = on' : 'pragma wal_autocheckpoint = 4000')
  return new SqliteConnection(database)
}

function sqliteDriver(path: string, use: Use): Driver {
  const connection = open(path, use)
  const mutex = createMutex()
  const asOpened = (given: DatabaseConnection) => given as SqliteConnection
  return {
    init: async () => {},
    acquireConnection: async () => {
      if (use === 'writer') await mutex.lock()
      return connection
    },
    releaseConnection: async () => {
      if (use === 'writer') mutex.unlock()
    },
    beginTransaction: given => beginImmediate(asOpened(given)),
    commitTransaction: async given => void asOpened(given).run(CompiledQuery.raw('commit')),
    /** A full disk has SQLite take the transaction back by itself; asked again it would hide why. */
    rollbackTransaction: async given => {
      const opened = asOpened(given)
      if (opened.database.isTransaction) opened.run(CompiledQuery.raw('rollback'))
    },
    destroy: async () => connection.database.close(),
  }
}
