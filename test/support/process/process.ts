import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type Engine, freshFolder, freshPostgres } from '../database/databases.ts'
import { freePort } from '../database/postgres.ts'

const root = join(import.meta.dirname, '../../..')
/** Guards against waiting for ever; far above any real start, so no test depends on the machine's speed. */
const startLimit = 120_000

/** A test's context, or `{ after }` of node:test for what a whole file shares. */
export interface Scope {
  after(cleanup: () => Promise<unknown>): void
}

export type Env = Readonly<Record<string, string>>

export interface StartOptions {
  readonly engine: Engine
  /** Settings beside those that make the process run on its own; they win. */
  readonly env?: Env
  /** Data folder to use, left in place afterwards; without it a fresh one that is removed. */
  readonly folder?: string
  /** Milliseconds by which the process's clock runs ahead; 0 allows `advance` later. */
  readonly clockOffset?: number
  /** The file to run, from the project's folder; for tests of this helper. */
  readonly entry?: string
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface Lintel {
  /** As printed at the start, such as `http://localhost:40213`. */
  readonly origin: string
  readonly folder: string
  /** The settings it runs with: a second process on the same database starts from these. */
  readonly env: Env
  /** The temporary password of the first administrator; throws when no start of this process printed one. */
  readonly adminPassword: string
  /** All that the process has printed since the first start. */
  output(): string
  /** Resolves once a printed line matches, at once when one already has. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>
  /** Moves the process's clock on by this many milliseconds; needs `clockOffset`. */
  advance(milliseconds: number): Promise<void>
  /** Sends it a signal and does not wait. */
  signal(name: NodeJS.Signals): void
  /** Ends it as an operator does, with SIGTERM. */
  stop(): Promise<Ended>
  /** Ends it as a crash does, with SIGKILL. */
  kill(): Promise<Ended>
  /** Starts it again on the same port and data, after a graceful stop when it still runs. */
  restart(env?: Env): Promise<void>
}

interface Printed {
  text: string
  waiting: Set<() => void>
}

type Cleanup = () => Promise<unknown>

async function surroundings(
  cleanups: Cleanup[],
  options: StartOptions,
): Promise<{ folder: string; env: Env }> {
  const env: Record<string, string> = {}
  let folder = options.folder
  if (folder === undefined) {
    const fresh = await freshFolder()
    cleanups.unshift(fresh.remove)
    folder = fresh.path
  }
  if (options.engine === 'postgres' && options.env?.['DATABASE_URL'] === undefined) {
    const database = await freshPostgres()
    cleanups.unshift(database.drop)
    env['DATABASE_URL'] = database.url
    env['LINTEL_SECRET_FILE'] = join(folder, 'secret.json')
  }
  const port = options.env?.['PORT'] ?? String(await freePort())
  return { folder, env: { ...env, LINTEL_DATA: folder, PORT: port, ...options.env } }
}

function launch(entry: string, env: Env, clockOffset: number | undefined, printed: Printed): ChildProcess {
  const clock = clockOffset === undefined ? [] : ['--import', join(import.meta.dirname, 'shift-clock.ts')]
  const command = ['--pdeathsig=KILL', process.execPath, ...clock, entry]
  const child = spawn('setpriv', command, {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: process.env['TMPDIR'],
      UV_THREADPOOL_SIZE: String(availableParallelism() + 4),
      ...(clockOffset !== undefined && { CLOCK_OFFSET: String(clockOffset) }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', ...(clockOffset === undefined ? [] : ['ipc' as const])],
  })
  const take = (text: string) => {
    printed.text += text
    for (const check of [...printed.waiting]) check()
  }
  child.stdout?.setEncoding('utf8').on('data', take)
  child.stderr?.setEncoding('utf8').on('data', take)
  return child
}

/** Waits for a match after `from`; an end of the process before that is an error that holds all it printed. */
async function match(
  child: ChildProcess,
  printed: Printed,
  pattern: RegExp,
  from = 0,
): Promise<RegExpMatchArray> {
  const { promise, resolve, reject } = Promise.withResolvers<RegExpMatchArray>()
  const check = () => {
    const found = printed.text.slice(from).match(pattern)
    if (found !== null) resolve(found)
  }
  const fail = (why: string) => reject(new Error(`${why} before it printed ${pattern}:\n${printed.text}`))
  const ended = () => fail('Lintel ended')
  const limit = setTimeout(() => fail('Too long a wait'), startLimit)
  printed.waiting.add(check)
  child.once('close', ended)
  if (hasEnded(child)) ended()
  check()
  try {
    return await promise
  } finally {
    clearTimeout(limit)
    printed.waiting.delete(check)
    child.off('close', ended)
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<Ended> {
  if (!hasEnded(child)) {
    const closed = once(child, 'close')
    child.kill(signal)
    await closed
  }
  return { code: child.exitCode, signal: child.signalCode }
}

/**
 * Starts the real process on an empty store, as `npm start` does, and waits until it listens.
 * Process, database and folder are gone after the test.
 */
export async function startLintel(t: Scope, options: StartOptions): Promise<Lintel> {
  const cleanups: Cleanup[] = []
  t.after(async () => {
    for (const cleanup of cleanups) await cleanup()
  })
  const { folder, env: firstEnv } = await surroundings(cleanups, options)
  const entry = options.entry ?? 'src/main.ts'
  const printed: Printed = { text: '', waiting: new Set() }
  let env = firstEnv
  let offset = options.clockOffset
  let child: ChildProcess | undefined

  async function start(): Promise<string> {
    const from = printed.text.length
    child = launch(entry, env, offset, printed)
    const [, origin = ''] = await match(child, printed, /^Lintel is listening on (\S+)$/m, from)
    return origin
  }
  const running = () => {
    if (child === undefined) throw new Error('Lintel was never started')
    return child
  }

  cleanups.unshift(async () => child && end(child, 'SIGKILL'))
  const origin = await start()
  return {
    origin,
    folder,
    env: firstEnv,
    get adminPassword() {
      const line = printed.text.match(/^First administrator: username admin, temporary password (\S+)$/m)
      if (line?.[1] === undefined) throw new Error(`No first administrator was printed:\n${printed.text}`)
      return line[1]
    },
    output: () => printed.text,
    printed: pattern => match(running(), printed, pattern),
    async advance(milliseconds) {
      if (offset === undefined) throw new Error('advance needs startLintel({ clockOffset: 0 })')
      offset += milliseconds
      const heard = once(running(), 'message')
      running().send({ advance: milliseconds })
      await heard
    },
    signal: name => void running().kill(name),
    stop: () => end(running(), 'SIGTERM'),
    kill: () => end(running(), 'SIGKILL'),
    async restart(changes = {}) {
      await end(running(), 'SIGTERM')
      env = { ...env, ...changes }
      await start()
    },
  }
}
