/** The doctor in each state that can be broken: true, on standard output, and with nothing changed. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { type FreshFolder, freshFolder } from '../support/database/databases.ts'
import { freePort } from '../support/database/postgres.ts'
import { makeCertificate } from '../support/outside/certificate.ts'
import { runCommand } from '../support/process/command.ts'
import { type Env, startLintel } from '../support/process/process.ts'

const root = join(import.meta.dirname, '../..')
/** Whom nobody's files belong to. */
const stranger = 65_534

/** All that can be seen of a folder: names, owners, modes and bytes. */
function picture(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map(name => {
      const path = join(folder, name)
      const { mode, uid } = lstatSync(path)
      const bytes = statSync(path).isFile() ? readFileSync(path) : ''
      return `${name} ${mode} ${uid} ${createHash('sha256').update(bytes).digest('hex')}`
    })
}

/** Breaks something in the copy of a sound store. @returns settings beside `LINTEL_DATA`. */
type Break = (data: string, folder: string) => unknown

const store = (data: string) => join(data, 'lintel.sqlite')
const change =
  (statement: string): Break =>
  data => {
    const database = new DatabaseSync(store(data))
    database.exec(statement)
    database.close()
    return undefined
  }
const ownTls =
  (
    hosts: string,
    names: (pair: { cert: string; key: string }, folder: string) => Env | Promise<Env>,
  ): Break =>
  async (_, folder) => {
    const pair = await makeCertificate(folder, 'own', hosts)
    return { LINTEL_ORIGIN: 'https://hmis.example', ...(await names(pair, folder)) }
  }
const tls = ({ cert, key }: { cert: string; key: string }): Env => ({
  LINTEL_TLS_CERT: cert,
  LINTEL_TLS_KEY: key,
})

const states: readonly (readonly [claim: string, broken: Break, finding: RegExp])[] = [
  ['all is well', () => undefined, /^ok {4}store: sqlite, schema \d+, 1 accounts; the secret file fits it$/m],
  ['all is well', () => undefined, /^ok {4}lintel: \d+\.\d+\.\d+, looking as \w+$/m],
  ['all is well', () => undefined, /^(?:ok {4}|warn {2})disk: \d+\.\d GiB are free under the data folder/m],
  [
    'the store may be read by others',
    data => void chmodSync(store(data), 0o644),
    /^BAD {3}data folder: other users .* chmod 600/m,
  ],
  [
    'the secret file may be read by others',
    data => void chmodSync(join(data, 'secret.json'), 0o644),
    /^BAD {3}secret file: other users of the machine can read it: chmod 600/m,
  ],
  [
    'the secret file is gone',
    data => void rmSync(join(data, 'secret.json')),
    /^BAD {3}store: \S+secret\.json is not there, but this store holds accounts that need it/m,
  ],
  [
    'the secret file is another',
    data => {
      const keys = [{ id: 'abcdefgh', secret: 'A'.repeat(43) }]
      writeFileSync(join(data, 'secret.json'), JSON.stringify({ keys }))
      return undefined
    },
    /^BAD {3}store: \S+secret\.json holds other keys than those/m,
  ],
  [
    'the store is no database',
    data => void writeFileSync(store(data), 'no database '.repeat(100)),
    /^BAD {3}store: The store \(lintel\.sqlite\) is no database/m,
  ],
  [
    'a newer Lintel wrote the store',
    change('insert into schema_version (version) values (999)'),
    /^BAD {3}store: a newer Lintel wrote it \(schema 999/m,
  ],
  [
    'the store is older',
    change('delete from schema_version where version > 1'),
    /^warn {2}store: schema 1; the next start brings it to/m,
  ],
  [
    'the clock went back',
    change('update audit_record set at = at + 3600000'),
    /^BAD {3}clock: the newest audit record is \d+ minutes in the future/m,
  ],
  [
    'the data folder is not there and cannot be made',
    (_, folder) => {
      writeFileSync(join(folder, 'file'), '')
      return { LINTEL_DATA: join(folder, 'file/data') }
    },
    /^BAD {3}data folder: .*file\/data is not there, and \w+ cannot make it/m,
  ],
  [
    'the data folder is not there and can be made',
    (_, folder) => ({ LINTEL_DATA: join(folder, 'new/data') }),
    /^warn {2}data folder: .* is not there yet: the first start makes it/m,
  ],
  ['a setting is wrong', () => ({ PORT: 'x' }), /^BAD {3}settings: PORT must be a port/m],
  [
    'the certificate is for another name',
    ownTls('DNS:other.example', tls),
    /^BAD {3}certificate: it is not for hmis\.example, the name in LINTEL_ORIGIN/m,
  ],
  [
    'the key is that of another certificate',
    ownTls('DNS:hmis.example', async (pair, folder) => ({
      ...tls(pair),
      LINTEL_TLS_KEY: (await makeCertificate(folder, 'other')).key,
    })),
    /^BAD {3}certificate: .* is not the key of the first certificate in/m,
  ],
  [
    'the certificate is none',
    ownTls('DNS:hmis.example', ({ key }) => ({ LINTEL_TLS_CERT: key, LINTEL_TLS_KEY: key })),
    /^BAD {3}certificate: .* is no certificate in PEM form/m,
  ],
  [
    'the certificate ends soon',
    ownTls('DNS:hmis.example', tls),
    /^warn {2}certificate: for hmis\.example, with its key; it ends on/m,
  ],
  [
    'everybody is a trusted proxy',
    () => ({ LINTEL_TRUSTED_PROXIES: '0.0.0.0/0' }),
    /^warn {2}trusted proxies: LINTEL_TRUSTED_PROXIES holds 0\.0\.0\.0\/0/m,
  ],
  [
    'the site has a bare name',
    () => ({ LINTEL_ORIGIN: 'https://example.invalid', LINTEL_TRUSTED_PROXIES: '127.0.0.1' }),
    /^warn {2}name: browsers .* every name under example\.invalid by https alone/m,
  ],
  [
    'nothing answers at the address of the site',
    () => ({ LINTEL_ORIGIN: 'https://hmis.example.invalid', LINTEL_TRUSTED_PROXIES: '127.0.0.1' }),
    /^warn {2}way in: https:\/\/hmis\.example\.invalid does not answer from here/m,
  ],
]

describe('the doctor', () => {
  let sound: FreshFolder
  before(async () => {
    sound = await freshFolder()
    await using started = new AsyncDisposableStack()
    const scope = {
      after: (cleanup: () => Promise<unknown>) => void started.defer(async () => void (await cleanup())),
    }
    const lintel = await startLintel(scope, { engine: 'sqlite', folder: join(sound.path, 'data') })
    await lintel.stop()
  })
  after(() => sound.remove())

  async function copy(t: {
    after(work: () => Promise<unknown>): void
  }): Promise<{ folder: string; data: string }> {
    const fresh = await freshFolder()
    t.after(fresh.remove)
    const data = join(fresh.path, 'data')
    cpSync(join(sound.path, 'data'), data, { recursive: true, preserveTimestamps: true })
    chmodSync(data, 0o700)
    return { folder: fresh.path, data }
  }

  for (const [claim, broken, finding] of states)
    test(`where ${claim} it says ${finding.source.slice(0, 60)} on standard output and changes nothing`, async t => {
      const { folder, data } = await copy(t)
      const env = { LINTEL_DATA: data, ...((await broken(data, folder)) as Env | undefined) }
      const before = picture(folder)
      const said = await runCommand(env, 'doctor')
      assert.match(said.out, finding)
      assert.equal(said.err, '')
      assert.equal(said.code, /^BAD/m.test(said.out) ? 1 : 0)
      assert.doesNotMatch(said.out, /^\s+at |undefined|NaN/m)
      assert.deepEqual(picture(folder), before)
    })

  for (const [claim, answer, finding] of [
    [
      'compresses pages',
      { status: 200, headers: { 'content-encoding': 'gzip' } },
      /^warn {2}way in: the proxy compresses pages \(gzip\)/m,
    ],
    [
      'loses the Host header',
      { status: 421, headers: {} },
      /^BAD {3}way in: .* leads in a circle: the proxy has to keep the Host header/m,
    ],
    ['fails', { status: 502, headers: {} }, /^BAD {3}way in: .*\/sign-in answers 502/m],
    [
      'does its part',
      { status: 200, headers: {} },
      /^ok {4}way in: .* shows the sign-in page, uncompressed/m,
    ],
  ] as const)
    test(`a proxy that ${claim} is found by asking for the sign-in page as a browser does`, async t => {
      const { folder, data } = await copy(t)
      const { cert, key } = await makeCertificate(folder, 'proxy')
      const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (_, response) => {
        response.writeHead(answer.status, answer.headers).end()
      })
      t.after(() => void server.close())
      const port = await freePort()
      await promisify<number, string>(server.listen.bind(server))(port, '127.0.0.1')
      const env = {
        LINTEL_DATA: data,
        LINTEL_ORIGIN: `https://localhost:${port}`,
        LINTEL_TRUSTED_PROXIES: '127.0.0.1',
        NODE_EXTRA_CA_CERTS: cert,
      }
      assert.match((await runCommand(env, 'doctor')).out, finding)
    })

  const isRoot = process.getuid?.() === 0
  test('what root does on the store of a service user is done as that user', { skip: !isRoot }, async t => {
    const { folder, data } = await copy(t)
    chmodSync(folder, 0o755)
    for (const path of [data, store(data), join(data, 'secret.json')]) chownSync(path, stranger, stranger)
    const env = { LINTEL_DATA: data }
    const added = await runCommand(env, 'secret', 'add')
    assert.equal(added.code, 0, added.err)
    assert.match(added.err, /^Store: SQLite in \S+, as nobody$/m)
    for (const name of readdirSync(data)) assert.equal(statSync(join(data, name)).uid, stranger, name)
    const exported = await runCommand(env, 'audit', 'export')
    assert.match(exported.out, /operator:root/)
    chownSync(join(data, 'secret.json'), 0, 0)
    const doctor = await runCommand(env, 'doctor')
    assert.equal(doctor.code, 1)
    assert.match(doctor.out, /^BAD {3}secret file: nobody cannot read \S+secret\.json: give it to the user/m)
    const refused = await runCommand(env, 'account', 'list')
    assert.equal(refused.code, 1)
    assert.match(refused.err, /nobody may not use \S+secret\.json: give it to the user that runs Lintel/)
  })

  test('settings come from a file as systemd reads it, and a file that is not there is named', async t => {
    const { folder, data } = await copy(t)
    const file = join(folder, 'lintel.env')
    writeFileSync(
      file,
      `LINTEL_DATA=${data}\nLINTEL_MAIL_FROM=HMIS Helpdesk <helpdesk@example.org>\nPORT=3999\n`,
    )
    const said = await runCommand({}, '--settings', file, 'doctor')
    assert.match(said.out, /people type http:\/\/localhost:3999$/m)
    const none = await runCommand({}, '--settings', join(folder, 'none'), 'doctor')
    assert.deepEqual([none.code, none.out], [1, ''])
    assert.match(none.err, /none is not there/)
    const itself = await runCommand({}, '--settings', folder, 'doctor')
    assert.deepEqual([itself.code, itself.err], [1, 'A folder is named where Lintel needs a file.\n'])
    const wrapper = readFileSync(join(root, 'bin/lintel-service'), 'utf8')
    const unit = readFileSync(join(root, 'ops/lintel.service'), 'utf8')
    for (const [, name = ''] of unit.matchAll(/^Environment(?:File)?=(.*)$/gm))
      assert.ok(wrapper.includes(name), name)
  })

  test('a backup into a folder that is not there, and the version, are told in a line', async t => {
    const { folder, data } = await copy(t)
    const backup = await runCommand({ LINTEL_DATA: data }, 'backup', join(folder, 'none/x'))
    assert.equal(backup.code, 1)
    assert.match(backup.err, /none is not there/)
    assert.doesNotMatch(backup.err, /^\s+at /m)
    mkdirSync(join(folder, 'bin'))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const said = await runCommand({}, '--version')
    assert.deepEqual([said.code, said.out], [0, `lintel ${version}\n`])
    assert.equal(spawnSync(join(root, 'bin/lintel'), ['--version'], { cwd: folder }).status, 0)
  })
})
