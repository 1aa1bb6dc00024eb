import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshFolder } from '../../test/support/database/databases.ts'
import { readHeadsFile } from './heads.ts'

test('heads are found in a process log, with the words of other programs around them, and in a bare list', async t => {
  const folder = await freshFolder()
  t.after(() => folder.remove())
  const file = join(folder.path, 'log')
  const head = { chain: 'c', length: 3, head: 'h' }
  const lines = [
    'Lintel is listening on http://localhost:3000',
    '{"level":30,"msg":"x"}',
    `Nov 23 11:00 host lintel[7]: {"level":30,"heads":[${JSON.stringify(head)}],"msg":"audit heads"}`,
    JSON.stringify([{ ...head, length: 4 }, head]),
    '{"heads":[{"head":1}]}',
    '{"head" cut off',
  ]
  writeFileSync(file, lines.join('\n'))
  assert.deepEqual(await readHeadsFile(file), [head, { ...head, length: 4 }])
})
