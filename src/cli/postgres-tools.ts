import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { getCACertificates } from 'node:tls'
import { readLine, toolAddress } from '../store/postgres-line.ts'
import { askPostgres } from './open.ts'

type ToolResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly said: string }

/** Runs `pg_dump` or `pg_restore` on a line as safe as Lintel's own; `absent` when the machine does not have it. */
export async function runTool(
  tool: 'pg_dump' | 'pg_restore',
  options: readonly string[],
  url: string,
): Promise<ToolResult> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-tool-'))
  try {
    const authorities = join(folder, 'authorities.pem')
    writeFileSync(authorities, getCACertificates('default').join('\n'))
    const server = await serverVersion(url)
    const fitting = `/usr/lib/postgresql/${server}/bin/${tool}`
    const program = existsSync(fitting) ? fitting : tool
    const result = await start(
      program,
      [...options, `--dbname=${toolAddress(url, authorities)}`],
      readLine(url).password,
    )
    return result.kind === 'failed'
      ? { ...result, said: result.said + versionTrouble(program, server) }
      : result
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The server's major version: its own tools write what it reads. */
async function serverVersion(url: string): Promise<number> {
  const [row] = await askPostgres<{ server_version_num: string }>(url, 'show server_version_num')
  return Math.floor(Number(row?.server_version_num) / 10_000)
}

/** A tool of another version may be why it failed: what a newer one writes an older server does not read. */
function versionTrouble(program: string, server: number): string {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  const own = Number(/ (\d+)/.exec(stdout)?.[1])
  return own === server
    ? ''
    : `\nThe server is PostgreSQL ${server} and this program is of ${own}: install postgresql-client-${server}, and run this again.`
}

/** The password goes by the environment: other users of the machine see the words of a command. */
async function start(tool: string, words: readonly string[], password: string): Promise<ToolResult> {
  const env = { ...process.env, ...(password !== '' && { PGPASSWORD: password }) }
  const child = spawn(tool, words, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const said = text(child.stderr)
  try {
    const [code] = await once(child, 'close')
    return code === 0 ? { kind: 'done' } : { kind: 'failed', said: (await said).trim() }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'absent' }
    throw error
  }
}

/** The command an operator types where the tool is: as safe, when the address itself says nothing of TLS. */
export function byHand(tool: 'pg_dump' | 'pg_restore', words: string, url: string): string {
  const safe = readLine(url).safety === 'verified' ? 'PGSSLMODE=verify-full ' : ''
  return `  ${safe}${tool} ${words}`
}
