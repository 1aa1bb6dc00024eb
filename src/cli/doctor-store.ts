import { existsSync } from 'node:fs'
import type { Settings } from '../settings.ts'
import { newestSchema } from '../store/migrate.ts'
import { assertNotMoved } from '../store/moved.ts'
import { provePoolerAt } from '../store/pooler.ts'
import { mayRewrite } from '../store/privileges.ts'
import { tryDatabase, tryFolder } from '../store/room.ts'
import { proveKeyring, secretFilePath } from '../store/secret-file.ts'
import { differences, readShape, shapeMeant } from '../store/shape.ts'
import { openOnlooker } from '../store/sqlite.ts'
import { openToLook, type Store, sqliteFile } from '../store/store.ts'
import { readCourses } from '../training/courses.ts'
import { lookAtApplications } from './doctor-applications.ts'
import { lookAtQueue } from './doctor-mail.ts'
import { lookAtMoodle } from './doctor-moodle.ts'
import { lookAtPasskeys } from './doctor-passkeys.ts'
import { lookAtSources } from './doctor-sources.ts'
import type { Finding } from './finding.ts'
import { askPostgres, isStarted, placeOf } from './open.ts'
import { explain } from './trouble.ts'

const what = 'store'
const minute = 60_000
const query = 'select max(version) as version from schema_version'

/** The store is opened only when its schema is this program's: looking must not bring it up to date. */
export async function lookAtStore(settings: Settings): Promise<readonly Finding[]> {
  try {
    if (settings.DATABASE_URL === undefined && existsSync(settings.LINTEL_DATA))
      tryFolder(settings.LINTEL_DATA)
    if (settings.DATABASE_URL !== undefined) await provePoolerAt(settings.DATABASE_URL)
    const version = await readVersion(settings)
    if (version === undefined)
      return [{ what, state: 'warn', says: `nothing ${placeOf(settings)} yet: "npm start" makes it.` }]
    if (version > newestSchema)
      return [
        {
          what,
          state: 'bad',
          says: `a newer Lintel wrote it (schema ${version}, this one knows ${newestSchema}). Run that version.`,
        },
      ]
    if (version < newestSchema)
      return [
        {
          what,
          state: 'warn',
          says: `schema ${version}; the next start brings it to ${newestSchema}. Make a backup before.`,
        },
      ]
    if (!(await isStarted(settings)))
      return [
        {
          what,
          state: 'warn',
          says: `a schema ${placeOf(settings)}, and nothing in it: "npm start" fills it.`,
        },
      ]
    return await lookInside(settings)
  } catch (error) {
    return [{ what, state: 'bad', says: explain(error)[0] ?? 'it cannot be opened.' }]
  }
}

/** @throws MovedError when a move has closed the store */
async function readVersion({ LINTEL_DATA, DATABASE_URL }: Settings): Promise<number | undefined> {
  if (DATABASE_URL !== undefined) {
    await assertNotMoved('postgres', asked => askPostgres(DATABASE_URL, asked))
    const there = await askPostgres<{ there: boolean }>(
      DATABASE_URL,
      "select to_regclass('schema_version') is not null as there",
    )
    if (there[0]?.there !== true) return undefined
    return (await askPostgres<{ version: number | null }>(DATABASE_URL, query))[0]?.version ?? undefined
  }
  const path = sqliteFile(LINTEL_DATA)
  if (!existsSync(path)) return undefined
  const database = openOnlooker(path)
  try {
    await assertNotMoved('sqlite', async asked => database.prepare(asked).all())
    return Number(database.prepare(query).get()?.['version'] ?? 0) || undefined
  } finally {
    database.close()
  }
}

async function lookInside(settings: Settings): Promise<readonly Finding[]> {
  const store = await openToLook({ folder: settings.LINTEL_DATA, databaseUrl: settings.DATABASE_URL })
  const now = Date.now
  try {
    await proveKeyring(store.read, secretFilePath(settings.LINTEL_DATA, settings.LINTEL_SECRET_FILE))
    const other = shapeInWords(differences(await readShape(store), shapeMeant()))
    if (other.length > 0) return other
    const accounts = await store.read
      .selectFrom('account')
      .select(eb => eb.fn.countAll<number>().as('number'))
      .executeTakeFirstOrThrow()
    const administrators = await store.read
      .selectFrom('counter')
      .select('value')
      .where('name', '=', 'active administrators')
      .executeTakeFirst()
    const courses = await readCourses(store.read)
    const last = await store.read
      .selectFrom('audit_record')
      .select(eb => eb.fn.max('at').as('at'))
      .executeTakeFirst()
    return [
      {
        what,
        state: 'good',
        says: `${store.engine}, schema ${newestSchema}, ${Number(accounts.number)} accounts; the secret file fits it`,
      },
      ...(store.engine === 'postgres' ? await lookAtRole(store) : []),
      ...(await lookAtSources(store, settings, now())),
      await lookAtQueue(store),
      await lookAtPasskeys(store, settings),
      ...(await lookAtApplications(store, settings.https, now())),
      ...(await lookAtMoodle(
        settings,
        courses.map(course => course.moodleId),
      )),
      administratorsInWords(administrators?.value ?? 0),
      clockInWords(last?.at ?? 0, now()),
    ]
  } finally {
    await store.close()
  }
}

/** Another version of the program, or somebody's hand, has made the tables under the same number. */
function shapeInWords({ lacks, has }: ReturnType<typeof differences>): readonly Finding[] {
  if (lacks.length + has.length === 0) return []
  const parts = [['it lacks', lacks] as const, ['it has', has] as const].filter(([, list]) => list.length > 0)
  return [
    {
      what: 'schema',
      state: 'bad',
      says: `the tables are not those of schema ${newestSchema}: ${parts.map(([how, list]) => `${how} ${list.join(', ')}`).join('; ')}. Run the program that made them, or restore a backup that was made with this one.`,
    },
  ]
}

function administratorsInWords(number: number): Finding {
  if (number > 1) return { what: 'administrators', state: 'good', says: `${number} are active` }
  return {
    what: 'administrators',
    state: 'warn',
    says: `${number === 1 ? 'only one is' : 'none is'} active: make a second one, so that one lost phone shuts nobody out.`,
  }
}

/** The role writes, and takes back, what a running Lintel writes all the time. */
async function lookAtRole({ read }: Pick<Store, 'read'>): Promise<readonly Finding[]> {
  await tryDatabase(read)
  return [roleInWords(await mayRewrite(read))]
}

/** Anyone who gets hold of `DATABASE_URL` can do what its role can (ASVS V13.2.2). */
const roleInWords = (rewrites: boolean): Finding => ({
  what: 'database role',
  state: 'good',
  says: rewrites
    ? 'it owns the tables, so it could rewrite the audit log, which "lintel audit verify" would find. "lintel database prepare" makes one that cannot.'
    : 'it can add to the audit log and not rewrite it',
})

/** Records of the future mean that the clock went back: waits, codes and sessions would last too long. */
function clockInWords(lastRecordAt: number, now: number): Finding {
  const ahead = lastRecordAt - now
  return ahead > minute
    ? {
        what: 'clock',
        state: 'bad',
        says: `the newest audit record is ${Math.ceil(ahead / minute)} minutes in the future: set the machine's clock.`,
      }
    : { what: 'clock', state: 'good', says: new Date(now).toISOString() }
}
