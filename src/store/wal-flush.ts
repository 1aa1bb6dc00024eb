import { close, fdatasync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { flushToDisk } from './disk.ts'

/** Brings commits of SQLite's write-ahead log to the disk without holding up the event loop. */
interface WalFlush {
  /** Resolves when everything committed before the call is on the disk. Calls that come together share one flush. */
  flush(): Promise<void>
  /** Throws when a flush has failed: what the disk lost then, a later flush does not bring back. */
  assertSound(): void
  close(): Promise<void>
}

/** `path` of the log itself; it exists from the first commit on, and as long as a connection is open. */
export function createWalFlush(path: string): WalFlush {
  let file: number | undefined
  let running: Promise<void> | undefined
  let next: PromiseWithResolvers<void> | undefined
  let failure: Error | undefined

  function open(): number {
    const opened = openSync(path, 'r+')
    /** A file that was just made has to be in its folder too. */
    flushToDisk(dirname(path))
    return opened
  }

  function start(turn: PromiseWithResolvers<void>): void {
    file ??= open()
    running = turn.promise
    next = undefined
    fdatasync(file, error => {
      running = undefined
      failure ??= error ?? undefined
      if (failure === undefined) turn.resolve()
      else turn.reject(failure)
      if (next !== undefined) start(next)
    })
  }

  return {
    flush() {
      next ??= Promise.withResolvers()
      const { promise } = next
      if (running === undefined) start(next)
      return promise
    },
    assertSound() {
      if (failure !== undefined)
        throw new Error('The disk did not take what was written; start again once it is sound.', {
          cause: failure,
        })
    },
    async close() {
      while (running !== undefined) await running.catch(() => {})
      const opened = file
      if (opened !== undefined) await new Promise(resolve => close(opened, resolve))
      file = undefined
    },
  }
}
