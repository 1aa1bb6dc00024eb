import { availableParallelism } from 'node:os'

/** The order of service: people always come before imports. */
export type HashPriority = 'person' | 'import'

/** Too much is waiting: answer 503 with `Retry-After: retryAfterSeconds`. Nothing was computed. */
type Busy = { readonly busy: true; readonly retryAfterSeconds: number }

/**
 * The result of a queued job. The value has to be unwrapped on purpose, so that a
 * forgotten busy case is a compile error and can never read as "password right".
 */
export type Queued<T> = { readonly busy: false; readonly value: T } | Busy

export type HashQueue = {
  /** Runs the job when a lane is free. Rejects only with what the job itself rejects with. */
  readonly run: <T>(priority: HashPriority, job: () => Promise<T>) => Promise<Queued<T>>
  /** Jobs running and waiting now, for the metrics. */
  readonly load: () => { readonly running: number; readonly waiting: number }
}

export type HashQueueOptions = {
  /** Jobs that may run at once; as many as there are cores when not given. */
  readonly lanes?: number
  /** Jobs that may wait in each priority's line; 512 when not given. */
  readonly maxWaiting?: number
  /** Longest wait in milliseconds; 10,000 when not given. */
  readonly deadlineMs?: number
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number
}

type Waiting = { readonly since: number; readonly start: () => void; readonly giveUp: () => void }

/**
 * Bounded parallel work for password hashes. Each priority has its own bounded
 * line, so an import can never fill the line of people. Deadlines are looked at
 * whenever a job arrives or a lane falls free, so a wait can exceed its deadline
 * by at most the time of one hash.
 */
export function createHashQueue(options: HashQueueOptions = {}): HashQueue {
  const lanes = options.lanes ?? availableParallelism()
  const maxWaiting = options.maxWaiting ?? 512
  const deadlineMs = options.deadlineMs ?? 10_000
  const now = options.now ?? (() => performance.now())
  const busy: Busy = { busy: true, retryAfterSeconds: Math.max(1, Math.ceil(deadlineMs / 1000)) }
  const lines: Readonly<Record<HashPriority, Waiting[]>> = { person: [], import: [] }
  let running = 0

  function dropLate(): void {
    const oldest = now() - deadlineMs
    for (const line of [lines.person, lines.import]) {
      const firstInTime = line.findIndex(waiting => waiting.since >= oldest)
      const late = line.splice(0, firstInTime === -1 ? line.length : firstInTime)
      for (const waiting of late) waiting.giveUp()
    }
  }

  function startNext(): void {
    dropLate()
    while (running < lanes) {
      const next = lines.person.shift() ?? lines.import.shift()
      if (next === undefined) return
      running += 1
      next.start()
    }
  }

  function run<T>(priority: HashPriority, job: () => Promise<T>): Promise<Queued<T>> {
    dropLate()
    const line = lines[priority]
    if (running >= lanes && line.length >= maxWaiting) return Promise.resolve(busy)
    return new Promise<Queued<T>>((resolve, reject) => {
      async function start(): Promise<void> {
        try {
          resolve({ busy: false, value: await job() })
        } catch (error) {
          reject(error)
        } finally {
          running -= 1
          startNext()
        }
      }
      line.push({ since: now(), start, giveUp: () => resolve(busy) })
      startNext()
    })
  }

  return { run, load: () => ({ running, waiting: lines.person.length + lines.import.length }) }
}
