/**
 * `npm test [-- PATH… --node-option…]`: every test, or those whose path begins with or holds PATH, on real parts.
 * Starts a PostgreSQL of its own unless TEST_DATABASE_URL names one: fast, not durable (a test of what a crash leaves
 * starts one that is). Tests copy a database that is migrated once. What they leave behind goes with the run's folder.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { globSync, statfsSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../src/store/store.ts'
import { freshPostgres } from '../test/support/database/databases.ts'
import { startPostgres } from '../test/support/database/postgres.ts'

const root = `${import.meta.dirname}/..`
process.chdir(root)

const given = process.argv.slice(2)
const options = given.filter(argument => argument.startsWith('-'))
const paths = given.filter(argument => !argument.startsWith('-')).map(path => path.replace(/^\.\//, ''))

const all = globSync('{src,test,scripts}/**/*.test.ts').sort()
const files = paths.length === 0 ? all : all.filter(file => paths.some(path => file.includes(path)))
const unused = paths.filter(path => !all.some(file => file.includes(path)))
if (unused.length > 0 || files.length === 0) {
  process.stderr.write(`No test file matches ${unused.join(', ')}.\n`)
  process.exit(1)
}

const prerequisites = spawnSync('scripts/prepare-machine.sh', { stdio: 'inherit' })
if (prerequisites.status !== 0) process.exit(1)

let runner: ReturnType<typeof spawn> | undefined
let stoppedBy: NodeJS.Signals | undefined
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stoppedBy = signal
    runner?.kill(signal)
  })
}

const folder = await mkdtemp(join(place(), 'lintel-tests-'))
await chmod(folder, 0o711)
process.env['TMPDIR'] = folder

const notDurable = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']
const postgres =
  process.env['TEST_DATABASE_URL'] === undefined ? await startPostgres({ settings: notDurable }) : undefined
if (postgres !== undefined) process.env['TEST_DATABASE_URL'] = postgres.url
try {
  if (stoppedBy === undefined) process.exitCode = await runOnCopies()
  if (stoppedBy !== undefined) process.exitCode = 130
} finally {
  await postgres?.stop()
  await rm(folder, { recursive: true, force: true })
}

/** In memory where there is room: copying a database takes a quarter of the time that a disk needs. */
function place(): string {
  const memory = '/dev/shm'
  try {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize >= 8 * 1024 ** 3 ? memory : tmpdir()
  } catch {
    return tmpdir()
  }
}

/** Runs the tests while there is a migrated database to copy. */
async function runOnCopies(): Promise<number> {
  const template = await freshPostgres()
  try {
    const store = await openStore({ folder, databaseUrl: template.url, onLost: () => {} })
    await store.close()
    return await run(new URL(template.url).pathname.slice(1))
  } finally {
    await template.drop()
  }
}

async function run(template: string): Promise<number> {
  const env = {
    ...process.env,
    TEST_DATABASE_TEMPLATE: template,
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
    UV_THREADPOOL_SIZE: String(availableParallelism() + 4),
  }
  const test = ['--test', '--test-reporter=spec', '--test-concurrency=3', ...options, ...files]
  runner = spawn(process.execPath, test, { env, stdio: 'inherit' })
  const [code] = await once(runner, 'exit')
  return code ?? 1
}
