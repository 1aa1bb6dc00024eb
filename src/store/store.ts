import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, type Transaction } from 'kysely'
import { type Engine, migrate } from './migrate.ts'
import { postgresDialect } from './postgres.ts'
import type { Database } from './schema.ts'
import { sqliteDialect } from './sqlite.ts'
import { createWalFlush } from './wal-flush.ts'

/** One of the process's parallel transactions; the audit log keeps a chain for each. */
export interface Lane {
  readonly number: number
}

export interface Tx {
  readonly db: Transaction<Database>
  readonly lane: Lane
}

export interface Store {
  readonly engine: Engine
  /** Queries outside a transaction. On SQLite this connection refuses to write. */
  readonly read: Kysely<Database>
  /**
   * Runs `work` in one transaction: all of it holds, or nothing. What it throws rolls back. Resolves when it is on the
   * disk; others may see it a moment earlier.
   */
  write<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value>
  /** Runs one statement that is a transaction of its own, without the turns of one. */
  writeOne<Value>(work: (db: Kysely<Database>) => Promise<Value>): Promise<Value>
  close(): Promise<void>
}

export interface StoreOptions {
  /** Folder of the SQLite file. */
  readonly folder: string
  /** PostgreSQL instead of SQLite. */
  readonly databaseUrl: string | undefined
  /** Told when an idle PostgreSQL connection breaks; the pool opens a new one by itself. */
  readonly onLost: (error: Error) => void
}

/** Opens the store and brings its schema up to date. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { writer, reader, engine, durable } =
    options.databaseUrl === undefined
      ? openSqlite(options.folder)
      : openPostgres(options.databaseUrl, options.onLost)
  const close = async () => {
    await durable?.close()
    await writer.destroy()
    if (reader !== writer) await reader.destroy()
  }
  try {
    await migrate(writer, engine)
    await durable?.flush()
  } catch (error) {
    await close()
    throw error
  }
  const lanes = createLanes()
  return {
    engine,
    read: reader,
    async write(work) {
      durable?.assertSound()
      const lane = lanes.take()
      const value = await writer.transaction().execute(db => work({ db, lane }))
      lanes.giveBack(lane)
      await durable?.flush()
      return value
    },
    async writeOne(work) {
      if (durable === undefined) return work(writer)
      durable.assertSound()
      const value = await writer.transaction().execute(work)
      await durable.flush()
      return value
    },
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

function openSqlite(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = sqliteFile(folder)
  const umask = process.umask(0o077)
  try {
    const writer = new Kysely<Database>({ dialect: sqliteDialect(path, 'writer') })
    chmodSync(path, 0o600)
    const reader = new Kysely<Database>({ dialect: sqliteDialect(path, 'reader') })
    return { writer, reader, engine: 'sqlite' as const, durable: createWalFlush(`${path}-wal`) }
  } finally {
    process.umask(umask)
  }
}

function openPostgres(url: string, onLost: (error: Error) => void) {
  const database = new Kysely<Database>({ dialect: postgresDialect(url, onLost) })
  return { writer: database, reader: database, engine: 'postgres' as const, durable: undefined }
}

/** Whether a write failed because the value must be unique and is taken. */
export function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && error.code === '23505') return true
  return 'errcode' in error && (error.errcode === 2067 || error.errcode === 1555)
}
