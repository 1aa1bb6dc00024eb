import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CompiledQuery,
  type DatabaseConnection,
  Kysely,
  type QueryResult,
  type Transaction,
} from 'kysely'
import type { Engine } from './engine.ts'
import { createLookUps, type LookUps } from './look-ups.ts'
import { migrate, migratePostgres } from './migrate.ts'
import { createRoom, tryDatabase, tryFolder } from './room.ts'
import type { Database } from './schema.ts'
import { sqliteDialect } from './sqlite.ts'
import { createWalFlush } from './wal-flush.ts'

/** One of the process's parallel transactions; the audit log keeps a chain for each. */
export interface Lane {
  readonly number: number
}

/** Runs a compiled query as it stands. */
export type Ask = <Row>(query: CompiledQuery<Row>) => Promise<QueryResult<Row>>

export interface Tx {
  readonly db: Transaction<Database>
  readonly lane: Lane
  /**
   * Runs a statement behind those before it without waiting for their answers: on PostgreSQL several cost one round trip.
   * Anyone who starts several waits for all of them; after one that fails, those behind it fail too.
   */
  readonly ask: Ask
}

export interface Store {
  readonly engine: Engine
  /** Queries outside a transaction. On SQLite this connection refuses to write. */
  readonly read: Kysely<Database>
  /** The same for a query that was compiled before, without the layers around each of Kysely's. */
  readonly ask: Ask
  /**
   * Runs `work` in one transaction: all of it holds, or nothing. What it throws rolls back. Resolves when it is on the
   * disk; others may see it a moment earlier.
   */
  write<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value>
  /** Runs one statement that is a transaction of its own, without the turns of one. */
  writeOne<Value>(work: (db: Kysely<Database>) => Promise<Value>): Promise<Value>
  /** Throws while there is no room on the disk, once a write has failed for that. */
  assertRoom(): Promise<void>
  close(): Promise<void>
}

export interface StoreOptions {
  /** Folder of the SQLite file. */
  readonly folder: string
  /** PostgreSQL instead of SQLite. */
  readonly databaseUrl: string | undefined
  /** Told when an idle PostgreSQL connection breaks; the pool opens a new one by itself. */
  readonly onLost: (error: Error) => void
  /** Version of the schema, when it is not the newest; for tests of an upgrade. */
  readonly schema?: number
}

/** Opens the store and brings its schema up to date. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { writer, reader, engine, durable, lookUps, bringUpToDate, tryRoom } =
    options.databaseUrl === undefined
      ? await openSqlite(options.folder)
      : await openPostgres(options.databaseUrl, options.onLost)
  const close = async () => {
    await durable?.close()
    await lookUps.close()
    await writer.destroy()
    if (reader !== writer) await reader.destroy()
  }
  try {
    await bringUpToDate(options.schema)
    await durable?.flush()
  } catch (error) {
    await close()
    throw error
  }
  const lanes = createLanes()
  const room = createRoom(tryRoom)
  return {
    engine,
    read: reader,
    ask: lookUps.ask,
    write: work =>
      room.noting(async () => {
        durable?.assertSound()
        const lane = lanes.take()
        const value = await writer.transaction().execute(async db => {
          const connection = await connectionOf(db)
          return work({ db, lane, ask: query => connection.executeQuery(query) })
        })
        lanes.giveBack(lane)
        await durable?.flush()
        return value
      }),
    writeOne: work =>
      room.noting(async () => {
        if (durable === undefined) return work(writer)
        durable.assertSound()
        const value = await writer.transaction().execute(work)
        await durable.flush()
        return value
      }),
    assertRoom: room.assertRoom,
    close,
  }
}

/** A lane whose transaction failed is not used again: what is known of its chain's head may be ahead of the store. */
function createLanes() {
  const free: Lane[] = []
  let made = 0
  return {
    take: (): Lane => free.pop() ?? { number: made++ },
    giveBack: (lane: Lane): void => void free.push(lane),
  }
}

export const sqliteFile = (folder: string): string => join(folder, 'lintel.sqlite')

/** The connection behind a transaction, or SQLite's only one. */
const connectionOf = (db: Kysely<Database>): Promise<DatabaseConnection> =>
  db.getExecutor().provideConnection(async connection => connection)

/** A store for who only looks: nothing is made, brought up to date or written. */
export async function openToLook({
  folder,
  databaseUrl,
}: Pick<StoreOptions, 'folder' | 'databaseUrl'>): Promise<Pick<Store, 'engine' | 'read' | 'ask' | 'close'>> {
  const dialect =
    databaseUrl === undefined ? sqliteDialect(sqliteFile(folder), 'onlooker') : await onlooker(databaseUrl)
  const read = new Kysely<Database>({ dialect })
  return {
    engine: databaseUrl === undefined ? 'sqlite' : 'postgres',
    read,
    ask: query => read.executeQuery(query),
    close: () => read.destroy(),
  }
}

async function onlooker(url: string) {
  const { postgresDialect, postgresPool } = await import('./postgres.ts')
  return postgresDialect(postgresPool(url, () => {}))
}

async function openSqlite(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = sqliteFile(folder)
  const umask = process.umask(0o077)
  try {
    const writer = new Kysely<Database>({ dialect: sqliteDialect(path, 'writer') })
    chmodSync(path, 0o600)
    const reader = new Kysely<Database>({ dialect: sqliteDialect(path, 'reader') })
    const connection = await connectionOf(reader)
    const lookUps: LookUps = { ask: query => connection.executeQuery(query), close: async () => {} }
    return {
      writer,
      reader,
      lookUps,
      engine: 'sqlite' as const,
      durable: createWalFlush(`${path}-wal`),
      bringUpToDate: (schema?: number) => migrate(writer, 'sqlite', schema),
      tryRoom: async () => tryFolder(folder),
    }
  } finally {
    process.umask(umask)
  }
}

/** The driver is loaded only where it is used. */
async function openPostgres(url: string, onLost: (error: Error) => void) {
  const { patientPool, postgresDialect, postgresPool, takeConnection } = await import('./postgres.ts')
  const { provePooler } = await import('./pooler.ts')
  const pool = postgresPool(url, onLost)
  const database = new Kysely<Database>({ dialect: postgresDialect(pool) })
  return {
    writer: database,
    reader: database,
    lookUps: createLookUps(() => takeConnection(pool)),
    engine: 'postgres' as const,
    durable: undefined,
    tryRoom: () => tryDatabase(database),
    /** A large store takes longer than a page may, and so does a process that waits for the one that is at it. */
    bringUpToDate: async (schema?: number) => {
      await provePooler(pool)
      await migratePostgres(
        database,
        async () => {
          const patient = new Kysely<Database>({ dialect: postgresDialect(patientPool(url)) })
          try {
            await migrate(patient, 'postgres', schema)
          } finally {
            await patient.destroy()
          }
        },
        schema,
      )
    },
  }
}

/** Tells whether a write failed because the value must be unique and is taken. */
export function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && error.code === '23505') return true
  return 'errcode' in error && (error.errcode === 2067 || error.errcode === 1555)
}
