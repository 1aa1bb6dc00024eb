import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, globSync, writeFileSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ThrowawayPostgres {
  /** Address of the server's own database, with a password of this run. */
  readonly url: string
  readonly port: number
  /** Ends the server as a crash of its machine does, and starts it again on the same folder and port when called. */
  crash(): Promise<() => Promise<void>>
  /** Starts a second server that follows this one by streaming and answers reads only. It is not waited for by commits. */
  follow(): Promise<ThrowawayPostgres>
  /** Stops the server and removes its folder. */
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** Such as `ssl=on`; they win over those of the tests. */
  readonly settings?: readonly string[]
  /** Put into the server's folder before its first start, by name. */
  readonly files?: Readonly<Record<string, string>>
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, the user that Debian's package makes. */
export function serverUser(): { uid: number; gid: number } | undefined {
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
    if (/ready to accept (?:read-only )?connections/.test(log)) resolve()
  })
  server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)))
  await promise
  server.stderr?.removeAllListeners('data').resume()
}

/** Where a server lies, and whom it is run by. */
interface Home {
  readonly folder: string
  readonly data: string
  readonly user: { uid: number; gid: number } | undefined
  readonly password: string
}

const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' }

/** Makes an empty folder for a server, fills it with one of PostgreSQL's programs, and starts what is in it. */
async function openHome(
  password: string,
  settings: readonly string[],
  fill: (home: Home) => void,
): Promise<ThrowawayPostgres> {
  const user = serverUser()
  const folder = await mkdtemp(join(tmpdir(), 'lintel-postgres-'))
  const home = { folder, data: join(folder, 'data'), user, password }
  if (user !== undefined) await chown(folder, user.uid, user.gid)
  try {
    fill(home)
    return await run(home, settings)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

const runTool = ({ folder, user }: Home, tool: string, words: readonly string[]): void =>
  void execFileSync(join(newestBinaries(), tool), words, {
    ...user,
    env,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })

async function run(home: Home, given: readonly string[]): Promise<ThrowawayPostgres> {
  const { folder, data, user, password } = home
  const port = await freePort()
  const identity = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : []
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    'max_connections=200',
    ...given,
  ]
  const program = join(newestBinaries(), 'postgres')
  const postgres = [program, '-D', data, ...settings.flatMap(setting => ['-c', setting])]
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
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  return {
    url,
    port,
    async crash() {
      await end(server, 'SIGQUIT')
      return async () => {
        server = await start()
      }
    },
    follow: () =>
      openHome(password, given, follower =>
        runTool(follower, 'pg_basebackup', [
          '--write-recovery-conf',
          '--checkpoint=fast',
          '--no-sync',
          ...['-D', follower.data, '-d', url],
        ]),
      ),
    async stop() {
      await end(server, 'SIGINT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Starts Debian's PostgreSQL on a folder of its own, on a free loopback port, durable as in production.
 * Its sorting is linguistic (ICU `en-US`), so that a query which forgot `COLLATE "C"` is caught by its test.
 * The server dies with this process, however this process ends.
 */
export function startPostgres({
  settings = [],
  files = {},
}: PostgresOptions = {}): Promise<ThrowawayPostgres> {
  const password = randomBytes(18).toString('hex')
  return openHome(password, settings, home => {
    const { folder, data, user } = home
    const put = (path: string, text: string) => {
      writeFileSync(path, text, { mode: 0o600 })
      if (user !== undefined) chownSync(path, user.uid, user.gid)
    }
    const passwordFile = join(folder, 'password')
    put(passwordFile, password)
    const collation = ['--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en-US']
    const access = ['--username=postgres', '--auth=password', `--pwfile=${passwordFile}`]
    runTool(home, 'initdb', ['-D', data, '-E', 'UTF8', ...collation, ...access])
    for (const [name, text] of Object.entries(files)) put(join(data, name), text)
  })
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill(signal)
  await ended
}
