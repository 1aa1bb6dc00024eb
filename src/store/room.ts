import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { isFull } from './away.ts'
import type { Database } from './schema.ts'

/** Bytes that a folder must still take; any change to the store is smaller. */
const leastRoom = 256 * 1024

/** Notes when a write finds no room on the disk, and tries for room until there is some again. */
export interface Room {
  /** Runs a write and keeps in mind whether it found no room. */
  noting<Value>(write: () => Promise<Value>): Promise<Value>
  /** After a write that found no room: throws as it did, until there is room again. */
  assertRoom(): Promise<void>
}

/** `attempt` writes something and leaves nothing behind; it throws when there is no room. */
export function createRoom(attempt: () => Promise<void>): Room {
  let full = false
  const noting: Room['noting'] = async write => {
    try {
      const value = await write()
      full = false
      return value
    } catch (error) {
      full ||= isFull(error)
      throw error
    }
  }
  return {
    noting,
    assertRoom: async () => {
      if (full) await noting(attempt)
    },
  }
}

/** A file of some size in the folder, gone again at once. @throws when the folder does not take it */
export function tryFolder(folder: string): void {
  const path = join(folder, `.room-${randomBytes(4).toString('hex')}`)
  try {
    writeFileSync(path, Buffer.alloc(leastRoom), { mode: 0o600, flag: 'wx', flush: true })
  } finally {
    rmSync(path, { force: true })
  }
}

class TakenBack extends Error {}

/** A row that is written and taken back. @throws when the database does not take it */
export async function tryDatabase(database: Kysely<Database>): Promise<void> {
  const attempt = database.transaction().execute(async tx => {
    await tx
      .insertInto('counter')
      .values({ name: `room ${randomBytes(8).toString('hex')}`, value: 1 })
      .execute()
    throw new TakenBack()
  })
  await attempt.catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error
  })
}
