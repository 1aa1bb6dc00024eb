import { DatabaseSync } from 'node:sqlite'
import { newestSchema, sqliteScripts } from '../migrate.ts'

export interface MovedTable {
  readonly name: string
  readonly columns: readonly string[]
}

/**
 * Every table that these scripts make, each behind those that it refers to, so that rows can be put in that order. What a
 * later migration adds is among them by itself.
 */
export function tablesInOrder(
  scripts: readonly string[] = sqliteScripts(newestSchema),
): readonly MovedTable[] {
  const database = new DatabaseSync(':memory:')
  try {
    for (const script of scripts) database.exec(script)
    const column = (query: string, ...given: readonly string[]) =>
      database
        .prepare(query)
        .all(...given)
        .map(row => String(row['name']))
    const waiting = new Map(
      column("select name from sqlite_schema where type = 'table' order by name").map(name => [
        name,
        column('select "table" as name from pragma_foreign_key_list(?)', name).filter(to => to !== name),
      ]),
    )
    const ordered: MovedTable[] = []
    while (waiting.size > 0) {
      const ready = [...waiting].filter(([, parents]) => parents.every(parent => !waiting.has(parent)))
      if (ready.length === 0) throw new Error(`tables refer to each other: ${[...waiting.keys()].join(', ')}`)
      for (const [name] of ready) {
        waiting.delete(name)
        ordered.push({ name, columns: column('select name from pragma_table_info(?)', name) })
      }
    }
    return ordered
  } finally {
    database.close()
  }
}
