import type { Server } from 'node:http'
import { hostname } from 'node:os'
import { isatty } from 'node:tty'
import type { ServerType } from '@hono/node-server'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { readHeads } from './audit/audit.ts'
import { startJobs } from './jobs/jobs.ts'
import { listen, portTrouble } from './listen.ts'
import { createPostman, type Postman } from './mail/postman.ts'
import { createTransport } from './mail/transport.ts'
import { wakingStore } from './mail/wake.ts'
import type { Metrics } from './metrics.ts'
import type { Hasher } from './password/hashing.ts'
import { recoveryErrand, requestKind } from './recovery/forgot/request.ts'
import type { Services } from './session/services.ts'
import { readSettings, type Settings } from './settings.ts'
import { explainStore, isPassing } from './store/trouble.ts'
import { widestProxies } from './web/proxy.ts'

/** Milliseconds that a stop waits for what is in flight. */
const patience = 15_000
const minute = 60_000
/** Milliseconds between looks, while it stops, for connections on which nothing is asked any more. */
const stopLook = 200
/**
 * How the process ends (sysexits): after a fault of its own, when the database does not answer at the start and a later
 * start may find it, and when an operator has to put something right first.
 */
const codes = { fault: 70, later: 75, operator: 1 } as const

/** One line on standard output. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)

function stopWith(lines: readonly string[], code: number = codes.operator): never {
  for (const line of lines) process.stderr.write(`${line}\n`)
  process.exit(code)
}

/** The settings of this environment; wrong ones end the process and say which. */
export function settingsOrStop(env: NodeJS.ProcessEnv): Settings {
  const result = readSettings(env)
  return result.ok
    ? result.settings
    : stopWith(['Lintel cannot start with these settings:', ...result.problems.map(line => `  ${line}`)])
}

/**
 * Chain heads in the process log show later whether the end of the audit log was cut off: those of this process, and of
 * each run of the command line beside it.
 */
const logHeads = ({ audit, store, log, now }: Services, logged = () => {}): Promise<unknown> =>
  readHeads(store, audit.chains(), now() - 2 * minute).then(
    heads => {
      if (heads.length > 0) log.info({ heads }, 'audit heads')
      logged()
    },
    error => log.error({ err: error }, 'audit heads could not be read'),
  )

/** Says in the audit log when Lintel ran: a gap between records is then a quiet night or an absence. */
const noteLife = ({ store, audit }: Services, event: 'sys_startup' | 'sys_shutdown'): Promise<void> =>
  store.write(tx => audit.record(tx, { event, actor: 'system', args: { host: hostname() } }))

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
        .then(() => noteLife(services, 'sys_shutdown'))
        .catch(error => services.log.error({ err: error }, 'the stop could not be recorded'))
        .then(() => logHeads(services))
        .then(() => services.store.close())
        .then(() => process.exit(0))
    })
    if ('closeIdleConnections' in server) {
      server.closeIdleConnections()
      setInterval(() => server.closeIdleConnections(), stopLook).unref()
    }
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** Metrics on their own port, when one is set; what they need is loaded only then. */
async function watch(
  services: Services,
  hasher: Hasher,
): Promise<{ metrics: Metrics; server: Server } | undefined> {
  const {
    LINTEL_METRICS_PORT: port,
    LINTEL_METRICS_HOST: host,
    LINTEL_METRICS_TOKEN: token,
  } = services.settings
  if (port === undefined) return undefined
  const { createMetrics, serveMetrics } = await import('./metrics.ts')
  const metrics = createMetrics(services, hasher)
  const server = await serveMetrics(metrics, { port, host, token }).catch(error => {
    throw portTrouble(error, host, port, 'LINTEL_METRICS_PORT')
  })
  return { metrics, server }
}

/**
 * Serves until the process is told to stop. `prepare` fills the store once the port is Lintel's own, so that what it makes is
 * always said: its lines are printed before the address. Nobody is answered before it is done.
 */
export async function serveLintel(
  given: Services,
  hasher: Hasher,
  prepare: () => Promise<readonly string[]>,
): Promise<void> {
  const { settings, log } = given
  for (const range of widestProxies(settings.LINTEL_TRUSTED_PROXIES ?? []))
    log.warn(`LINTEL_TRUSTED_PROXIES holds ${range}: whoever comes from there can claim any address`)
  const watched = await watch(given, hasher)
  const postman = createPostman({
    services: given,
    transport: createTransport(settings),
    errands: { [requestKind]: recoveryErrand(given) },
  })
  const services: Services = {
    ...given,
    audit: watched?.metrics.counting(given.audit) ?? given.audit,
    store: wakingStore(given.store, postman.wake),
  }
  const { app, openid } = createApp({
    services,
    hasher,
    ...(watched && { answered: watched.metrics.answered, reported: watched.metrics.reported }),
  })
  const prepared = Promise.withResolvers<void>()
  const server = await listen(
    settings,
    async (request, env) => {
      await prepared.promise
      return app.fetch(request, env)
    },
    log,
  )
  const lines = await prepare()
  prepared.resolve()
  const begun = begin(services, postman, watched?.metrics.headsLogged)
  openid.notices.start()
  stopGracefully(server, services, [
    openid.notices.stop,
    async () => {
      await (await begun)()
      await postman.stop()
    },
    async () => void watched?.server.close(),
  ])
  for (const line of lines) say(line)
  say(`Lintel is listening on ${settings.LINTEL_ORIGIN}`)
  await begun
}

/** Everything that runs beside the requests. @returns how to stop the jobs. */
async function begin(
  services: Services,
  postman: Pick<Postman, 'wake'>,
  headsLogged?: () => void,
): Promise<() => Promise<void>> {
  await noteLife(services, 'sys_startup')
  setInterval(() => logHeads(services, headsLogged), minute).unref()
  postman.wake()
  return startJobs(services)
}

/**
 * A fault that nothing caught ends the process, with a last line like any other (ASVS V16.5.4): what Node would print
 * itself holds whatever a driver has hung on the error.
 */
function endOnFault(log: Logger): void {
  process.on('uncaughtException', error => {
    log.fatal({ err: error, exitCode: codes.fault }, 'a fault outside a request ends the process')
    process.exit(codes.fault)
  })
}

/** Runs a start; what an operator can put right ends the process with a sentence instead of a stack. */
export async function startOrExplain(log: Logger, start: () => Promise<void>): Promise<void> {
  endOnFault(log)
  ignoreHangUp()
  try {
    await start()
  } catch (error) {
    const said = explainStore(error)
    if (said === undefined) throw error
    stopWith([said], isPassing(error) ? codes.later : codes.operator)
  }
}

/** Tools that rotate logs send SIGHUP to whatever serves; only at a terminal it means that the terminal is gone. */
function ignoreHangUp(): void {
  if (!isatty(0)) process.on('SIGHUP', () => {})
}
