import { type CompiledQuery, type DialectAdapter, type Insertable, type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** Rows of one statement: enough to spare round trips, few enough that nobody waits for one. */
const atOnce = 100

/**
 * Builds the statement that puts so many rows into a table once for each engine; each run only puts values in. For what
 * writes thousands of rows while others wait: building the text takes longer than the rows. Only the named columns are
 * written.
 * @returns what puts any number of rows, a hundred with each statement.
 */
export function putsRows<Table extends keyof Database, Column extends keyof Insertable<Database[Table]>>(
  table: Table,
  columns: readonly Column[],
): (
  db: Kysely<Database>,
  rows: readonly Readonly<Record<Column, string | number | null>>[],
) => Promise<void> {
  const made = new WeakMap<DialectAdapter, CompiledQuery>()
  const compile = (db: Kysely<Database>, count: number): CompiledQuery => {
    const names = sql.join(columns.map(column => sql.ref(String(column))))
    const row = sql`(${sql.join(columns.map(() => null))})`
    const rows = sql.join(Array<typeof row>(count).fill(row))
    return sql`insert into ${sql.table(table)} (${names}) values ${rows}`.compile(db)
  }
  return async (db, rows) => {
    const { adapter } = db.getExecutor()
    for (let from = 0; from < rows.length; from += atOnce) {
      const some = rows.slice(from, from + atOnce)
      const isFull = some.length === atOnce
      const query = (isFull ? made.get(adapter) : undefined) ?? compile(db, some.length)
      if (isFull) made.set(adapter, query)
      const parameters = some.flatMap(row => columns.map(column => row[column]))
      await db.executeQuery({ ...query, parameters })
    }
  }
}
