/** Every error of a start that an operator can put right, and what the unit makes of it. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { openLog } from '../../src/services.ts'
import { freshFolder, freshPostgres } from '../support/database/databases.ts'
import { freePort } from '../support/database/postgres.ts'
import { makeCertificate } from '../support/outside/certificate.ts'
import type { Env, Scope } from '../support/process/process.ts'

const root = join(import.meta.dirname, '../..')
/** Without these even root is told by a file's mode what it may do, and gets no port below 1024. */
const bounds = ['--bounding-set=-dac_override,-dac_read_search,-net_bind_service', '--no-new-privs']

interface End {
  readonly code: number | null
  readonly said: string
}

/** Starts Lintel as the unit does and waits for its end. */
async function endOf(env: Env): Promise<End> {
  const asRoot = process.getuid?.() === 0 ? bounds : []
  const words = ['--pdeathsig=KILL', ...asRoot, join(root, 'bin/run'), 'main.ts']
  const child = spawn('setpriv', words, {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const told = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await once(child, 'close')
  return { code, said: (await told).join('') }
}

/** Makes the trouble in the folder of one start. @returns the settings that lead into it. */
type Trouble = (place: { folder: string; data: string; t: Scope }) => Promise<Env> | Env

/** The settings of a trouble that was made. */
const after = (_made: unknown, settings: Env): Env => settings

const behindProxy = { LINTEL_ORIGIN: 'https://hmis.example', LINTEL_TRUSTED_PROXIES: '127.0.0.1' }

async function taken(t: Scope): Promise<string> {
  const port = await freePort()
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  t.after(async () => void server.close())
  return String(port)
}

const certificates =
  (change: (pair: { cert: string; key: string }, folder: string) => Promise<object> | object): Trouble =>
  async ({ folder }) => {
    const pair = await makeCertificate(folder, 'own', 'DNS:hmis.example')
    const settings = { LINTEL_TLS_CERT: pair.cert, LINTEL_TLS_KEY: pair.key }
    return { LINTEL_ORIGIN: 'https://hmis.example', ...settings, ...(await change(pair, folder)) }
  }

const database =
  (change: (url: URL) => void): Trouble =>
  async ({ t, data }) => {
    const fresh = await freshPostgres()
    t.after(fresh.drop)
    const url = new URL(fresh.url)
    change(url)
    return { DATABASE_URL: url.href, LINTEL_SECRET_FILE: join(data, 'secret.json') }
  }

const secret =
  (change: (path: string) => void): Trouble =>
  ({ folder }) => {
    const path = join(folder, 'keys.json')
    change(path)
    return { LINTEL_SECRET_FILE: path }
  }

const troubles: readonly (readonly [claim: string, trouble: Trouble, says: RegExp])[] = [
  ['a setting is wrong', () => ({ PORT: 'x' }), /PORT must be a port, a number from 0 to 65535/],
  [
    'the data folder may not be written',
    ({ data }) => after(chmodSync(data, 0o500), {}),
    /^The store \(lintel\.sqlite\) cannot be opened: give it, and its folder, to the user/,
  ],
  [
    'the folder above the data folder may not be written',
    ({ folder, data }) => after(chmodSync(folder, 0o500), { LINTEL_DATA: `${data}-new` }),
    /may not use \/\S+-new: give it to the user/,
  ],
  [
    'the data folder is a file',
    ({ folder }) => after(writeFileSync(join(folder, 'f'), ''), { LINTEL_DATA: join(folder, 'f') }),
    /LINTEL_DATA must name a folder, and names a file/,
  ],
  [
    'the data folder lies below a file',
    ({ folder }) => after(writeFileSync(join(folder, 'f'), ''), { LINTEL_DATA: join(folder, 'f/data') }),
    /f\/data leads through a file/,
  ],
  [
    'the store may not be read',
    ({ data }) => after(writeFileSync(join(data, 'lintel.sqlite'), '', { mode: 0 }), {}),
    /^The store .* cannot be opened: give it/,
  ],
  [
    'the store is no database',
    ({ data }) => after(writeFileSync(join(data, 'lintel.sqlite'), 'no database '.repeat(100)), {}),
    /^The store .* is no database/,
  ],
  [
    'another program holds the store',
    ({ data, t }) => {
      const other = new DatabaseSync(join(data, 'lintel.sqlite'))
      other.exec('pragma locking_mode = exclusive; create table a (b); begin exclusive')
      t.after(async () => other.close())
      return {}
    },
    /^Another program holds the store/,
  ],
  [
    'a newer Lintel wrote the store',
    ({ data }) => {
      const store = new DatabaseSync(join(data, 'lintel.sqlite'))
      store.exec('create table schema_version (version integer); insert into schema_version values (999)')
      store.close()
      return {}
    },
    /^The store was written by a newer Lintel \(schema 999/,
  ],
  [
    'HOST is a name that nobody knows',
    () => ({ ...behindProxy, HOST: 'no-such-host.invalid' }),
    /^No address is known for no-such-host\.invalid: .* into HOST\.$/m,
  ],
  [
    'HOST is an address of another machine',
    () => ({ ...behindProxy, HOST: '192.0.2.1' }),
    /^This machine has no address 192\.0\.2\.1: .* into HOST\.$/m,
  ],
  [
    'another program uses the port',
    async ({ t }) => ({ PORT: await taken(t) }),
    /^Another program uses port \d+: choose another PORT, or stop/,
  ],
  [
    'another program uses the port of the metrics',
    async ({ t }) => ({ LINTEL_METRICS_PORT: await taken(t) }),
    /^Another program uses port \d+: choose another LINTEL_METRICS_PORT, or stop/,
  ],
  [
    'the port is one for which a right is needed',
    () => ({ PORT: '1' }),
    /may not listen on port 1: choose a PORT from 1024 on, or give the service that right/,
  ],
  [
    'the certificate is none',
    certificates((_, folder) => {
      const cert = join(folder, 'none')
      writeFileSync(cert, 'none')
      return { LINTEL_TLS_CERT: cert }
    }),
    /\(LINTEL_TLS_CERT\) is no certificate in PEM form/,
  ],
  [
    'the key is none',
    certificates(({ cert }) => ({ LINTEL_TLS_KEY: cert })),
    /\(LINTEL_TLS_KEY\) is no private key in PEM form/,
  ],
  [
    'the key has a passphrase',
    certificates(({ key }, folder) => {
      const locked = join(folder, 'locked.key')
      spawnSync('openssl', ['pkey', '-in', key, '-aes256', '-passout', 'pass:x', '-out', locked])
      return { LINTEL_TLS_KEY: locked }
    }),
    /has a passphrase: take it off/,
  ],
  [
    'the key is that of another certificate',
    certificates(async (_, folder) => ({ LINTEL_TLS_KEY: (await makeCertificate(folder, 'other')).key })),
    /is not the key of the first certificate in/,
  ],
  [
    'the key may not be read',
    certificates(({ key }) => after(chmodSync(key, 0), {})),
    /may not use \S+own\.key: give it to the user/,
  ],
  [
    'the certificate is a folder',
    certificates((_, folder) => ({ LINTEL_TLS_CERT: folder })),
    /LINTEL_TLS_CERT names a file that is not there/,
  ],
  [
    'the secret file may not be read',
    secret(path => writeFileSync(path, '{}', { mode: 0 })),
    /may not use \S+keys\.json: give it to the user/,
  ],
  ['the secret file is a folder', secret(path => mkdirSync(path)), /LINTEL_SECRET_FILE must name a file/],
  [
    'the secret file is something else',
    secret(path => writeFileSync(path, '{"a":1}', { mode: 0o600 })),
    /is not a secret file of Lintel/,
  ],
  [
    'the secret file has no place to be made in',
    ({ folder }) => after(chmodSync(folder, 0o500), { LINTEL_SECRET_FILE: join(folder, 'new/keys.json') }),
    /may not use \S+new: give it to the user/,
  ],
  [
    'PostgreSQL asks for a password and there is none',
    database(url => {
      url.password = ''
    }),
    /^PostgreSQL asks for a password, and DATABASE_URL holds none/,
  ],
  [
    'the password for PostgreSQL is wrong',
    database(url => {
      url.password = 'heron'
    }),
    /^PostgreSQL did not let Lintel in: password authentication failed/,
  ],
  [
    'PostgreSQL has no such database',
    database(url => {
      url.pathname = '/nowhere'
    }),
    /^PostgreSQL did not let Lintel in: database "nowhere" does not exist/,
  ],
  [
    'the password in DATABASE_URL is not encoded',
    () => ({ DATABASE_URL: 'postgres://lintel:pa#ss@db.example/lintel' }),
    /DATABASE_URL must be an address such as .* write % as %25, # as %23/,
  ],
]

const unit = readFileSync(join(root, 'ops/lintel.service'), 'utf8')
const unitLeaves = (code: number | null): boolean =>
  new RegExp(`^RestartPreventExitStatus=.*\\b${code}\\b`, 'm').test(unit)

for (const [claim, trouble, says] of troubles)
  test(`a start that stops because ${claim} says so in a sentence, ends with 1, and the unit leaves it at that`, async t => {
    const fresh = await freshFolder()
    t.after(fresh.remove)
    const data = join(fresh.path, 'data')
    mkdirSync(data)
    const more = await trouble({ folder: fresh.path, data, t })
    const { code, said } = await endOf({ PORT: String(await freePort()), LINTEL_DATA: data, ...more })
    assert.match(said, says)
    assert.equal(code, 1, said)
    assert.doesNotMatch(said, /^\s+at |\.ts:\d|"level"|heron|pa#ss|ss@/m)
    assert.ok(said.trim().split('\n').length <= 2, said)
    assert.ok(unitLeaves(code))
  })

for (const [claim, address] of [
  ['that is not there yet', async () => `postgres://lintel:heron@127.0.0.1:${await freePort()}/lintel`],
  ['whose socket is not there yet', async () => 'postgres:///lintel?host=/nowhere'],
] as const)
  test(`a start with a PostgreSQL ${claim} says so and ends with 75, so that the unit tries again`, async () => {
    const { code, said } = await endOf({ DATABASE_URL: await address() })
    assert.match(
      said,
      /^The database does not answer \(\w+\)\. Check DATABASE_URL and that PostgreSQL runs\.$/m,
    )
    assert.equal(code, 75, said)
    assert.doesNotMatch(said, /^\s+at |heron/m)
    assert.ok(!unitLeaves(code) && unit.includes('Restart=on-failure'))
  })

test('a first start that finds its port taken makes no administrator, and the next one prints the password', async t => {
  const fresh = await freshFolder()
  t.after(fresh.remove)
  const port = await freePort()
  const env = { LINTEL_DATA: fresh.path, PORT: String(port) }
  const other = createServer().listen(port, '127.0.0.1')
  await once(other, 'listening')
  assert.equal((await endOf(env)).code, 1)
  other.close()
  const ended = endOf({
    ...env,
    LOG_LEVEL: 'silent',
    NODE_OPTIONS: `--import=data:text/javascript,${stopSoon}`,
  })
  assert.match((await ended).said, /^First administrator: username admin, temporary password \S+$/m)
})

/** Ends the process politely once it has said that it listens. */
const stopSoon = encodeURIComponent(
  `const write = process.stdout.write.bind(process.stdout)
   process.stdout.write = (text, ...rest) => {
     if (String(text).includes('is listening')) setTimeout(() => process.kill(process.pid, 'SIGTERM'))
     return write(text, ...rest)
   }`,
)

test('the log of a start is open before its settings are known', () => {
  assert.equal(openLog().level, 'info')
})
