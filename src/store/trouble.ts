import { StandbyError, whyAway } from './away.ts'
import { NewerSchemaError } from './migrate.ts'
import { SecretFileError } from './secret-file.ts'

/**
 * What an operator reads when the store cannot be opened or does not answer: what happened and what to do; undefined for
 * an error that is not the store's. Never an address, since it holds a password.
 */
export function explainStore(error: unknown): string | undefined {
  if (error instanceof SecretFileError || error instanceof NewerSchemaError) return error.message
  if (error instanceof StandbyError)
    return `${error.message}. It must lead to the server that does: see "PostgreSQL that stays up" in docs/operator.md.`
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? String(error.code) : ''
  if (code.startsWith('28') || code === '3D000')
    return `PostgreSQL did not let Lintel in: ${error.message}. Check DATABASE_URL.`
  if (whyAway(error) !== undefined)
    return `The database does not answer (${code || error.message}). Check DATABASE_URL and that PostgreSQL runs.`
  return undefined
}
