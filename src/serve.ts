import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type ServerType, serve } from '@hono/node-server'
import { createApp } from './app.ts'
import { readHeads } from './audit/audit.ts'
import { startJobs } from './jobs/jobs.ts'
import { createPostman } from './mail/postman.ts'
import { createTransport } from './mail/transport.ts'
import { wakingStore } from './mail/wake.ts'
import { loadBlocklist } from './password/blocklist.ts'
import type { Hasher } from './password/hashing.ts'
import { recoveryErrand, requestKind } from './recovery/forgot/request.ts'
import type { Services } from './session/services.ts'
import { readSettings, type Settings } from './settings.ts'
import { NewerSchemaError } from './store/migrate.ts'
import { SecretFileError } from './store/secret-file.ts'

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

/** One line on standard output. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)

function stopWith(lines: readonly string[]): never {
  for (const line of lines) process.stderr.write(`${line}\n`)
  process.exit(1)
}

/** The settings of this environment; wrong ones end the process and say which. */
export function settingsOrStop(env: NodeJS.ProcessEnv): Settings {
  const result = readSettings(env)
  return result.ok
    ? result.settings
    : stopWith(['Lintel cannot start with these settings:', ...result.problems.map(line => `  ${line}`)])
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

function stopGracefully(
  server: ServerType,
  services: Services,
  background: readonly (() => Promise<void>)[],
): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), patience).unref()
    server.close(() => {
      Promise.all(background.map(stopOne => stopOne()))
        .then(() => services.store.close())
        .then(() => process.exit(0))
    })
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** Serves until the process is told to stop. `lines` are printed before the address, once it listens. */
export async function serveLintel(given: Services, hasher: Hasher, lines: readonly string[]): Promise<void> {
  const postman = createPostman({
    services: given,
    transport: createTransport(given.settings),
    errands: { [requestKind]: recoveryErrand(given) },
  })
  const services: Services = { ...given, store: wakingStore(given.store, postman.wake) }
  const { app } = createApp({ services, hasher })
  const server = await listen(services.settings, app.fetch)
  for (const line of lines) say(line)
  say(`Lintel is listening on ${services.settings.LINTEL_ORIGIN}`)
  logHeads(services)
  const stopJobs = startJobs(services)
  postman.wake()
  stopGracefully(server, services, [stopJobs, postman.stop])
  void loadBlocklist()
}

/** Runs a start; what an operator can put right ends the process with a sentence instead of a stack. */
export async function startOrExplain(start: () => Promise<void>): Promise<void> {
  try {
    await start()
  } catch (error) {
    if (error instanceof SecretFileError || error instanceof NewerSchemaError) stopWith([error.message])
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      stopWith(['PORT is in use by another program: choose another PORT, or stop that program.'])
    throw error
  }
}
