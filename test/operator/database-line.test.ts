import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { placeOf } from '../attacks/support.ts'
import { firstSignInByClient } from '../journeys/guide.ts'
import { type FreshFolder, freshFolder } from '../support/database/databases.ts'
import { startPostgres, type ThrowawayPostgres } from '../support/database/postgres.ts'
import { type Certificate, makeCertificate } from '../support/outside/certificate.ts'
import { commandOf, runCommand } from '../support/process/command.ts'
import { startLintel } from '../support/process/process.ts'

/** An address of this machine that is no loopback: to Lintel it is another machine. */
const outer = Object.values(networkInterfaces())
  .flatMap(list => list ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address
const host = outer ?? '127.0.0.1'
/** Where the machine has none, the address says itself what would hold without a word. */
const unsaid: Readonly<Record<string, string>> = outer === undefined ? { sslmode: 'verify-full' } : {}

const access = ['127.0.0.1/32', `${host}/32`].map(range => `host all all ${range} password`).join('\n')
const listen = `listen_addresses=127.0.0.1,${host}`

describe('the line to a PostgreSQL on another machine', () => {
  const servers: ThrowawayPostgres[] = []
  let folder: FreshFolder
  let right: Certificate

  before(async () => {
    folder = await freshFolder()
    right = await makeCertificate(folder.path, 'right', `DNS:localhost,IP:${host}`)
  })
  after(async () => {
    for (const server of servers) await server.stop()
    await folder.remove()
  })

  async function serve(certificate?: Certificate): Promise<ThrowawayPostgres> {
    const server = await startPostgres({
      settings: [listen, ...(certificate === undefined ? [] : ['ssl=on'])],
      files: {
        'pg_hba.conf': `${access}\n`,
        ...(certificate !== undefined && {
          'server.crt': await readFile(certificate.cert, 'utf8'),
          'server.key': await readFile(certificate.key, 'utf8'),
        }),
      },
    })
    servers.push(server)
    return server
  }

  function addressOf(server: ThrowawayPostgres, words: Readonly<Record<string, string>> = unsaid): string {
    const url = new URL(server.url)
    url.hostname = host
    for (const [name, value] of Object.entries(words)) url.searchParams.set(name, value)
    return url.href
  }

  /** The message to an operator when the start stops; never a stack, an address or a password. */
  async function stopsWith(t: Parameters<typeof startLintel>[0], address: string): Promise<string> {
    const data = await freshFolder()
    t.after(data.remove)
    const env = { DATABASE_URL: address }
    const error: unknown = await startLintel(t, { engine: 'postgres', env }).then(
      () => assert.fail('it started'),
      failure => failure,
    )
    const said = error instanceof Error ? error.message : String(error)
    assert.doesNotMatch(said, /\.ts:\d|postgres:\/\//)
    assert.ok(!said.includes(new URL(address).password))
    const doctor = await runCommand({ ...env, LINTEL_DATA: data.path }, 'doctor')
    assert.equal(doctor.code, 1)
    assert.match(doctor.out, /BAD {3}store: /)
    return said
  }

  test('a start stops when the server offers no TLS, and says what to do', async t => {
    const said = await stopsWith(t, addressOf(await serve()))
    assert.match(said, /offers no TLS.*Switch TLS on there.*sslmode=disable/)
  })

  test('a start stops at an authority that is not there, and names it', async t => {
    const words = { ...unsaid, sslrootcert: '/nowhere/ca.pem' }
    const said = await stopsWith(t, addressOf(await serve(), words))
    assert.match(said, /^.*DATABASE_URL names a file in sslrootcert that is not there\.$/m)
  })

  test('sslmode=disable is the operator’s word: it starts in clear, and the doctor says so', async t => {
    const server = await serve()
    const address = addressOf(server, { sslmode: 'disable' })
    const lintel = await startLintel(t, { engine: 'postgres', env: { DATABASE_URL: address } })
    const doctor = await commandOf(lintel)('doctor')
    assert.equal(doctor.code, 0, doctor.err)
    if (outer !== undefined) assert.match(doctor.out, /warn {2}database line: what goes to .* can be read/)
  })

  test('a start stops at a certificate that nobody vouches for, or that is for another name', async t => {
    const server = await serve(right)
    assert.match(
      await stopsWith(t, addressOf(server)),
      /Nobody that is trusted vouches.*sslrootcert=FILE.*NODE_EXTRA_CA_CERTS.*sslmode=disable/,
    )
    const other = await makeCertificate(folder.path, 'other', 'DNS:db.example')
    const elsewhere = await serve(other)
    const said = await stopsWith(t, addressOf(elsewhere, { ...unsaid, sslrootcert: other.cert }))
    assert.match(said, /made for another name/)
  })

  for (const [how, words, env] of [
    ['named by sslrootcert', () => ({ ...unsaid, sslrootcert: right.cert }), () => ({})],
    ['named by NODE_EXTRA_CA_CERTS', () => unsaid, () => ({ NODE_EXTRA_CA_CERTS: right.cert })],
  ] as const)
    test(`with the authority ${how} everything goes over TLS: sign-in, command line, doctor and backup`, async t => {
      const server = await serve(right)
      const address = addressOf(server, words())
      const lintel = await startLintel(t, { engine: 'postgres', env: { DATABASE_URL: address, ...env() } })
      assert.equal(await placeOf(await firstSignInByClient(lintel)), '/')
      const beside = new pg.Client({ connectionString: server.url })
      await beside.connect()
      const { rows } = await beside.query<{ ssl: boolean; number: number }>(
        `select ssl, count(*)::int as number from pg_stat_ssl join pg_stat_activity using (pid)
         where application_name = 'lintel' group by ssl`,
      )
      await beside.end()
      assert.deepEqual(
        rows.map(({ ssl }) => ssl),
        [true],
      )
      const doctor = await commandOf(lintel)('doctor')
      assert.equal(doctor.code, 0, doctor.err)
      assert.match(doctor.out, /encrypted, and its certificate is checked/)
      const backup = await commandOf(lintel)('backup', join(lintel.folder, 'copy'))
      assert.equal(backup.code, 0, backup.err)
    })
})
