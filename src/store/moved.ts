import type { Engine } from './engine.ts'
import { OperatorError } from './operator-error.ts'

/** What a move leaves in a store: the old one is `moved`; the new one is `arriving` until the old one is closed. */
export interface MoveMark {
  /** The same in both stores of one move. */
  readonly id: string
  readonly state: 'moved' | 'arriving'
  /** What the store was moved to, or comes from. */
  readonly other: Engine
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Stops the start on a store that a move has closed. */
export class MovedError extends OperatorError {}

/** Asks a store as it stands, without Kysely's layers or with them. */
export type AskText = (query: string) => Promise<readonly object[]>

export const markThere = {
  sqlite: "exists (select 1 from sqlite_schema where name = 'store_move')",
  postgres: "to_regclass('store_move') is not null",
} as const

/** The mark of a store that may have one. */
export async function readMark(engine: Engine, ask: AskText): Promise<MoveMark | undefined> {
  const [found] = (await ask(`select ${markThere[engine]} as marked`)) as readonly { marked: unknown }[]
  if (!Number(found?.marked)) return undefined
  const [mark] = (await ask('select id, state, other, at from store_move')) as readonly MoveMark[]
  return mark && { ...mark, at: Number(mark.at) }
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

const movedTo: Readonly<Record<Engine, string>> = {
  postgres:
    'Start Lintel with the DATABASE_URL of that database. To come back here, run "lintel move --to sqlite".',
  sqlite:
    'Take DATABASE_URL out of the settings and start Lintel again. To come back here, empty this database and run "lintel move --to postgres".',
}
const engineWords: Readonly<Record<Engine, string>> = { sqlite: 'SQLite', postgres: 'PostgreSQL' }
const names = { sqlite: 'postgres', postgres: 'sqlite' } as const satisfies Readonly<Record<Engine, Engine>>

/** What a start on a marked store is refused with. */
export const movedError = ({ state, other, at }: MoveMark): MovedError =>
  new MovedError(
    state === 'moved'
      ? `This store was moved to ${engineWords[other]} on ${day(at)} and opens no more. ${movedTo[other]}`
      : `A move into this store has not come to its end. Run "lintel move --to ${names[other]}" again.`,
  )

/** @throws MovedError when a move has closed the store */
export async function assertNotMoved(engine: Engine, ask: AskText): Promise<void> {
  const mark = await readMark(engine, ask)
  if (mark !== undefined) throw movedError(mark)
}

const writes = ['insert', 'update', 'delete'] as const
const no = 'this store was moved: nothing is written here any more'

const refusals = {
  sqlite: {
    close: (tables: readonly string[]) =>
      tables.flatMap(table =>
        writes.map(
          write =>
            `create trigger "store_move_${table}_${write}" before ${write} on "${table}" begin select raise(abort, '${no}'); end`,
        ),
      ),
    open: (tables: readonly string[]) =>
      tables.flatMap(table => writes.map(write => `drop trigger if exists "store_move_${table}_${write}"`)),
  },
  postgres: {
    close: (tables: readonly string[]) => [
      `create function store_move_refuses() returns trigger language plpgsql as $$ begin raise exception '${no}'; end $$`,
      'grant select on store_move to public',
      ...tables.map(
        table =>
          `create trigger store_move before insert or update or delete or truncate on "${table}" for each statement execute function store_move_refuses()`,
      ),
    ],
    open: (tables: readonly string[]) => [
      ...tables.map(table => `drop trigger if exists store_move on "${table}"`),
      'drop function if exists store_move_refuses()',
    ],
  },
} as const

/**
 * Statements that mark a store and close it: the mark stops a start, and a trigger on each table refuses what a process
 * that was open all the while, of whichever version, would write. Nobody has to ask for the mark before a write.
 */
export const closing = (
  engine: Engine,
  { id, state, other, at }: MoveMark,
  tables: readonly string[],
): readonly string[] => [
  'create table store_move (id text not null, state text not null, other text not null, at bigint not null)',
  `insert into store_move (id, state, other, at) values ('${id}', '${state}', '${other}', ${at})`,
  ...refusals[engine].close(tables),
]

/** Statements that take mark and triggers away. */
export const opening = (engine: Engine, tables: readonly string[]): readonly string[] => [
  ...refusals[engine].open(tables),
  'drop table store_move',
]
