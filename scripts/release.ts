/**
 * `npm run release`: `dist/lintel-VERSION.tgz` as npm packs it, with the versions of all parts pinned inside, and its SHA-256
 * beside it. Who installs it: `sha256sum -c lintel-VERSION.tgz.sha256`, unpack, `npm ci --omit=dev --ignore-scripts`.
 */
import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const taken = ['bin', 'src', 'ops', 'docs', 'examples', 'LICENSE', 'README.md', 'CHANGELOG.md']
/** npm leaves a package-lock.json out of what it packs, and takes the same under this name. */
const pinned = 'npm-shrinkwrap.json'

/** Packs this folder into another one. @returns the path of the package */
export function release(into: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-release-'))
  try {
    for (const name of taken)
      cpSync(join(root, name), join(folder, name), {
        recursive: true,
        filter: path => !path.endsWith('.test.ts'),
      })
    const { version, ...rest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    writeFileSync(
      join(folder, 'package.json'),
      `${JSON.stringify({ version, ...rest, files: [...taken, pinned] }, null, 2)}\n`,
    )
    copyFileSync(join(root, 'package-lock.json'), join(folder, pinned))
    mkdirSync(into, { recursive: true })
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', into], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const file = `lintel-${version}.tgz`
    const sum = hash('sha256', readFileSync(join(into, file)))
    writeFileSync(join(into, `${file}.sha256`), `${sum}  ${file}\n`)
    return join(into, file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) process.stdout.write(`${release(join(root, 'dist'))}\n`)
