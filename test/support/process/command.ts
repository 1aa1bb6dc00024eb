import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Lintel } from './process.ts'

export interface Said {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const program = join(import.meta.dirname, '../../../bin/lintel')

/** Runs `bin/lintel` as an operator does, with these settings and nothing else of the test's own. */
export const runCommand = (
  env: Readonly<Record<string, string>>,
  ...words: readonly string[]
): Promise<Said> => run(env, program, words)

/** The same in a line of a shell, from the folder of the program; in a pipe the first command that fails gives the code. */
export const runShell = (env: Readonly<Record<string, string>>, line: string): Promise<Said> =>
  run(env, 'bash', ['-c', `set -o pipefail; ${line}`])

async function run(
  env: Readonly<Record<string, string>>,
  command: string,
  words: readonly string[],
): Promise<Said> {
  const { PATH, HOME, TMPDIR } = process.env
  const child = spawn(command, words, {
    cwd: join(import.meta.dirname, '../../..'),
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await once(child, 'close')
  const [out, err] = await said
  return { code, out, err }
}

/** The command line beside a running Lintel, on the same store. */
export const commandOf =
  (lintel: Pick<Lintel, 'env'>) =>
  (...words: readonly string[]): Promise<Said> =>
    runCommand(lintel.env, ...words)
