/** PostgreSQL's own programs, of which a machine may have several versions. */
import assert from 'node:assert/strict'
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { freshFolder } from '../support/database/databases.ts'
import { runCommand } from '../support/process/command.ts'
import { startLintel } from '../support/process/process.ts'

test('a backup is made by the program of the server’s own version, whichever comes first on the path', async t => {
  const lintel = await startLintel(t, { engine: 'postgres' })
  const folder = await freshFolder()
  t.after(folder.remove)
  const other = join(folder.path, 'pg_dump')
  writeFileSync(other, '#!/bin/sh\necho "of another version" >&2\nexit 1\n')
  chmodSync(other, 0o755)
  const file = join(folder.path, 'backup')
  const path = [folder.path, process.env['PATH']].join(delimiter)
  const said = await runCommand({ ...lintel.env, PATH: path }, 'backup', file)
  assert.equal(said.code, 0, said.err)
  assert.doesNotMatch(said.err, /of another version/)
  assert.ok(existsSync(file))
})
