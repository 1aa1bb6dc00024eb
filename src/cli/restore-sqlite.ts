import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Settings } from '../settings.ts'
import { putInPlace } from '../store/disk.ts'
import { secretFilePath } from '../store/secret-file.ts'
import { sqliteFile } from '../store/store.ts'
import { type Answer, refused } from './command.ts'
import { prove } from './restored.ts'
import { readStandings } from './since-backup.ts'

export async function restoreSqlite(given: {
  readonly file: string
  readonly force: boolean
  readonly settings: Settings
}): Promise<Answer> {
  const { file, force, settings } = given
  const folder = settings.LINTEL_DATA
  const target = sqliteFile(folder)
  if (!isBackup(file))
    return refused(`${file} is not a whole backup made by "lintel backup" of an SQLite store.`)
  const isThere = existsSync(target)
  const replaced = isThere ? ((await readStandings(settings, Date.now())) ?? 'unreadable') : 'none'
  if (isThere && force && isInUse(target))
    return refused('Lintel, or another program, has the store open. Stop it, then run this again.')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const workshop = mkdtempSync(join(folder, 'restore-'))
  try {
    const copy = sqliteFile(workshop)
    copyFileSync(file, copy)
    chmodSync(copy, 0o600)
    const secret = secretFilePath(folder, settings.LINTEL_SECRET_FILE)
    const proven = await prove(
      { ...settings, LINTEL_DATA: workshop, LINTEL_SECRET_FILE: secret },
      `in ${folder}`,
      replaced,
    )
    if (proven.kind !== 'done') return proven
    if (isThere && !force)
      return refused(
        `There is a store in ${folder} already. Nothing was changed. This is what the backup would do:`,
        ...proven.lines.slice(1, -1).map(line => `  ${line}`),
        'To put the backup in its place, add --force; the old store is kept.',
      )
    const kept = isThere ? keepOld(target) : undefined
    putInPlace(copy, target)
    return kept === undefined
      ? proven
      : { ...proven, lines: [...proven.lines, `The old store is kept as ${kept}.`] }
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

function isBackup(file: string): boolean {
  try {
    const database = new DatabaseSync(file, { readOnly: true })
    try {
      const check = database.prepare('pragma quick_check').get()
      return (
        check?.['quick_check'] === 'ok' && database.prepare('select 1 from secret_key').get() !== undefined
      )
    } finally {
      database.close()
    }
  } catch {
    return false
  }
}

/** Leaving WAL mode takes the whole file for oneself: it fails while any other program has it open. */
function isInUse(file: string): boolean {
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    return database.prepare('pragma journal_mode = delete').get()?.['journal_mode'] !== 'delete'
  } catch {
    return true
  } finally {
    database.close()
  }
}

/** Out of WAL mode nothing of the store is in another file any more. */
function keepOld(target: string): string {
  const kept = `${target}.before-${new Date().toISOString().replace(/[:.]/g, '-')}`
  renameSync(target, kept)
  return kept
}
