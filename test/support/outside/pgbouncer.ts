import { chownSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, serverUser, type ThrowawayPostgres } from '../database/postgres.ts'
import type { Scope } from '../process/process.ts'
import { needProgram, startProgram } from '../process/program.ts'

export type PoolMode = 'session' | 'transaction'

/**
 * Debian's PgBouncer in front of a server, with the settings that Lintel's manual gives.
 * @returns the server's address, through the pooler.
 */
export async function startPgBouncer(
  t: Scope,
  server: ThrowawayPostgres,
  mode: PoolMode,
  more: readonly string[] = [],
): Promise<string> {
  const program = needProgram('/usr/sbin/pgbouncer', 'pgbouncer')
  const user = serverUser()
  const folder = await mkdtemp(join(tmpdir(), 'lintel-pgbouncer-'))
  const port = await freePort()
  const { username, password, port: behind } = new URL(server.url)
  const put = (name: string, lines: readonly string[]) => {
    const path = join(folder, name)
    writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 })
    if (user !== undefined) chownSync(path, user.uid, user.gid)
    return path
  }
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const users = put('users.txt', [`"${username}" "${password}"`])
  const settings = put('pgbouncer.ini', [
    '[databases]',
    `* = host=127.0.0.1 port=${behind}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = plain',
    `auth_file = ${users}`,
    `pool_mode = ${mode}`,
    ...more,
  ])
  const identity = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : []
  const bouncer = startProgram('/usr/bin/setpriv', [...identity, program, settings], process.env)
  t.after(async () => {
    await bouncer.stop()
    await rm(folder, { recursive: true, force: true })
  })
  await bouncer.printed(/process up/)
  const url = new URL(server.url)
  url.port = String(port)
  return url.href
}
