/** The container file, carried out without a container: what its first stage copies and does, in a folder of this machine. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../../..')

export interface ContainerFile {
  /** The lines of the stage that puts the program together. */
  readonly parts: readonly string[]
  /** What a container runs, and what tells whether it is well. */
  readonly command: readonly string[]
  readonly health: readonly string[]
}

export async function readContainerFile(): Promise<ContainerFile> {
  const text = await readFile(join(root, 'ops/Containerfile'), 'utf8')
  const [, parts = '', last = ''] = text.split(/^FROM .*$/m)
  const words = (pattern: RegExp): readonly string[] => JSON.parse(pattern.exec(last)?.[1] ?? '[]')
  return {
    parts: parts.split('\n').filter(line => /^(?:COPY|RUN) /.test(line)),
    command: words(/^CMD (\[.*\])$/m),
    health: words(/^HEALTHCHECK .*CMD (\[.*\])$/m),
  }
}

/** What `npm ci --omit=dev` brings, by the same lock file, from the packages that are here: no registry is asked. */
async function bringParts(folder: string): Promise<void> {
  const lock: { packages: Record<string, { dev?: boolean }> } = JSON.parse(
    await readFile(join(root, 'package-lock.json'), 'utf8'),
  )
  const parts = Object.keys(lock.packages).filter(path => path !== '' && lock.packages[path]?.dev !== true)
  for (const part of [...parts, 'node_modules/.bin/node'])
    if (existsSync(join(root, part)))
      await cp(join(root, part), join(folder, part), { recursive: true, verbatimSymlinks: true })
}

async function copy(words: readonly string[], folder: string): Promise<void> {
  const target = words.at(-1) ?? ''
  for (const source of words.slice(0, -1)) {
    const place = target.endsWith('/') ? join(target, basename(source)) : target
    await cp(join(root, source), join(folder, place), { recursive: true })
  }
}

/** Does in this folder what the lines say, and nothing else. */
export async function putTogether(parts: readonly string[], folder: string): Promise<void> {
  for (const line of parts) {
    const [step, ...words] = line.split(' ')
    if (step === 'COPY') await copy(words, folder)
    else if (words[0] === 'npm') await bringParts(folder)
    else await promisify(execFile)('sh', ['-c', words.join(' ')], { cwd: folder })
  }
}
