import { type Compilable, type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './schema.ts'

type Value = string | number | null

class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** Stands in a query for a value that comes with each run. */
export type SlotOf<Name extends string> = <Type extends Value>(name: Name) => RawBuilder<Type>

/**
 * Builds and compiles a query once; each run only puts the values in. For what every request asks: building the text
 * takes longer than most look-ups.
 */
export function preparedList<Name extends string, Row>(
  db: Kysely<Database>,
  build: (slot: SlotOf<Name>) => Compilable<Row>,
): (values: Readonly<Record<Name, Value>>) => Promise<readonly Row[]> {
  const compiled = build(
    <Type extends Value>(name: Name) => sql.val(new Slot(name)) as RawBuilder<unknown> as RawBuilder<Type>,
  ).compile()
  return async values => {
    const parameters = compiled.parameters.map(given =>
      given instanceof Slot ? values[given.name as Name] : given,
    )
    const query: CompiledQuery<Row> = { ...compiled, parameters }
    return (await db.executeQuery(query)).rows
  }
}

/** The same for a query that has one row or none. */
export function prepared<Name extends string, Row>(
  db: Kysely<Database>,
  build: (slot: SlotOf<Name>) => Compilable<Row>,
): (values: Readonly<Record<Name, Value>>) => Promise<Row | undefined> {
  const list = preparedList(db, build)
  return async values => (await list(values))[0]
}
