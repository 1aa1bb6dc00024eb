/** What Lintel writes, where, and what it says when it ends by a fault of its own. */
import assert from 'node:assert/strict'
import { constants, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { firstSignInByClient } from '../journeys/guide.ts'
import { engines, freshFolder } from '../support/database/databases.ts'
import { openClient } from '../support/http/client.ts'
import { commandOf } from '../support/process/command.ts'
import { type Lintel, startLintel } from '../support/process/process.ts'

const lastLine = (lintel: Lintel) => JSON.parse(lintel.output().trimEnd().split('\n').at(-1) ?? '')

for (const engine of engines)
  test(`a fault outside a request ends the process with one structured line and code 70, and the next start goes on (${engine})`, async t => {
    const lintel = await startLintel(t, {
      engine,
      env: { NODE_OPTIONS: `--import=${join(import.meta.dirname, '../support/process/fault-on-signal.ts')}` },
    })
    const client = await firstSignInByClient(lintel)
    for (const [signal, message] of [
      ['SIGUSR2', 'made-up fault'],
      ['SIGWINCH', 'made-up rejection'],
    ] as const) {
      lintel.signal(signal)
      await lintel.printed(new RegExp(`"level":60.*${message}.*\\n`))
      assert.deepEqual(await lintel.stop(), { code: 70, signal: null })
      const { level, msg, exitCode, err } = lastLine(lintel)
      assert.deepEqual(
        { level, msg, exitCode, message: err.message },
        { level: 60, msg: 'a fault outside a request ends the process', exitCode: 70, message },
      )
      assert.match(err.stack, /fault-on-signal\.ts/)
      await lintel.restart()
      assert.match((await client.get('/')).text, /Welcome/)
    }
    assert.doesNotMatch(lintel.output(), /password-of-the-database|Node\.js v|^\s+at /m)
    assert.equal((await commandOf(lintel)('audit', 'verify')).code, 0)
  })

test('a start that fails for no reason an operator was told of ends the same way', async t => {
  const fresh = await freshFolder()
  t.after(fresh.remove)
  const store = new DatabaseSync(join(fresh.path, 'lintel.sqlite'))
  store.exec('create table schema_version (something_else text)')
  store.close()
  await assert.rejects(startLintel(t, { engine: 'sqlite', folder: fresh.path }), ({ message }: Error) => {
    const line = message.split('\n').find(text => text.startsWith('{"level":60')) ?? ''
    assert.deepEqual(JSON.parse(line).exitCode, 70)
    assert.doesNotMatch(message, /Node\.js v/)
    return true
  })
})

test('whoever stops Lintel as soon as it says that it listens is obeyed politely, and both are in the audit log', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  for (let round = 0; round < 3; round++) {
    assert.deepEqual(await lintel.stop(), { code: 0, signal: null })
    await lintel.restart()
  }
  await lintel.stop()
  const { out } = await commandOf(lintel)('audit', 'export', '--json')
  const life = [...out.matchAll(/"sys_(startup|shutdown)"/g)].map(([, what]) => what)
  assert.deepEqual(life, Array.from({ length: 4 }, () => ['startup', 'shutdown']).flat())
})

/** Files that a process has open to write to; one that it closes while we look is passed over. */
function filesWritten(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap(descriptor => {
    try {
      const info = readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8')
      const mode =
        Number.parseInt(/^flags:\s+(\d+)$/m.exec(info)?.[1] ?? '0', 8) &
        (constants.O_WRONLY | constants.O_RDWR)
      const path = readlinkSync(`/proc/${pid}/fd/${descriptor}`)
      const isFile = path.startsWith('/') && !/^\/dev\/(?!shm\/)/.test(path)
      return mode !== constants.O_RDONLY && isFile ? [path] : []
    } catch {
      return []
    }
  })
}

test('what Lintel writes goes to its data folder and its two outputs, and to nothing else', async t => {
  const folders = await Promise.all(['data', 'home', 'temporary'].map(freshFolder))
  for (const { remove } of folders) t.after(remove)
  const [data = '', home = '', temporary = ''] = folders.map(({ path }) => path)
  const lintel = await startLintel(t, {
    engine: 'sqlite',
    folder: data,
    env: {
      HOME: home,
      TMPDIR: temporary,
      LOG_LEVEL: 'debug',
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
    },
  })
  await firstSignInByClient(lintel)
  const client = openClient(lintel.origin)
  await client.get('/forgot-password')
  await client.submit({ username: 'admin' })
  await lintel.printed(/\.eml/)
  await client.get('/nowhere')
  await client.get('/sign-in')
  await client.submit({ username: 'nobody', password: 'wrong' })
  await client.send('POST', '/sign-in', {}, 'x')
  const { pid } = JSON.parse(/^\{.*\}$/m.exec(lintel.output())?.[0] ?? '{}')
  const files = filesWritten(pid)
  assert.notEqual(files.length, 0)
  for (const path of files) assert.ok(path.startsWith(data), path)
  await lintel.stop()

  assert.deepEqual([readdirSync(home), readdirSync(temporary)], [[], []])
  assert.deepEqual(
    readdirSync(data)
      .filter(name => !name.startsWith('lintel.sqlite'))
      .sort(),
    ['outbox', 'secret.json'],
  )
  const lines = lintel.output().trimEnd().split('\n')
  const plain = lines.filter(line => !line.startsWith('{'))
  assert.deepEqual(
    plain.map(line => line.split(' ').slice(0, 2).join(' ')),
    ['First administrator:', 'Lintel is'],
  )
  for (const line of lines.filter(line => line.startsWith('{')))
    assert.equal(typeof JSON.parse(line).msg, 'string', line)
})
