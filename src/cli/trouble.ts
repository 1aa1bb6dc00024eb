import { explainStore } from '../store/trouble.ts'
import { OutputError } from './stream.ts'

/** The message to an operator about an error: what happened and what to do; the whole of one that nobody foresaw. */
export function explain(error: unknown): readonly string[] {
  const said = explainStore(error)
  if (said !== undefined) return [said]
  if (error instanceof OutputError) return [error.message]
  if (!(error instanceof Error)) return [String(error)]
  return [error.stack ?? error.message]
}
