import { GrantError, type GrantTrouble, grantRunning } from '../store/privileges.ts'
import { openStore } from '../store/store.ts'
import { answer, type Command, refused, textOf, usage } from './command.ts'
import { withSettings } from './open.ts'

const troubles: Readonly<Record<GrantTrouble, (role: string) => readonly string[]>> = {
  absent: role => [
    `PostgreSQL has no role "${role}". Make it first, as one that may do nothing else:`,
    `  create role "${role}" login password '…';`,
  ],
  'not-owner': () => [
    'The role of DATABASE_URL does not own the tables. Run this with the DATABASE_URL of the one that does.',
  ],
  'too-mighty': role => [
    `"${role}" could change the tables or the audit log all the same: it owns them, is a superuser, is a member of such a role, or may create in this schema.`,
    'Take that from it, or name another role. In a database that is older than PostgreSQL 15 everybody may create: revoke create on schema public from public.',
  ],
  'shut-out': role => [
    `"${role}" may not connect to this database or not use its schema, and this role cannot change that. Grant it both as their owner.`,
  ],
}

export const command: Command = {
  usage: 'database prepare --role NAME [--json]',
  about: [
    'Brings the schema in PostgreSQL up to date, and lets a role do what a running Lintel does: read and write rows, only add to the audit log, and change no table.',
    'Run it with the DATABASE_URL of the role that owns the tables, before the first start and after each upgrade and restore. Run everything else with that of NAME.',
    '',
    '--role NAME    A role of PostgreSQL that can log in and owns nothing here.',
  ],
  options: { role: { type: 'string' } },
  words: 0,
  async run(input) {
    const role = textOf(input.values, 'role')
    if (role === undefined || role === '') return usage('--role NAME is missing.')
    return withSettings(input.env, async ({ LINTEL_DATA, DATABASE_URL }) => {
      if (DATABASE_URL === undefined)
        return refused(
          'DATABASE_URL is not set. With SQLite the store is a file of the user that runs Lintel.',
        )
      const store = await openStore({ folder: LINTEL_DATA, databaseUrl: DATABASE_URL, onLost: () => {} })
      try {
        await store.write(tx => grantRunning(tx, role))
      } catch (error) {
        if (error instanceof GrantError) return refused(...troubles[error.trouble](role))
        throw error
      } finally {
        await store.close()
      }
      return answer(
        [
          `The schema is up to date, and "${role}" may do what a running Lintel does, and nothing else.`,
          `Start Lintel with a DATABASE_URL of "${role}".`,
        ],
        { ok: true, role },
      )
    })
  },
}
