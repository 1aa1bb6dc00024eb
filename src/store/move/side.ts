import { DatabaseSync } from 'node:sqlite'
import type { Engine } from '../engine.ts'
import type { MovedTable } from './tables.ts'

export type MovedRow = Readonly<Record<string, string | number | null>>

/** One of the two stores of a move, in one transaction of its own and with nobody else in it. */
export interface Side {
  readonly engine: Engine
  run(statement: string): Promise<void>
  ask(query: string): Promise<readonly object[]>
  /** All rows of a table, some at a time, in no order. */
  pages(table: MovedTable): AsyncIterable<readonly MovedRow[]>
  put(table: MovedTable, rows: readonly MovedRow[]): Promise<void>
  /** Ends what is not committed. */
  close(): Promise<void>
}

/** Rows of one page: enough to spare round trips. */
const atOnce = 2_000

export const listed = (names: readonly string[]): string => names.map(name => `"${name}"`).join(', ')

/** A file that only one program can use while this is open. @throws when another program has it open */
export function sqliteSide(path: string): Side {
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    database.exec('pragma journal_mode = delete; pragma foreign_keys = off; begin exclusive')
  } catch (error) {
    database.close()
    throw error
  }
  return {
    engine: 'sqlite',
    run: async statement => database.exec(statement),
    ask: async query => database.prepare(query).all(),
    async *pages({ name, columns }) {
      let page: MovedRow[] = []
      for (const row of database.prepare(`select ${listed(columns)} from "${name}"`).iterate()) {
        page.push(row as MovedRow)
        if (page.length < atOnce) continue
        yield page
        page = []
      }
      if (page.length > 0) yield page
    },
    async put({ name, columns }, rows) {
      const marks = columns.map(() => '?').join(', ')
      const insert = database.prepare(`insert into "${name}" (${listed(columns)}) values (${marks})`)
      for (const row of rows) insert.run(...columns.map(column => row[column] ?? null))
    },
    close: async () => database.close(),
  }
}

/** One connection that waits as long as it takes. */
export async function postgresSide(url: string): Promise<Side> {
  const { patientPool, takeConnection } = await import('../postgres.ts')
  const pool = patientPool(url)
  const client = await takeConnection(pool).catch(async error => {
    await pool.end()
    throw error
  })
  const run = async (statement: string) => void (await client.query(statement))
  await run('begin')
  await run('set local statement_timeout = 0')
  await run('set local idle_in_transaction_session_timeout = 0')
  return {
    engine: 'postgres',
    run,
    ask: async query => (await client.query<object>(query)).rows,
    async *pages({ name, columns }) {
      await run(`declare moved no scroll cursor for select ${listed(columns)} from "${name}"`)
      for (;;) {
        const { rows } = await client.query<MovedRow>(`fetch ${atOnce} from moved`)
        if (rows.length > 0) yield rows
        if (rows.length < atOnce) break
      }
      await run('close moved')
    },
    async put({ name, columns }, rows) {
      await client.query(
        `insert into "${name}" (${listed(columns)})
          select ${listed(columns)} from json_populate_recordset(null::"${name}", $1)`,
        [JSON.stringify(rows)],
      )
    },
    async close() {
      client.release(true)
      await pool.end()
    },
  }
}
