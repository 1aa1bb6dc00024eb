import { type RawBuilder, sql } from 'kysely'
import type { Keyring } from './keyring.ts'
import type { Database } from './schema.ts'
import type { Store } from './store.ts'

/** A column that holds sealed values, with what binds each of them to its row. */
export interface SealedColumn {
  readonly table: keyof Database
  readonly column: string
  /** A column with an index, by which a row is found again. */
  readonly key: string
  /** What the context is made of, as SQL over the row. */
  readonly facts: Readonly<Record<string, RawBuilder<unknown>>>
  readonly context: (facts: Readonly<Record<string, unknown>>) => string
}

/** A sealed column of the room that seals it; every one is in a list of the command line. */
export const sealedIn = <Table extends keyof Database, Fact extends string>(
  table: Table,
  column: string & keyof Database[Table],
  key: string & keyof Database[Table],
  facts: Readonly<Record<Fact, RawBuilder<unknown>>>,
  context: (facts: Readonly<Record<Fact, string>>) => string,
): SealedColumn => ({
  table,
  column,
  key,
  facts,
  context: row => context(row as Readonly<Record<Fact, string>>),
})

/** How many values were sealed anew, and how many no key opens: they are dead, and stay as they are. */
interface Resealed {
  readonly sealed: number
  readonly dead: number
}

/** The sealed value, its key, and what binds it to its row. */
const wantedOf = (of: SealedColumn): RawBuilder<unknown> =>
  sql.join([
    sql`${sql.ref(of.column)} as sealed`,
    sql`${sql.ref(of.key)} as key`,
    ...Object.entries(of.facts).map(([name, fact]) => sql`${fact} as ${sql.ref(name)}`),
  ])

interface Row extends Record<string, unknown> {
  readonly sealed: string
  readonly key: string
}

/** Rows looked at in one go. */
const portion = 500

/**
 * Seals what a column holds with the key in use, so that a former one opens none of it in a later copy of the store.
 * Somebody's change at the same moment wins.
 */
export async function resealColumn(
  { store, keyring }: { readonly store: Store; readonly keyring: Keyring },
  of: SealedColumn,
): Promise<Resealed> {
  const table = sql.table(of.table)
  const column = sql.ref(of.column)
  let [sealed, dead, after] = [0, 0, '']
  for (;;) {
    const { rows } = await sql<Row>`
      select ${wantedOf(of)} from ${table}
      where ${column} > ${after} and ${column} not like ${`${keyring.currentId}.%`}
      order by ${column} limit ${sql.lit(portion)}`.execute(store.read)
    await store.write(async ({ db }) => {
      for (const row of rows) {
        const text = keyring.openForReseal(row.sealed, of.context(row))
        if (text === undefined) {
          dead += 1
          continue
        }
        const fresh = keyring.seal(text, of.context(row))
        const changed = await sql`
          update ${table} set ${column} = ${fresh}
          where ${sql.ref(of.key)} = ${row.key} and ${column} = ${row.sealed}`.execute(db)
        sealed += Number(changed.numAffectedRows ?? 0n)
      }
    })
    const last = rows.at(-1)
    if (last === undefined || rows.length < portion) return { sealed, dead }
    after = last.sealed
  }
}

/** The first values of a column, opened, by their keys: two stores of the same rows and keys say the same. */
export async function openSome(
  { store, keyring }: { readonly store: Pick<Store, 'read'>; readonly keyring: Keyring },
  of: SealedColumn,
  number: number,
): Promise<readonly (readonly [key: string, text: string | undefined])[]> {
  const { rows } = await sql<Row>`
    select ${wantedOf(of)} from ${sql.table(of.table)} where ${sql.ref(of.column)} is not null
    order by ${sql.ref(of.key)} limit ${sql.lit(number)}`.execute(store.read)
  return rows.map(row => [row.key, keyring.openForReseal(row.sealed, of.context(row))] as const)
}
