import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, isOn, refused } from './command.ts'
import { withSettings } from './open.ts'

export const command: Command = {
  usage: 'restore FILE [--force] [--json]',
  about: [
    'Replaces the store with a backup made by "lintel backup", once Lintel is stopped, and checks its audit log.',
    "The store's own secret file must be in its place. Everyone signs in again afterwards; temporary passwords, mailed links and tokens of applications are ended.",
    'It names who was shut, or got another role or password, since the backup. Without --force it only says what it would do.',
    '',
    '--force    Also when there is a store already. With SQLite the old one is kept beside the new one.',
  ],
  options: { force: { type: 'boolean' } },
  words: 1,
  run: input =>
    withSettings(input.env, async settings => {
      const file = resolve(input.positionals[0] ?? '')
      if (!existsSync(file)) return refused(`${file} is not there.`)
      const given = { file, force: isOn(input.values, 'force'), settings }
      if (settings.DATABASE_URL === undefined)
        return (await import('./restore-sqlite.ts')).restoreSqlite(given)
      return (await import('./restore-postgres.ts')).restorePostgres({ ...given, url: settings.DATABASE_URL })
    }),
}
