import type { Settings } from '../settings.ts'
import { type Answer, refused } from './command.ts'
import { askPostgres } from './open.ts'
import { byHand, runTool } from './postgres-tools.ts'
import { prove } from './restored.ts'
import { readStandings, type Standing } from './since-backup.ts'

const tables = `select count(*)::int as number from information_schema.tables where table_schema = current_schema()`
const others = `select count(*)::int as number from pg_stat_activity
  where datname = current_database() and application_name = 'lintel' and pid <> pg_backend_pid()`

/** The people whom an older backup may let in again. */
function shutNow(standings: readonly Standing[]): readonly string[] {
  const shut = standings.filter(({ state }) => state !== '')
  const names = shut.map(({ username, state }) => `${username} (${state})`)
  return shut.length === 0
    ? []
    : [`Shut in it now; a backup from before opens them again: ${names.join(', ')}.`]
}

export async function restorePostgres(given: {
  readonly file: string
  readonly force: boolean
  readonly settings: Settings
  readonly url: string
}): Promise<Answer> {
  const { file, force, settings, url } = given
  const count = async (query: string) => (await askPostgres<{ number: number }>(url, query))[0]?.number ?? 0
  const isThere = (await count(tables)) > 0
  const replaced = isThere ? ((await readStandings(settings, Date.now())) ?? 'unreadable') : 'none'
  if (isThere && !force)
    return refused(
      'The database already contains data. Nothing was changed.',
      ...(typeof replaced === 'string' ? [] : shutNow(replaced)),
      'To replace it with the backup, add --force. The data that is there will be lost.',
    )
  if ((await count(others)) > 0)
    return refused('Lintel is connected to the database. Stop every process, then run this again.')
  const options = [
    '--clean',
    '--if-exists',
    '--no-owner',
    '--no-privileges',
    '--single-transaction',
    '--exit-on-error',
  ]
  const restored = await runTool('pg_restore', [...options, file], url)
  if (restored.kind === 'failed')
    return refused('pg_restore put nothing in place, the database is as it was. It said:', restored.said)
  if (restored.kind === 'absent')
    return refused(
      'pg_restore is not on this machine. Install the PostgreSQL client, or run this where it is:',
      byHand('pg_restore', `${options.join(' ')} --dbname="$DATABASE_URL" ${file}`, url),
      'and then: lintel audit verify',
    )
  return prove(settings, 'in the database of DATABASE_URL', replaced, [
    'If Lintel runs with a role of its own, run "lintel database prepare" for it first.',
  ])
}
