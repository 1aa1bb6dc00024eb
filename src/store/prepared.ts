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
import type { Store, Tx } from './store.ts'

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
  { ask }: Pick<Store, 'ask'>,
  build: (slot: SlotOf<Name>) => Compilable<Row>,
): (values: Readonly<Record<Name, Value>>) => Promise<readonly Row[]> {
  const compiled = build(slotOf).compile()
  return async values => (await ask(filled(compiled, values))).rows
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

/** The same for a query that has one row or none and asks for no values, where the store comes with each run. */
export function preparedOn<Row>(
  build: (db: Kysely<Database>) => Compilable<Row>,
): (store: Pick<Store, 'read' | 'ask'>) => Promise<Row | undefined> {
  const compiledFor = onceForEach(build)
  return async ({ read, ask }) => (await ask(compiledFor(read))).rows[0]
}

/** The same for a query that has any number of rows, where the store comes with each run. */
export function preparedWith<Name extends string, Row>(
  build: (db: Kysely<Database>, slot: SlotOf<Name>) => Compilable<Row>,
): (store: Pick<Store, 'read' | 'ask'>, values: Readonly<Record<Name, Value>>) => Promise<readonly Row[]> {
  const compiledFor = onceForEach(db => build(db, slotOf))
  return async ({ read, ask }, values) => (await ask(filled(compiledFor(read), values))).rows
}

/** Compiles for each connection pool once. */
function onceForEach<Row>(
  build: (db: Kysely<Database>) => Compilable<Row>,
): (db: Kysely<Database>) => CompiledQuery<Row> {
  const made = new WeakMap<DialectAdapter, CompiledQuery<Row>>()
  return db => {
    const { adapter } = db.getExecutor()
    const compiled = made.get(adapter) ?? build(db).compile()
    made.set(adapter, compiled)
    return compiled
  }
}

/** What a statement may run on: a transaction, or Kysely as `writeOne` gives it. */
type Runner = Kysely<Database> | Tx

/** The same for what changes something: built once for each engine, run where it is told to. */
export function preparedIn<Name extends string, Row>(
  build: (db: Kysely<Database>, slot: SlotOf<Name>) => Compilable<Row>,
): (on: Runner, values: Readonly<Record<Name, Value>>) => Promise<QueryResult<Row>> {
  const compiledFor = onceForEach(db => build(db, slotOf))
  return (on, values) => {
    const query = filled(compiledFor('ask' in on ? on.db : on), values)
    return 'ask' in on ? on.ask(query) : on.executeQuery(query)
  }
}

/** The same for a query that has one row or none. */
export function prepared<Name extends string, Row>(
  store: Pick<Store, 'ask'>,
  build: (slot: SlotOf<Name>) => Compilable<Row>,
): (values: Readonly<Record<Name, Value>>) => Promise<Row | undefined> {
  const list = preparedList(store, build)
  return async values => (await list(values))[0]
}
