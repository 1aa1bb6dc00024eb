import { type Kysely, sql, type Transaction } from 'kysely'
import { frontDoor } from './migrations/001-front-door.ts'
import { theDesk } from './migrations/002-the-desk.ts'
import { wordsOfAnAccount } from './migrations/003-words-of-an-account.ts'
import type { Database } from './schema.ts'

export type Engine = 'sqlite' | 'postgres'

/** In the order in which they run; the place in the list is the schema's version. */
const migrations: readonly string[] = [frontDoor, theDesk, wordsOfAnAccount]
/** The version of the schema that this program writes. */
export const newestSchema = migrations.length
/** Any number that other programs on the same server are unlikely to lock. */
const lockNumber = 5_461_835

export class NewerSchemaError extends Error {}

/** Text sorts by code point on both engines. */
function forEngine(script: string, engine: Engine): string {
  return engine === 'postgres' ? script.replace(/^( {2}\w+ text)\b/gm, '$1 collate "C"') : script
}

/**
 * Brings the schema up to date under a lock, so that processes that start together do it once. `to`: a version before the
 * newest, for tests of an upgrade.
 */
export async function migrate(database: Kysely<Database>, engine: Engine, to = newestSchema): Promise<void> {
  await database.transaction().execute(async tx => {
    if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(tx)
    await sql`create table if not exists schema_version (version integer not null)`.execute(tx)
    const found = await sql<{ version: number }>`select max(version) as version from schema_version`.execute(
      tx,
    )
    const from = found.rows[0]?.version ?? 0
    if (from > migrations.length) {
      throw new NewerSchemaError(
        `The store was written by a newer Lintel (schema ${from}, this program knows ${migrations.length}). Start that version, or restore a backup made before the upgrade.`,
      )
    }
    for (const [index, script] of migrations.slice(0, to).entries())
      if (index >= from) await apply(tx, forEngine(script, engine), index + 1)
  })
}

async function apply(tx: Transaction<Database>, script: string, version: number): Promise<void> {
  for (const statement of script.split(';')) if (statement.trim() !== '') await sql.raw(statement).execute(tx)
  await sql`insert into schema_version (version) values (${sql.lit(version)})`.execute(tx)
}
