import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'

/** A copy of the program that only says which Node runs it; `links` are what an npm has put into node_modules. */
function install(t: TestContext, links: readonly string[], machine: string): string {
  const root = mkdtempSync(join(tmpdir(), 'lintel-node-'))
  t.after(() => rmSync(root, { recursive: true }))
  for (const folder of ['bin', 'src', 'machine']) mkdirSync(join(root, folder))
  cpSync('bin/run', join(root, 'bin/run'))
  writeFileSync(join(root, 'src/which.ts'), 'console.log(process.argv0)\n')
  for (const link of links) {
    mkdirSync(join(root, 'node_modules', link, '..'), { recursive: true })
    symlinkSync(process.execPath, join(root, 'node_modules', link))
  }
  const other = join(root, 'machine/node')
  writeFileSync(other, machine)
  chmodSync(other, 0o755)
  return root
}

const run = (root: string) =>
  spawnSync(join(root, 'bin/run'), ['which.ts'], {
    encoding: 'utf8',
    env: { PATH: `${join(root, 'machine')}:/usr/bin:/bin` },
  })

/** Stands for Debian’s own Node: it says yes to no version check and knows no new option. */
const tooOld = '#!/bin/sh\necho "node: bad option: $1" >&2\nexit 9\n'
const cpu = process.arch

test('the pinned Node runs Lintel, also where npm 9 has made no link to it', t => {
  for (const link of ['.bin/node', `node-linux-${cpu}/bin/node`]) {
    const done = run(install(t, [link], tooOld))
    assert.equal(done.status, 0, done.stderr)
    assert.ok(done.stdout.trim().endsWith(link), done.stdout)
  }
})

test('without it a Node of the machine that is too old is named in one sentence', t => {
  const root = install(t, [], tooOld)
  const done = run(root)
  assert.equal(done.status, 1)
  assert.equal(
    done.stderr,
    `Lintel needs Node 24.15 or newer, which is not in ${root}/node_modules. Run npm ci there, with npm 10 or newer.\n`,
  )
})

test('without it a Node of the machine that is new enough runs Lintel', t => {
  const done = run(install(t, [], `#!/bin/sh\nexec ${process.execPath} "$@"\n`))
  assert.equal(done.status, 0, done.stderr)
})
