import { type Logger, pino } from 'pino'
import { createAudit } from './audit/audit.ts'
import { recordBaseline } from './audit/baseline.ts'
import { endsVisits } from './openid/visits.ts'
import { createHashQueue } from './password/hash-queue.ts'
import { createHasher, type Hasher, type Pepper } from './password/hashing.ts'
import type { Services } from './session/services.ts'
import { type Settings, settingsTable } from './settings.ts'
import type { Keyring } from './store/keyring.ts'
import { closeToEverybody, loadKeyring, secretFilePath } from './store/secret-file.ts'
import { openStore } from './store/store.ts'

/** The process's log: one JSON object a line on standard error. */
export const openLog = (level: string = settingsTable.LOG_LEVEL.default): Logger =>
  pino({ level, serializers: { err: errorForLog } }, pino.destination(2))

/** Opens the store, brings its schema up to date and reads the keys: what the server, the demo and the command line share. */
export async function openServices(settings: Settings, schema?: number): Promise<Services> {
  const log = openLog(settings.LOG_LEVEL)
  const store = await openStore({
    folder: settings.LINTEL_DATA,
    databaseUrl: settings.DATABASE_URL,
    onLost: error => log.error({ err: error }, 'a connection to the database broke'),
    ...(schema !== undefined && { schema }),
  })
  const now = Date.now
  const secretFile = secretFilePath(settings.LINTEL_DATA, settings.LINTEL_SECRET_FILE)
  if (closeToEverybody(secretFile))
    log.warn({ file: secretFile }, 'everybody on this machine could read the secret file; it is closed now')
  const keyring = await loadKeyring(store, secretFile, now())
  const audit = createAudit(keyring, now)
  if (schema === undefined) await recordBaseline(store, audit)
  return { settings, store, keyring, audit, onEnd: [endsVisits(audit)], log, now }
}

/** The part of an error that may be logged: a driver hangs its connection on it, with the values of the last queries. */
export function errorForLog(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack } = error
  return { type: name, message, stack, ...('code' in error && { code: error.code }) }
}

/** The one hasher of a process, with a queue of its own. */
export const openHasher = (keyring: Keyring): Hasher =>
  createHasher({ pepper: pepperOf(keyring), queue: createHashQueue() })

function pepperOf(keyring: Keyring): Pepper {
  const keys = new Map(
    keyring.ids
      .flatMap(id => [[id, keyring.key('pepper', id)] as const])
      .filter((pair): pair is [string, Buffer] => pair[1] !== undefined),
  )
  return { currentId: keyring.currentId, keys }
}
