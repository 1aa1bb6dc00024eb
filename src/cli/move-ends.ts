import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Settings } from '../settings.ts'
import { putInPlace } from '../store/disk.ts'
import type { Engine } from '../store/engine.ts'
import { listed, postgresSide, type Side, sqliteSide } from '../store/move/side.ts'
import { tablesInOrder } from '../store/move/tables.ts'
import { type MoveMark, opening, readMark } from '../store/moved.ts'
import { OperatorError } from '../store/operator-error.ts'
import { openStore, openToLook, type Store, sqliteFile } from '../store/store.ts'
import { askPostgres, isStarted } from './open.ts'

/** Where a move begins or ends. */
export interface End {
  readonly engine: Engine
  /** What a Lintel on this store runs with. */
  readonly settings: Settings
  readonly words: string
  mark(): Promise<MoveMark | undefined>
  isStarted(): Promise<boolean>
  /** Tells whether Lintel, or a program like it, has the store open. */
  isInUse(): Promise<boolean>
  /** Why this user may not move it, if so. */
  trouble(): Promise<string | undefined>
  /** The store, for oneself alone. */
  open(): Promise<Side>
  /** Makes room for what arrives: what a move left half done goes, a store that was moved away is kept. @returns where */
  vacate(mark: MoveMark): Promise<string | undefined>
  /** An empty store with its tables, for oneself alone. */
  make(): Promise<Side>
  /** The store that was made, to look at what arrived. */
  look(): Promise<Pick<Store, 'read' | 'close'>>
  lookAlone(): Promise<Side>
  /** Gives the store that was made its name. */
  settle(): Promise<void>
}

const tableNames = () => tablesInOrder().map(({ name }) => name)

/** Tells whether SQLite said that somebody else has the file. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5

export function sqliteEnd(given: Settings): End {
  const settings = { ...given, DATABASE_URL: undefined }
  const folder = settings.LINTEL_DATA
  const file = sqliteFile(folder)
  const workshop = join(folder, 'moving')
  const made = sqliteFile(workshop)
  return {
    engine: 'sqlite',
    settings,
    words: `SQLite in ${folder}`,
    isStarted: () => isStarted(settings),
    async mark() {
      if (!existsSync(file)) return undefined
      const database = new DatabaseSync(file, { timeout: 0 })
      try {
        return await readMark('sqlite', async query => database.prepare(query).all())
      } finally {
        database.close()
      }
    },
    async isInUse() {
      if (!existsSync(file)) return false
      try {
        await sqliteSide(file).close()
        return false
      } catch (error) {
        if (isBusy(error)) return true
        throw error
      }
    },
    trouble: async () => undefined,
    open: async () => sqliteSide(file),
    async vacate({ state }) {
      if (state === 'arriving') {
        rmSync(file)
        return undefined
      }
      const kept = `${file}.moved-${new Date().toISOString().replace(/[:.]/g, '-')}`
      renameSync(file, kept)
      return kept
    },
    async make() {
      rmSync(workshop, { recursive: true, force: true })
      const store = await openStore({ folder: workshop, databaseUrl: undefined, onLost: () => {} })
      await store.close()
      return sqliteSide(made)
    },
    look: () => openToLook({ folder: workshop, databaseUrl: undefined }),
    lookAlone: async () => sqliteSide(made),
    async settle() {
      putInPlace(made, file)
      rmSync(workshop, { recursive: true, force: true })
    },
  }
}

/** Milliseconds: long enough for PostgreSQL to call off its own cleaning, which waits for nobody. */
const lockPatience = 10_000
const others = `select count(*)::int as number from pg_stat_activity
  where datname = current_database() and application_name = 'lintel' and pid <> pg_backend_pid()`
const owns = `select coalesce((select pg_has_role(relowner, 'member') from pg_class
  where oid = to_regclass('audit_record')), true) as owns`

export function postgresEnd(settings: Settings, url: string): End {
  /** Nobody writes while it is read, or puts anything in while it is filled. */
  const alone = async (): Promise<Side> => {
    const side = await postgresSide(url)
    try {
      await side.run(`set local lock_timeout = ${lockPatience}`)
      await side.run(`lock table ${listed(tableNames())} in exclusive mode`)
      return side
    } catch (error) {
      await side.close()
      if (error instanceof Error && 'code' in error && error.code === '55P03')
        throw new OperatorError('Another program is at work in the database. Stop it, then run this again.')
      throw error
    }
  }
  return {
    engine: 'postgres',
    settings,
    words: 'PostgreSQL',
    isStarted: () => isStarted(settings),
    mark: () => readMark('postgres', query => askPostgres(url, query)),
    isInUse: async () => ((await askPostgres<{ number: number }>(url, others))[0]?.number ?? 0) > 0,
    trouble: async () =>
      (await askPostgres<{ owns: boolean }>(url, owns))[0]?.owns === true
        ? undefined
        : 'The role of DATABASE_URL does not own the tables. Run this with the DATABASE_URL of the one that does.',
    open: alone,
    async vacate({ state }) {
      if (state === 'moved')
        throw new OperatorError(
          'The database of DATABASE_URL holds a store that was moved away. Give an empty database, or empty this one.',
        )
      const side = await postgresSide(url)
      try {
        const there = (await side.ask(
          'select table_name as name from information_schema.tables where table_schema = current_schema()',
        )) as readonly { name: string }[]
        const names = tableNames().filter(table => there.some(({ name }) => name === table))
        for (const statement of opening('postgres', names)) await side.run(statement)
        await side.run(`truncate ${listed(names)}`)
        await side.run('commit')
      } finally {
        await side.close()
      }
      return undefined
    },
    async make() {
      const store = await openStore({ folder: settings.LINTEL_DATA, databaseUrl: url, onLost: () => {} })
      await store.close()
      const side = await alone()
      for (const name of tableNames())
        if ((await side.ask(`select 1 from "${name}" limit 1`)).length > 0) {
          await side.close()
          throw new OperatorError(
            'The database of DATABASE_URL holds rows already. Give an empty database, or empty this one.',
          )
        }
      return side
    },
    look: () => openToLook({ folder: settings.LINTEL_DATA, databaseUrl: url }),
    lookAlone: alone,
    async settle() {
      const side = await postgresSide(url)
      try {
        await side.run(`analyze ${listed(tableNames())}`)
        await side.run('commit')
      } finally {
        await side.close()
      }
    },
  }
}
