import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'

/** Brings a file, or the names in a folder, to the disk. */
export function flushToDisk(path: string): void {
  const opened = openSync(path, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

/** Puts a finished file under its name, so that a power cut later leaves it whole and there. */
export function putInPlace(from: string, to: string): void {
  flushToDisk(from)
  renameSync(from, to)
  flushToDisk(dirname(to))
}
