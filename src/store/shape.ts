import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { newestSchema, sqliteScripts } from './migrate.ts'
import type { Store } from './store.ts'

/** One column or index, in words in which two stores can be compared. */
type Shape = ReadonlySet<string>

interface ColumnRow {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly required: number | boolean
}

interface IndexRow {
  readonly table: string
  readonly name: string
  readonly unique: number | boolean
}

const shapeOf = (columns: readonly ColumnRow[], indexes: readonly IndexRow[]): Shape =>
  new Set([
    ...columns.map(
      ({ table, column, type, required }) =>
        `${table}.${column} ${type.toLowerCase()}${Number(required) ? ' not null' : ''}`,
    ),
    ...indexes.map(
      ({ table, name, unique }) => `${Number(unique) ? 'unique ' : ''}index ${name} on ${table}`,
    ),
  ])

const sqliteColumns = `select m.name as "table", c.name as "column", c.type as type, (c."notnull" or c.pk > 0) as required
  from sqlite_schema m join pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%'`
const sqliteIndexes = `select m.name as "table", i.name as name, i."unique" as "unique"
  from sqlite_schema m join pragma_index_list(m.name) i where m.type = 'table' and i.origin = 'c'`

/** For PostgreSQL: the same facts of the schema in use. An index that belongs to a constraint is not among them. */
const postgresColumns = `select table_name as "table", column_name as "column", data_type as type,
  (is_nullable = 'NO') as required from information_schema.columns where table_schema = current_schema()`
const postgresIndexes = `select t.relname as "table", i.relname as name, x.indisunique as "unique"
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
  where t.relnamespace = current_schema()::regnamespace
  and not exists (select from pg_constraint c where c.conindid = i.oid)`

const queries = {
  sqlite: [sqliteColumns, sqliteIndexes],
  postgres: [postgresColumns, postgresIndexes],
} as const

/** What a store has. */
export async function readShape({ engine, read }: Pick<Store, 'engine' | 'read'>): Promise<Shape> {
  const [columns, indexes] = queries[engine]
  return shapeOf(
    (await sql.raw<ColumnRow>(columns).execute(read)).rows,
    (await sql.raw<IndexRow>(indexes).execute(read)).rows,
  )
}

/** What the migrations of this program make. */
export function shapeMeant(): Shape {
  const database = new DatabaseSync(':memory:')
  try {
    for (const script of sqliteScripts(newestSchema)) database.exec(script)
    const rows = (query: string) => database.prepare(query).all() as unknown[]
    return shapeOf(rows(sqliteColumns) as ColumnRow[], rows(sqliteIndexes) as IndexRow[])
  } finally {
    database.close()
  }
}

/** What a store lacks of what is meant, and what is other or more in tables of ours. */
export function differences(
  found: Shape,
  meant: Shape,
): { readonly lacks: string[]; readonly has: string[] } {
  const tables = new Set([...meant].map(line => line.split('.')[0]))
  const isOurs = (line: string) =>
    tables.has(line.includes(' on ') ? line.split(' on ')[1] : line.split('.')[0])
  return {
    lacks: [...meant].filter(line => !found.has(line)),
    has: [...found].filter(line => !meant.has(line) && isOurs(line)),
  }
}
