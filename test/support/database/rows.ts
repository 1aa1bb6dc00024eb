import { sql } from 'kysely'
import { openToLook } from '../../../src/store/store.ts'

const catalogues = {
  sqlite: "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'",
  postgres: 'select table_name as name from information_schema.tables where table_schema = current_schema()',
} as const

/** Everything that a store holds, by table, each row as text and in an order of its own; what it says of itself is left out. */
export async function everyRow(
  folder: string,
  databaseUrl?: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { engine, read, close } = await openToLook({ folder, databaseUrl })
  try {
    const { rows: tables } = await sql.raw<{ name: string }>(catalogues[engine]).execute(read)
    const names = tables.map(({ name }) => name).filter(name => !/^(?:schema_version|store_move)$/.test(name))
    const all: Record<string, readonly string[]> = {}
    for (const name of names.sort()) {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(read)
      all[name] = rows.map(row => JSON.stringify(Object.entries(row).sort())).sort()
    }
    return all
  } finally {
    await close()
  }
}
