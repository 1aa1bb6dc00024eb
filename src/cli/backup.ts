import { accessSync, constants, existsSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Services } from '../session/services.ts'
import { putInPlace } from '../store/disk.ts'
import { secretFilePath } from '../store/secret-file.ts'
import { sqliteFile } from '../store/store.ts'
import { type Answer, answer, type Command, refused } from './command.ts'
import { withServices } from './open.ts'
import { byHand, runTool } from './postgres-tools.ts'
import { noteRead } from './reads.ts'

export const command: Command = {
  usage: 'backup FILE [--json]',
  about: [
    'Copies the whole store into a new file, as it is at one moment, while Lintel runs. With PostgreSQL, it runs pg_dump.',
    'The secret file is not in the copy, so that the copy alone opens nothing. Keep a copy of it in another place.',
  ],
  words: 1,
  run: input =>
    withServices(input, async services => {
      const file = resolve(input.positionals[0] ?? '')
      if (existsSync(file))
        return refused(`${file} is there already. Choose another name: a backup is never overwritten.`)
      accessSync(dirname(file), constants.W_OK | constants.X_OK)
      await noteRead(services, { what: 'backup' })
      const umask = process.umask(0o077)
      try {
        return await copy(services, file)
      } finally {
        process.umask(umask)
      }
    }),
}

async function copy({ settings }: Services, file: string): Promise<Answer> {
  const part = `${file}.part`
  rmSync(part, { force: true })
  if (settings.DATABASE_URL === undefined) copySqlite(sqliteFile(settings.LINTEL_DATA), part)
  else {
    const dumped = await runTool(
      'pg_dump',
      ['--format=custom', '--no-owner', `--file=${part}`],
      settings.DATABASE_URL,
    )
    if (dumped.kind === 'failed') {
      rmSync(part, { force: true })
      return refused('pg_dump could not copy the database:', dumped.said)
    }
    if (dumped.kind === 'absent')
      return refused(
        'pg_dump is not on this machine. Install the PostgreSQL client, or run this where it is:',
        byHand(
          'pg_dump',
          `--format=custom --no-owner --file=${file} --dbname="$DATABASE_URL"`,
          settings.DATABASE_URL,
        ),
      )
  }
  putInPlace(part, file)
  const secret = resolve(secretFilePath(settings.LINTEL_DATA, settings.LINTEL_SECRET_FILE))
  return answer(
    [
      `The store is in ${file}.`,
      `The secret file is not in it: keep a copy of ${secret} in another place. Without it a restored store opens for nobody.`,
    ],
    { ok: true, file, secretFile: secret },
  )
}

/** One consistent copy, made while others read and write, and flushed to the disk. */
function copySqlite(from: string, to: string): void {
  const database = new DatabaseSync(from, { readOnly: true, timeout: 5_000 })
  try {
    database.prepare('vacuum into ?').run(to)
  } finally {
    database.close()
  }
}
