import { availableParallelism } from 'node:os'
import pg from 'pg'
import { freePort } from '../test/support/database/postgres.ts'
import { cpuSeconds, familySeconds, parentOf } from './cpu.ts'
import { growthOf, type Kind, kinds, type Part, type Round, type Run, type Runs } from './growth.ts'
import { makePeople, password } from './people.ts'
import { type Running, startHelper, startLintel, startOneOfSeveral } from './processes.ts'
import { connections, type Effort, type Load } from './races.ts'
import type { Row } from './report.ts'

type Env = Readonly<Record<string, string>>

interface Site {
  readonly load: Load
  readonly origin: string
  readonly people: readonly string[]
  readonly cookie: string
  /** The process that all of PostgreSQL's belong to. */
  readonly postmaster: number
  readonly milliseconds: number
}

const portOf = ({ origin }: Running) => Number(new URL(origin).port)

async function postmasterOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const postmaster = parentOf(rows[0]?.pid ?? 0)
  await client.end()
  return postmaster
}

/** Clients go round the processes themselves: each connection stays with one, as behind a plain TCP balancer. */
async function run(site: Site, kind: Kind, processes: readonly Running[]): Promise<Run> {
  const { load, origin, people, cookie, milliseconds } = site
  const ports = processes.map(portOf)
  const common = { origin, ports, connections, milliseconds }
  const used = () => ({
    Lintel: cpuSeconds(processes.map(({ pid }) => pid)),
    PostgreSQL: familySeconds(site.postmaster),
    'load generator': 0,
  })
  const before = used()
  const done = await load.ask(
    kind === 'pages' ? { kind, cookie, ...common } : { kind, people, password, ...common },
  )
  const { perSecond = 0, answers = 0, cpu = 0 } = done
  const after = { ...used(), 'load generator': cpu }
  const cost = (part: Part) => (after[part] - before[part]) / answers
  return {
    perSecond,
    cost: {
      Lintel: cost('Lintel'),
      PostgreSQL: cost('PostgreSQL'),
      'load generator': cost('load generator'),
    },
  }
}

async function runs(site: Site, processes: readonly Running[], forwards: boolean): Promise<Runs> {
  const found: Record<Kind, Run[]> = { 'sign-ins': [], pages: [] }
  const counts = processes.map((_, index) => index + 1)
  for (const count of forwards ? counts : counts.toReversed())
    for (const kind of kinds) found[kind][count - 1] = await run(site, kind, processes.slice(0, count))
  return found
}

/** One, two and three processes of one site on one PostgreSQL, with one secret file. */
export async function measureSeveral(env: Env, load: Load, effort: Effort): Promise<readonly Row[]> {
  const first = await startLintel(env)
  await first.stop()
  const people = await makePeople(env, 601)
  const origin = `http://localhost:${await freePort()}`
  const started: Running[] = []
  const start = async (core?: number) => {
    const running = await startOneOfSeveral({ ...env, LINTEL_ORIGIN: origin }, core)
    started.push(running)
    return running
  }
  const hashes = startHelper<{ inFlight: number; milliseconds: number }, { perSecond: number }>('hashes.ts')
  const milliseconds = effort.window
  try {
    const shared = [await start(), await start(), await start()]
    const pinned = [await start(0), await start(1 % availableParallelism())]
    const person = people.at(-1) ?? ''
    const ports = shared.map(portOf)
    const { cookie = '' } = await load.ask({ kind: 'sign-in-once', origin, ports, person, password })
    const postmaster = await postmasterOf(env['DATABASE_URL'] ?? '')
    const site = { load, origin, people: people.slice(0, -1), cookie, postmaster, milliseconds }
    const rounds: Round[] = []
    for (let turn = 0; turn <= effort.rounds; turn++) {
      const { perSecond: bare } = await hashes.ask({ inFlight: connections, milliseconds })
      const forwards = turn % 2 === 0
      const round = {
        bare,
        shared: await runs(site, shared, forwards),
        pinned: await runs(site, pinned, forwards),
      }
      if (turn > 0) rounds.push(round)
    }
    return growthOf(rounds)
  } finally {
    hashes.stop()
    for (const running of started) await running.stop()
  }
}
