import { NewerSchemaError } from '../store/migrate.ts'
import { SecretFileError } from '../store/secret-file.ts'

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ECONNRESET', 'EHOSTUNREACH'])

/** What an operator reads of an error: what happened and what to do; the whole of one that nobody foresaw. */
export function explain(error: unknown): readonly string[] {
  if (error instanceof SecretFileError || error instanceof NewerSchemaError) return [error.message]
  if (!(error instanceof Error)) return [String(error)]
  const code = 'code' in error ? String(error.code) : ''
  if (unreachable.has(code))
    return [`The database does not answer (${code}). Check DATABASE_URL and that PostgreSQL runs.`]
  if (code.startsWith('28') || code === '3D000')
    return [`PostgreSQL did not let Lintel in: ${error.message}. Check DATABASE_URL.`]
  if (['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(code))
    return [`${error.message}. Run this as the user that runs Lintel, and look at the folder's permissions.`]
  return [error.stack ?? error.message]
}
