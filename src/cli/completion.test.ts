import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { verbs } from './verbs.ts'

test('bash completes verbs and options as they are typed', async () => {
  const { command } = (await verbs['completion']?.load()) ?? assert.fail()
  const said = await command.run({ values: {}, positionals: [], json: false, env: {} })
  assert.ok(said.kind === 'done')
  const completes = (...words: readonly string[]) =>
    execFileSync('bash', [
      '-c',
      `${said.lines.join('\n')}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lintel; echo "\${COMPREPLY[*]}"`,
      'bash',
      'lintel',
      ...words,
    ])
      .toString()
      .trim()
  assert.match(completes(''), /^account application .*\bpolicy\b.*\bmove\b.*--version$/)
  assert.equal(completes('pol'), 'policy')
  assert.equal(completes('policy', ''), 'list set')
  assert.equal(completes('workgroup', 's'), 'set')
  assert.equal(completes('workgroup', 'set', 'HMIS', '--given'), '--given-by')
  assert.equal(completes('--settings', '/etc/lintel/lintel.env', 'move', '--t'), '--to')
  assert.equal(completes('nothing', ''), '')
})
