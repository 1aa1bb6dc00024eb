import { type ChildProcess, fork, type Serializable, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../test/support/database/postgres.ts'
import { getRequest, openWire } from './wire.ts'

const root = join(import.meta.dirname, '..')
/** As many threads as `npm start` gives Lintel. */
export const threads = String(availableParallelism() + 4)

export interface Running {
  readonly origin: string
  readonly pid: number
  /** Milliseconds from the spawn to the first 200. */
  readonly startedIn: number
  stop(): Promise<void>
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** Asks again and again until the page is there. */
async function firstAnswer(child: ChildProcess, origin: string, path: string): Promise<void> {
  const port = Number(new URL(origin).port)
  for (;;) {
    if (child.exitCode !== null) throw new Error('The process ended before it answered.')
    try {
      const wire = await openWire(port)
      const { status } = await wire.ask(getRequest(origin, path))
      wire.close()
      if (status === 200) return
    } catch {
      await pause(1)
    }
  }
}

/** Starts a server by a shell's command and waits until a GET of `path` answers 200; `PORT` is its port, any free one without. */
export async function start(
  command: string,
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<Running> {
  const port = env['PORT'] ?? String(await freePort())
  const origin = `http://localhost:${port}`
  const from = performance.now()
  const child = spawn('sh', ['-c', command], {
    cwd: root,
    env: {
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
      HOME: process.env['HOME'],
      ...env,
      PORT: port,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await firstAnswer(child, origin, path)
  return {
    origin,
    pid: child.pid ?? 0,
    startedIn: performance.now() - from,
    stop: () => end(child),
  }
}

/** The command of an npm script, as it stands in package.json: it replaces its shell by `exec`. */
function npmScript(name: string): string {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  return scripts[name] ?? ''
}

/** Starts Lintel as `npm start` does, on this data. */
export const startLintel = (env: Readonly<Record<string, string>>): Promise<Running> =>
  start(npmScript('start'), '/sign-in', { LOG_LEVEL: 'error', ...env })

/**
 * Starts one of several processes of one site, whose `LINTEL_ORIGIN` is in the environment; on this core alone when one is
 * named.
 */
export const startOneOfSeveral = (env: Readonly<Record<string, string>>, core?: number): Promise<Running> =>
  start(
    core === undefined ? npmScript('start') : npmScript('start').replace('exec', `exec taskset -c ${core}`),
    '/health/ready',
    { LOG_LEVEL: 'error', ...env },
  )

/** Starts a bare reference server of this folder. */
export const startBare = (file: string, env: Readonly<Record<string, string>> = {}): Promise<Running> =>
  start(`exec node bench/${file}`, '/', env)

export interface Helper<Job, Answer> {
  ask(job: Job): Promise<Answer>
  stop(): void
}

/** A process that does one job after the other. */
export function startHelper<Job extends Serializable, Answer>(file: string): Helper<Job, Answer> {
  const child = fork(join(import.meta.dirname, file), {
    env: { PATH: process.env['PATH'], UV_THREADPOOL_SIZE: threads },
  })
  return {
    async ask(job) {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      const failed = () => reject(new Error(`${file} ended in the middle of a job.`))
      child.once('message', answer => resolve(answer as Answer))
      child.once('exit', failed)
      child.send(job)
      try {
        return await promise
      } finally {
        child.removeAllListeners('message').off('exit', failed)
      }
    },
    stop: () => void child.kill(),
  }
}

/** Resident memory in MiB. */
export function residentMemory(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib) / 1_024
}
