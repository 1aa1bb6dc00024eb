/**
 * `npm run bench [-- --quick] [-- --applications | --peers | --processes | --scale [--accounts 1000000]] [-- --engine sqlite|postgres|both]`: the numbers
 * of the design, as ratios on this machine. A quick run is shown, not kept. Run it on a machine that does nothing else: what
 * else runs is in the ratios too. `--scale` makes its crowd by ranges, a million people in minutes, with an audit log of as many
 * records and a file of 10,000 rows through the command line.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startPostgres, type ThrowawayPostgres } from '../test/support/database/postgres.ts'
import { raceApplications } from './applications.ts'
import type { Done, Job } from './jobs.ts'
import { describeCommit, describeMachine, loadNow } from './machine.ts'
import { racePasskeys } from './passkeys.ts'
import { racePeers } from './peers.ts'
import { makePeople, password } from './people.ts'
import { type Running, startHelper, startLintel } from './processes.ts'
import { connections, type Effort, type Load, raceHome, raceSignIns, raceStart } from './races.ts'
import { asTable, keepReport, type Row } from './report.ts'
import { measureScale } from './scale.ts'
import { measureSeveral } from './several.ts'
import { beyondTheQueue, measureOverflow, measureStorm, type StormSetting } from './storms.ts'

type Engine = 'sqlite' | 'postgres'
type Env = Readonly<Record<string, string>>

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    applications: { type: 'boolean', default: false },
    processes: { type: 'boolean', default: false },
    scale: { type: 'boolean', default: false },
    accounts: { type: 'string', default: '1000000' },
    engine: { type: 'string', default: 'both' },
  },
})
const engines: readonly Engine[] = (['sqlite', 'postgres'] as const).filter(
  engine => options.engine === engine || options.engine === 'both',
)
if (engines.length === 0) {
  process.stderr.write('--engine is sqlite, postgres or both.\n')
  process.exit(2)
}
const effort: Effort = options.quick
  ? { rounds: 1, window: 700, storms: 1, settle: 1_000, overflow: false }
  : { rounds: 7, window: 2_500, storms: 5, settle: 3_000, overflow: true }

/** Paired people: a code is taken once in 30 s, so that they must not come round too soon. */
const enoughForEachStep = options.quick ? 300 : 2_000

const leastHome: Readonly<Record<Engine, number>> = { sqlite: 0.4, postgres: 0.25 }

/** One commit in 5 ms more: a module loaded before Lintel on SQLite, the server's own setting on PostgreSQL. */
async function slowDown(env: Env): Promise<Env> {
  const url = env['DATABASE_URL']
  if (url === undefined)
    return { ...env, NODE_OPTIONS: `--import=${join(import.meta.dirname, 'slow-commit.ts')}` }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('alter system set commit_delay = 5000')
  await client.query('alter system set commit_siblings = 0')
  await client.query('select pg_reload_conf()')
  await client.end()
  return env
}

async function measure(engine: Engine, env: Env, folder: string, load: Load): Promise<readonly Row[]> {
  const first = await startLintel(env)
  await first.stop()
  const people = await makePeople(env, beyondTheQueue)
  const paired = await makePeople(env, enoughForEachStep, { name: 'paired', paired: true })
  const { lintel, rows } = await raceStart(env, effort)
  const found: Row[] = []
  const enter = async (running: Running): Promise<StormSetting & { html: string }> => {
    const person = people.at(-1) ?? ''
    const { cookie = '', html = '' } = await load.ask({
      kind: 'sign-in-once',
      origin: running.origin,
      person,
      password,
    })
    return { load, lintel: running, cookie, people, html }
  }
  try {
    found.push(await raceSignIns(load, lintel, people.slice(0, 600), effort))
    found.push(await raceSignIns(load, lintel, paired, effort, 'coded-sign-ins'))
    found.push(await raceSignIns(load, lintel, people.slice(0, connections), effort, 'reauthentications'))
    found.push(await racePasskeys(env, load, lintel, people.slice(0, 600), effort))
    const place = await enter(lintel)
    const page = join(folder, 'home.html')
    await writeFile(page, place.html)
    found.push(await raceHome(load, lintel, { cookie: place.cookie, page }, leastHome[engine], effort))
    found.push(...(await measureStorm(place, effort, '')))
    if (effort.overflow) found.push(await measureOverflow(await enter(lintel)))
  } finally {
    await lintel.stop()
  }
  const slow = await startLintel(await slowDown(env))
  try {
    found.push(...(await measureStorm(await enter(slow), effort, ', commits 5 ms slower')))
  } finally {
    await slow.stop()
  }
  return [...found, ...rows]
}

type Kind = 'whole' | 'applications' | 'peers' | 'processes' | 'scale'

const nameOf = (kind: Kind, engine: Engine) =>
  ({
    whole: engine,
    applications: `applications-${engine}`,
    peers: 'peers',
    processes: 'processes',
    scale: `scale-${engine}`,
  })[kind]

function rowsOf(kind: Kind, engine: Engine, env: Env, folder: string, load: Load): Promise<readonly Row[]> {
  if (kind === 'peers') return racePeers(env, load, effort)
  if (kind === 'applications') return raceApplications(env, folder, load, effort)
  if (kind === 'processes') return measureSeveral(env, load, effort)
  if (kind === 'scale') return measureScale(env, load, effort, Number(options.accounts))
  return measure(engine, env, folder, load)
}

async function measureEngine(engine: Engine, kind: Kind): Promise<void> {
  const loadBefore = loadNow()
  const folder = await mkdtemp(join(tmpdir(), 'lintel-bench-'))
  const load = startHelper<Job, Done>('load.ts')
  let server: ThrowawayPostgres | undefined
  try {
    if (engine === 'postgres') server = await startPostgres()
    const env = {
      LINTEL_DATA: folder,
      LINTEL_SECRET_FILE: join(folder, 'secret.json'),
      ...(server !== undefined && { DATABASE_URL: server.url }),
    }
    const rows = await rowsOf(kind, engine, env, folder, load)
    const report = { machine: describeMachine(loadBefore, loadNow()), commit: describeCommit(), rows }
    const name = nameOf(kind, engine)
    const kept = options.quick ? [] : [`written to ${keepReport(name, report, new Date())}`]
    process.stdout.write(`${[...asTable(name, report), ...kept, ''].join('\n')}\n`)
  } finally {
    load.stop()
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

if (options.peers) await measureEngine('postgres', 'peers')
else if (options.processes) await measureEngine('postgres', 'processes')
else
  for (const engine of engines)
    await measureEngine(engine, options.scale ? 'scale' : options.applications ? 'applications' : 'whole')
