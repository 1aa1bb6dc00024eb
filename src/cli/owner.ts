import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Settings } from '../settings.ts'
import { OperatorError, ownName } from '../store/operator-error.ts'
import { readLine } from '../store/postgres-line.ts'
import { secretFilePath } from '../store/secret-file.ts'
import { sqliteFile } from '../store/store.ts'

/** The user who typed the command, for the audit log: before root became the user that owns the store. */
const typedBy = ownName()

/** The actor for the audit log: the system's user. */
export const operator = (): `operator:${string}` => `operator:${typedBy}`

const ownerOf = (path: string) => statSync(path, { throwIfNoEntry: false })

/**
 * Root works on a store as the user that it belongs to: what a verb writes is then that user's, and what it finds is what
 * the service would find.
 */
export function actAsOwner({ LINTEL_DATA, LINTEL_SECRET_FILE }: Settings): void {
  if (process.getuid?.() !== 0) return
  const secret = secretFilePath(LINTEL_DATA, LINTEL_SECRET_FILE)
  const owner = [sqliteFile(LINTEL_DATA), LINTEL_DATA, secret, dirname(secret)]
    .map(ownerOf)
    .find(found => found !== undefined && found.uid !== 0)
  if (owner === undefined) return
  try {
    process.setgroups?.([owner.gid])
    process.setgid?.(owner.gid)
    process.setuid?.(owner.uid)
  } catch {
    throw new OperatorError(
      `This store belongs to the user with number ${owner.uid}, and root may not act as that user here. Run this as that user.`,
    )
  }
}

/** Which store a verb speaks to, and as whom. */
export function storeInWords({ LINTEL_DATA, DATABASE_URL }: Settings): string {
  if (DATABASE_URL === undefined) return `Store: SQLite in ${LINTEL_DATA}, as ${ownName()}`
  const { host, database, user } = readLine(DATABASE_URL)
  return `Store: PostgreSQL on ${host}, database ${database || user || 'of its own choice'}, as ${ownName()}`
}
