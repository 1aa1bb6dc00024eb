import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { createAudit } from '../../../src/audit/audit.ts'
import { endsVisits } from '../../../src/openid/visits.ts'
import type { Services } from '../../../src/session/services.ts'
import { readSettings, type Settings } from '../../../src/settings.ts'
import { createKeyring } from '../../../src/store/keyring.ts'
import { openStore, type Store, type StoreOptions } from '../../../src/store/store.ts'
import { type Engine, engines, freshFolder, freshPostgres } from './databases.ts'

/** A clock that stands still until a test moves it. Milliseconds since 1970. */
export interface Clock {
  now(): number
  advance(milliseconds: number): void
}

/** Where a fresh store will be: nothing is made there yet. */
export interface Place {
  readonly engine: Engine
  readonly folder: string
  readonly options: StoreOptions
  /** Opens the store with connections of its own, as each process does; closed after the test. */
  open(): Promise<Store>
}

/** A fresh store, opened; `open` opens it once more, as a second process does. */
export interface Opened extends Place {
  readonly store: Store
  readonly clock: Clock
  /** The services that every feature is given, on this store and clock. */
  readonly services: Services
}

const firstMoment = Date.UTC(2026, 0, 15, 12)

export function createClock(): Clock {
  let at = firstMoment
  return {
    now: () => at,
    advance: milliseconds => {
      at += milliseconds
    },
  }
}

/** A test, or a suite of them. */
interface Ending {
  after(work: () => Promise<void>): void
}

/** A place for a store, gone after the test: empty, or on PostgreSQL a copy of a template. */
export async function freshPlace(t: Ending, engine: Engine, template?: string): Promise<Place> {
  const opened: Store[] = []
  const folder = await freshFolder()
  const database = engine === 'postgres' ? await freshPostgres(template) : undefined
  t.after(async () => {
    await Promise.all(opened.splice(0).map(store => store.close()))
    await database?.drop()
    await folder.remove()
  })
  const options = { folder: folder.path, databaseUrl: database?.url, onLost: () => {} }
  return {
    engine,
    folder: folder.path,
    options,
    async open() {
      const store = await openStore(options)
      opened.push(store)
      return store
    },
  }
}

/** Settings of a store in a folder; throws when a test's own are wrong. */
export function settingsFor(
  folder: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Settings {
  const read = readSettings({
    LINTEL_DATA: folder,
    LINTEL_SECRET_FILE: join(folder, 'secret.json'),
    ...env,
  })
  if (!read.ok) throw new Error(read.problems.join(' '))
  return read.settings
}

export async function openFresh(t: Ending, engine: Engine): Promise<Opened> {
  const place = await freshPlace(t, engine, process.env['TEST_DATABASE_TEMPLATE'])
  const store = await place.open()
  const clock = createClock()
  const keyring = createKeyring([{ id: 'testkey1', secret: randomBytes(32) }])
  const settings = settingsFor(place.folder, { DATABASE_URL: place.options.databaseUrl })
  const audit = createAudit(keyring, clock.now)
  return {
    ...place,
    store,
    clock,
    services: {
      settings,
      store,
      keyring,
      audit,
      onEnd: [endsVisits(audit)],
      log: pino({ level: 'silent' }),
      now: clock.now,
    },
  }
}

/** One test for each engine; `open` gives a fresh, empty store each time. */
export function eachEngine(
  name: string,
  work: (open: () => Promise<Opened>, t: TestContext, engine: Engine) => Promise<void>,
): void {
  for (const engine of engines) test(`${name} (${engine})`, t => work(() => openFresh(t, engine), t, engine))
}
