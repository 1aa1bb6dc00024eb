import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import { installedMib } from './installed.ts'
import type { Job } from './jobs.ts'
import { makePeople, password } from './people.ts'
import { type Running, residentMemory, startBare, startLintel, threads } from './processes.ts'
import { connections, type Effort, type Load, race } from './races.ts'
import { median, quantile, type Row, row } from './report.ts'
import { cookiesOf, getRequest, openWire, postJson } from './wire.ts'

type Env = Readonly<Record<string, string>>

/** The peers have dependencies of their own, installed when they are first asked for. */
function installPeers(): void {
  execFileSync('npm', ['ci', '--prefix', join(import.meta.dirname, 'peers'), '--ignore-scripts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

async function anotherDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const other = new URL(url)
  other.pathname = name
  return other.href
}

async function peerCookie({ origin }: Running, signIn: string): Promise<string> {
  const wire = await openWire(Number(new URL(origin).port))
  const cookie = cookiesOf(await wire.ask(signIn))
  const session = await wire.ask(getRequest(origin, '/api/auth/get-session', cookie))
  wire.close()
  if (!session.body.toString().includes('"user"'))
    throw new Error(`better-auth knows no session: ${session.body}`)
  return cookie
}

/** Asks again and again; remembers how long the answers of each run took. */
function timed(load: Load, job: Job) {
  const runs: (readonly number[])[] = []
  return {
    async perSecond(): Promise<number> {
      const { perSecond = 0, waits = [] } = await load.ask(job)
      runs.push(waits)
      return perSecond
    },
    /** Milliseconds that this share of answers did not exceed: the middle run, the first left out. */
    wait: (share: number): number => median(runs.slice(1).map(waits => quantile(waits, share))),
  }
}

type Timed = ReturnType<typeof timed>

async function raceWaits(
  what: string,
  effort: Effort,
  [ours, theirs]: readonly [Timed, Timed],
  least: number,
): Promise<readonly Row[]> {
  const found = await race(effort, ours.perSecond, theirs.perSecond)
  return [
    row(
      `${what}/s over those of better-auth`,
      found.ours,
      found.reference,
      `≥ ${least}`,
      found.ratio >= least,
      found.ratio,
    ),
    ...[0.5, 0.99].map(share =>
      row(
        `${what}, ${connections} at a time: p${share * 100} ms over those of better-auth`,
        ours.wait(share),
        theirs.wait(share),
        'none',
        true,
      ),
    ),
  ]
}

/** Lintel over better-auth: one process each, one PostgreSQL server, a database each. */
export async function racePeers(env: Env, load: Load, effort: Effort): Promise<readonly Row[]> {
  installPeers()
  const first = await startLintel(env)
  await first.stop()
  const people = await makePeople(env, 100)
  const DATABASE_URL = await anotherDatabase(env['DATABASE_URL'] ?? '', 'better_auth')
  const startPeer = (made: readonly string[]) =>
    startBare('peers/better-auth.ts', {
      DATABASE_URL,
      PASSWORD: password,
      PEOPLE: made.join(),
      NODE_ENV: 'production',
      UV_THREADPOOL_SIZE: threads,
    })
  await (await startPeer(people)).stop()
  const peer = await startPeer([])
  const lintel = await startLintel(env)
  const milliseconds = effort.window
  const askFor = (origin: string, requests: readonly string[]) =>
    timed(load, { kind: 'requests', origin, requests, connections, milliseconds })
  try {
    const person = people[0] ?? ''
    const { cookie = '' } = await load.ask({ kind: 'sign-in-once', origin: lintel.origin, person, password })
    const signIns = people.map(username =>
      postJson(peer.origin, '/api/auth/sign-in/username', { username, password }),
    )
    const theirs = await peerCookie(peer, signIns[0] ?? '')
    const idle = [residentMemory(lintel.pid), residentMemory(peer.pid)] as const
    const checks = await raceWaits(
      'session checks',
      effort,
      [
        askFor(lintel.origin, [getRequest(lintel.origin, '/session/status', cookie)]),
        askFor(peer.origin, [getRequest(peer.origin, '/api/auth/get-session', theirs)]),
      ],
      5,
    )
    const { origin } = lintel
    const job = { kind: 'sign-ins', origin, people, password, connections, milliseconds } as const
    const whole = await raceWaits(
      'sign-ins (same Argon2id)',
      effort,
      [timed(load, job), askFor(peer.origin, signIns)],
      1.05,
    )
    const busy = [residentMemory(lintel.pid), residentMemory(peer.pid)] as const
    return [
      ...checks,
      ...whole,
      row('resident memory after a sign-in, MiB, over better-auth', ...idle, 'none', true),
      row('resident memory after the races, MiB, over better-auth', ...busy, 'none', true),
      row('start to the first 200, ms, over better-auth', lintel.startedIn, peer.startedIn, 'none', true),
      row(
        'installed without Node, MiB, over better-auth',
        installedMib(join(import.meta.dirname, '..')),
        installedMib(join(import.meta.dirname, 'peers')),
        'none',
        true,
      ),
    ]
  } finally {
    await lintel.stop()
    await peer.stop()
  }
}
