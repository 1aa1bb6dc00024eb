import type { Services } from '../session/services.ts'
import { secretFilePath } from '../store/secret-file.ts'
import { operator } from './owner.ts'

/** The secret file that the server with these settings reads. */
export const secretFileOf = ({ settings }: Pick<Services, 'settings'>): string =>
  secretFilePath(settings.LINTEL_DATA, settings.LINTEL_SECRET_FILE)

/** Records that the operator did something to the keys. */
export const recordKeys = ({ store, audit }: Services, what: string, key: string): Promise<void> =>
  store.write(tx => audit.record(tx, keysRecord(what, key)))

export const keysRecord = (what: string, key: string) =>
  ({ event: 'sensitive_update', actor: operator(), args: { what: `secret ${what}`, key } }) as const

/** Whose passwords a key still seasons, and how many answers to security questions. */
export async function underKey({ store }: Pick<Services, 'store'>, key: string) {
  const people = await store.read
    .selectFrom('credential')
    .innerJoin('account', 'account.id', 'account_id')
    .select('username')
    .where('pepper_id', '=', key)
    .orderBy('username_key')
    .execute()
  const { answers } = await store.read
    .selectFrom('recovery_question')
    .select(({ fn }) => fn.countAll<number>().as('answers'))
    .where('pepper_id', '=', key)
    .executeTakeFirstOrThrow()
  return { passwords: people.map(({ username }) => username), answers: Number(answers) }
}

/** Where the copy of the file has to be made anew. */
export const copyReminder = (path: string): string =>
  `Copy ${path} to where you keep it, and to every other process on this database.`
