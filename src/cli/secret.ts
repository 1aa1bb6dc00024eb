import type { Services } from '../session/services.ts'
import { secretFilePath } from '../store/secret-file.ts'
import { operator } from './owner.ts'

/** The secret file that the server with these settings reads. */
export const secretFileOf = ({ settings }: Pick<Services, 'settings'>): string =>
  secretFilePath(settings.LINTEL_DATA, settings.LINTEL_SECRET_FILE)

/** Records that the operator did something to the keys. */
export const recordKeys = ({ store, audit }: Services, what: string, key: string): Promise<void> =>
  store.write(tx =>
    audit.record(tx, { event: 'sensitive_update', actor: operator(), args: { what: `secret ${what}`, key } }),
  )

/** Where the copy of the file has to be made anew. */
export const copyReminder = (path: string): string =>
  `Copy ${path} to where you keep it, and to every other process on this database.`
