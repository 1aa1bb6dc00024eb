import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ThrowawayPostgres {
  /** Address of the server's own database, with a password of this run. */
  readonly url: string
  /** Ends the server as a crash of its machine does, and starts it again on the same folder and port when called. */
  crash(): Promise<() => Promise<void>>
  /** Stops the server and removes its folder. */
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, the user that Debian's package makes. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function newestBinaries(): string {
  const newest = globSync('/usr/lib/postgresql/*/bin')
    .sort((a, b) => version(a) - version(b))
    .at(-1)
  if (newest === undefined) throw new Error('PostgreSQL is not installed: run scripts/prepare-machine.sh')
  return newest
}

const version = (path: string) => Number(path.split('/')[4])

/** A loopback port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function ready(server: ChildProcess): Promise<void> {
  let log = ''
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text
    if (log.includes('ready to accept connections')) resolve()
  })
  server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)))
  await promise
  server.stderr?.removeAllListeners('data').resume()
}

/**
 * Starts Debian's PostgreSQL on a folder of its own, on a free loopback port, durable as in production.
 * Its sorting is linguistic (ICU `en-US`), so that a query which forgot `COLLATE "C"` is caught by its test.
 * The server dies with this process, however this process ends.
 */
export async function startPostgres(): Promise<ThrowawayPostgres> {
  const user = serverUser()
  const bin = newestBinaries()
  const folder = await mkdtemp(join(tmpdir(), 'lintel-postgres-'))
  const data = join(folder, 'data')
  const password = randomBytes(18).toString('hex')
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user !== undefined) {
    await chown(folder, user.uid, user.gid)
    await chown(passwordFile, user.uid, user.gid)
  }
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' }
  const collation = ['--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en-US']
  const access = ['--username=postgres', '--auth=password', `--pwfile=${passwordFile}`]
  try {
    execFileSync(join(bin, 'initdb'), ['-D', data, '-E', 'UTF8', ...collation, ...access], {
      ...user,
      env,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const port = await freePort()
    const identity = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : []
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${port}`,
      `unix_socket_directories=${folder}`,
      'max_connections=200',
    ]
    const postgres = [join(bin, 'postgres'), '-D', data, ...settings.flatMap(setting => ['-c', setting])]
    const start = async () => {
      const started = spawn('setpriv', ['--pdeathsig=INT', ...identity, ...postgres], {
        env,
        cwd: folder,
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      await ready(started)
      return started
    }
    let server = await start()
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      async crash() {
        await end(server, 'SIGQUIT')
        return async () => {
          server = await start()
        }
      },
      async stop() {
        await end(server, 'SIGINT')
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill(signal)
  await ended
}
