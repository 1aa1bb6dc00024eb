import { type Kysely, sql, type Transaction } from 'kysely'
import type { Engine } from './engine.ts'
import { frontDoor } from './migrations/001-front-door.ts'
import { theDesk } from './migrations/002-the-desk.ts'
import { wordsOfAnAccount } from './migrations/003-words-of-an-account.ts'
import { severalAuthenticators } from './migrations/004-several-authenticators.ts'
import { oneIdOfASignIn } from './migrations/005-one-id-of-a-sign-in.ts'
import { whatAMailServerSaid } from './migrations/006-what-a-mail-server-said.ts'
import { birthOfAChain } from './migrations/007-birth-of-a-chain.ts'
import { applications } from './migrations/008-applications.ts'
import { ownWords } from './migrations/009-own-words.ts'
import { aKeyIsRetired } from './migrations/010-a-key-is-retired.ts'
import { recordOfAPerson } from './migrations/011-record-of-a-person.ts'
import { knownBrowsers } from './migrations/012-known-browsers.ts'
import { homeLinks } from './migrations/013-home-links.ts'
import { codeCards } from './migrations/014-code-cards.ts'
import { whatAClaimStandsOn } from './migrations/015-what-a-claim-stands-on.ts'
import { stageOfASigningKey } from './migrations/016-stage-of-a-signing-key.ts'
import { passkeys } from './migrations/017-passkeys.ts'
import { secondStepInTime } from './migrations/018-second-step-in-time.ts'
import { whereAWorkgroupWorks } from './migrations/019-where-a-workgroup-works.ts'
import { theAgencysDesk } from './migrations/020-the-agencys-desk.ts'
import { courses } from './migrations/021-courses.ts'
import { standingOfAgencies } from './migrations/022-standing-of-agencies.ts'
import { trainingAgain } from './migrations/023-training-again.ts'
import { renewals } from './migrations/024-renewals.ts'
import { lists } from './migrations/025-lists.ts'
import { moves } from './migrations/026-moves.ts'
import { updatesByAFile } from './migrations/027-updates-by-a-file.ts'
import { type AskText, assertNotMoved, markThere } from './moved.ts'
import { OperatorError } from './operator-error.ts'
import type { Database } from './schema.ts'

/** In the order in which they run; the place in the list is the schema's version. */
const migrations: readonly string[] = [
  frontDoor,
  theDesk,
  wordsOfAnAccount,
  severalAuthenticators,
  oneIdOfASignIn,
  whatAMailServerSaid,
  birthOfAChain,
  applications,
  ownWords,
  aKeyIsRetired,
  recordOfAPerson,
  knownBrowsers,
  homeLinks,
  codeCards,
  whatAClaimStandsOn,
  stageOfASigningKey,
  passkeys,
  secondStepInTime,
  whereAWorkgroupWorks,
  theAgencysDesk,
  courses,
  standingOfAgencies,
  trainingAgain,
  renewals,
  lists,
  moves,
  updatesByAFile,
]
/** The version of the schema that this program writes. */
export const newestSchema = migrations.length
/** The scripts of the first versions, as SQLite runs them. */
export const sqliteScripts = (to: number): readonly string[] => migrations.slice(0, to)
/** Any number that other programs on the same server are unlikely to lock. */
const lockNumber = 5_461_835
/** PostgreSQL's code for a right that a role lacks. */
const insufficientPrivilege = '42501'

export class NewerSchemaError extends OperatorError {}

/** Stops the start: the schema is older than the program, and the role may not change it. */
class SchemaRightsError extends OperatorError {
  constructor(version: number) {
    const found = version === 0 ? 'holds no schema of Lintel yet' : `holds schema ${version} of Lintel`
    super(
      `The database ${found}, this program needs ${newestSchema}, and the role of DATABASE_URL may not change it. With the DATABASE_URL of the role that owns the tables, run: lintel database prepare --role NAME (the role that Lintel runs with).`,
    )
  }
}

/** Text sorts by code point on both engines. */
function forEngine(script: string, engine: Engine): string {
  return engine === 'postgres' ? script.replace(/^( {2}\w+ text)\b/gm, '$1 collate "C"') : script
}

const newer = (from: number) =>
  new NewerSchemaError(
    `The store was written by a newer Lintel (schema ${from}, this program knows ${newestSchema}). Start that version, or restore a backup made before the upgrade.`,
  )

const asking =
  (database: Kysely<Database>): AskText =>
  async query =>
    (await sql.raw<object>(query).execute(database)).rows

/**
 * The version of the schema in PostgreSQL, looked at with no more than the right to read; 0 when there is none.
 * @throws MovedError when a move has closed the store
 */
async function schemaInPostgres(database: Kysely<Database>): Promise<number> {
  const there = await sql<{
    there: boolean
    marked: boolean
  }>`select to_regclass('schema_version') is not null as there, ${sql.raw(markThere.postgres)} as marked`.execute(
    database,
  )
  if (there.rows[0]?.marked === true) await assertNotMoved('postgres', asking(database))
  if (there.rows[0]?.there !== true) return 0
  const found = await sql<{
    version: number | null
  }>`select max(version) as version from schema_version`.execute(database)
  return found.rows[0]?.version ?? 0
}

/**
 * Brings the schema in PostgreSQL up to date where it is not: a role that may change nothing of it is enough otherwise.
 * `change` runs `migrate` on a connection that may take its time.
 * @throws NewerSchemaError, SchemaRightsError, MovedError
 */
export async function migratePostgres(
  database: Kysely<Database>,
  change: () => Promise<void>,
  to = newestSchema,
): Promise<void> {
  const version = await schemaInPostgres(database)
  if (version === to) return
  if (version > newestSchema) throw newer(version)
  try {
    await change()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === insufficientPrivilege)
      throw new SchemaRightsError(version)
    throw error
  }
}

/**
 * Brings the schema up to date under a lock, so that processes that start together do it once. `to`: a version before the
 * newest, for tests of an upgrade.
 */
export async function migrate(database: Kysely<Database>, engine: Engine, to = newestSchema): Promise<void> {
  await database.transaction().execute(async tx => {
    if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(tx)
    await assertNotMoved(engine, asking(tx))
    await sql`create table if not exists schema_version (version integer not null)`.execute(tx)
    const found = await sql<{ version: number }>`select max(version) as version from schema_version`.execute(
      tx,
    )
    const from = found.rows[0]?.version ?? 0
    if (from > newestSchema) throw newer(from)
    for (const [index, script] of migrations.slice(0, to).entries())
      if (index >= from) await apply(tx, forEngine(script, engine), index + 1)
  })
}

async function apply(tx: Transaction<Database>, script: string, version: number): Promise<void> {
  for (const statement of script.split(';')) if (statement.trim() !== '') await sql.raw(statement).execute(tx)
  await sql`insert into schema_version (version) values (${sql.lit(version)})`.execute(tx)
}
