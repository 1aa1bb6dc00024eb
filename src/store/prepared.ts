import {
  type Compilable,
  type CompiledQuery,
  type DialectAdapter,
  type Kysely,
  type QueryResult,
  type RawBuilder,
  sql,
} from 'kysely'
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
  const compiled = build(slotOf).compile()
  return async values => (await db.executeQuery(filled(compiled, values))).rows
}

const slotOf = <Type extends Value>(name: string) =>
  sql.val(new Slot(name)) as RawBuilder<unknown> as RawBuilder<Type>

function filled<Row>(
  compiled: CompiledQuery<Row>,
  values: Readonly<Record<string, Value>>,
): CompiledQuery<Row> {
  const parameters = compiled.parameters.map(given => (given instanceof Slot ? values[given.name] : given))
  return { ...compiled, parameters }
}

/** The same for what runs in a transaction: built once for each engine, run on the connection that is given. */
export function preparedIn<Name extends string, Row>(
  build: (db: Kysely<Database>, slot: SlotOf<Name>) => Compilable<Row>,
): (db: Kysely<Database>, values: Readonly<Record<Name, Value>>) => Promise<QueryResult<Row>> {
  const made = new WeakMap<DialectAdapter, CompiledQuery<Row>>()
  return (db, values) => {
    const { adapter } = db.getExecutor()
    const compiled = made.get(adapter) ?? build(db, slotOf).compile()
    made.set(adapter, compiled)
    return db.executeQuery(filled(compiled, values))
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
