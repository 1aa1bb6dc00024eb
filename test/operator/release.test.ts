import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { release } from '../../scripts/release.ts'
import { freshFolder } from '../support/database/databases.ts'

const root = join(import.meta.dirname, '../..')

test('a release is one file with its checksum; unpacked it runs, with the parts that were pinned', async t => {
  const { path: folder, remove } = await freshFolder()
  t.after(remove)
  const file = release(folder)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  assert.equal(basename(file), `lintel-${version}.tgz`)
  execFileSync('sha256sum', ['-c', `${basename(file)}.sha256`], { cwd: folder, stdio: 'pipe' })
  execFileSync('tar', ['xzf', file], { cwd: folder })
  const unpacked = join(folder, 'package')
  const lock = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
  assert.deepEqual(lock(join(unpacked, 'npm-shrinkwrap.json')), lock(join(root, 'package-lock.json')))
  assert.deepEqual(globSync('{**/*.test.ts,test/**,bench/**,data/**}', { cwd: unpacked }), [])
  for (const needed of ['LICENSE', 'ops/lintel.service', 'docs/operator.md', 'src/main.ts', 'bin/run'])
    assert.equal(globSync(needed, { cwd: unpacked }).length, 1, needed)
  symlinkSync(join(root, 'node_modules'), join(unpacked, 'node_modules'))
  assert.equal(execFileSync(join(unpacked, 'bin/lintel'), ['--version']).toString(), `lintel ${version}\n`)
  const help = execFileSync(join(unpacked, 'bin/lintel'), ['completion']).toString()
  assert.match(help, /^complete -o default/m)
})
