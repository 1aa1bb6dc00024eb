import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { getCACertificates } from 'node:tls'
import { readLine, toolAddress } from '../store/postgres-line.ts'

export type ToolResult =
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
    return await start(
      tool,
      [...options, `--dbname=${toolAddress(url, authorities)}`],
      readLine(url).password,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
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

/** What an operator types where the tool is: as safe, when the address itself says nothing of TLS. */
export function byHand(tool: 'pg_dump' | 'pg_restore', words: string, url: string): string {
  const safe = readLine(url).safety === 'verified' ? 'PGSSLMODE=verify-full ' : ''
  return `  ${safe}${tool} ${words}`
}
