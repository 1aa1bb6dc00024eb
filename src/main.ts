import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type ServerType, serve } from '@hono/node-server'
import { pino } from 'pino'
import { createApp } from './app.ts'
import { createAudit, readHeads } from './audit/audit.ts'
import { firstStart } from './first-start.ts'
import { loadBlocklist } from './password/blocklist.ts'
import { createHashQueue } from './password/hash-queue.ts'
import { createHasher } from './password/hashing.ts'
import type { Services } from './session/services.ts'
import { readSettings, type Settings } from './settings.ts'
import type { Keyring } from './store/keyring.ts'
import { NewerSchemaError } from './store/migrate.ts'
import { loadKeyring, SecretFileError, secretFilePath } from './store/secret-file.ts'
import { openStore } from './store/store.ts'

/** Milliseconds; slow clients lose their connection (hostile case 130). */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
}
/** Milliseconds that a stop waits for what is in flight. */
const patience = 15_000
const minute = 60_000

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function stopWith(lines: readonly string[]): never {
  for (const line of lines) process.stderr.write(`${line}\n`)
  process.exit(1)
}

function settingsOrStop(): Settings {
  const result = readSettings(process.env)
  return result.ok
    ? result.settings
    : stopWith(['Lintel cannot start with these settings:', ...result.problems.map(line => `  ${line}`)])
}

async function openServices(settings: Settings): Promise<Services> {
  const log = pino({ level: process.env['LOG_LEVEL'] ?? 'info' }, pino.destination(2))
  const store = await openStore({
    folder: settings.LINTEL_DATA,
    databaseUrl: settings.DATABASE_URL,
    onLost: error => log.error({ err: error }, 'a connection to the database broke'),
  })
  const now = Date.now
  const keyring = await loadKeyring(
    store,
    secretFilePath(settings.LINTEL_DATA, settings.LINTEL_SECRET_FILE),
    now(),
  )
  return { settings, store, keyring, audit: createAudit(keyring, now), log, now }
}

export function pepperOf(keyring: Keyring) {
  const keys = new Map(
    keyring.ids
      .flatMap(id => [[id, keyring.key('pepper', id)] as const])
      .filter((pair): pair is [string, Buffer] => pair[1] !== undefined),
  )
  return { currentId: keyring.currentId, keys }
}

function listen(settings: Settings, fetch: Parameters<typeof serve>[0]['fetch']): Promise<ServerType> {
  const { LINTEL_TLS_CERT: cert, LINTEL_TLS_KEY: key } = settings
  const tls =
    cert !== undefined && key !== undefined ? { cert: readFileSync(cert), key: readFileSync(key) } : undefined
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch,
        port: settings.PORT,
        hostname: settings.HOST,
        ...(tls === undefined
          ? { createServer, serverOptions: limits }
          : { createServer: createTlsServer, serverOptions: { ...limits, ...tls } }),
      },
      () => resolve(server),
    )
    server.once('error', reject)
  })
}

/** Chain heads in the process log show later whether the end of the audit log was cut off. */
function logHeads({ audit, store, log }: Services): NodeJS.Timeout {
  const timer = setInterval(() => {
    readHeads(store, audit.chains()).then(
      heads => heads.length > 0 && log.info({ heads }, 'audit heads'),
      error => log.error({ err: error }, 'audit heads could not be read'),
    )
  }, minute)
  return timer.unref()
}

function stopGracefully(server: ServerType, services: Services): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), patience).unref()
    server.close(() => {
      services.store.close().then(() => process.exit(0))
    })
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

async function start(): Promise<void> {
  const settings = settingsOrStop()
  const services = await openServices(settings)
  const hasher = createHasher({ pepper: pepperOf(services.keyring), queue: createHashQueue() })
  const administrator = await firstStart(services, hasher, settings.LINTEL_ADMIN_EMAIL)
  const { app } = createApp({ services, hasher })
  const server = await listen(settings, app.fetch)
  if (administrator !== undefined)
    say(
      `First administrator: username ${administrator.username}, temporary password ${administrator.temporaryPassword}`,
    )
  say(`Lintel is listening on ${settings.LINTEL_ORIGIN}`)
  logHeads(services)
  stopGracefully(server, services)
  void loadBlocklist()
}

try {
  await start()
} catch (error) {
  if (error instanceof SecretFileError || error instanceof NewerSchemaError) stopWith([error.message])
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    stopWith(['PORT is in use by another program: choose another PORT, or stop that program.'])
  throw error
}
