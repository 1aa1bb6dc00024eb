import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import { makePeople, password } from './people.ts'
import { type Running, startBare, startLintel, threads } from './processes.ts'
import { connections, type Effort, type Load, race } from './races.ts'
import { type Row, row } from './report.ts'
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

/** Lintel over better-auth: one process each, one PostgreSQL server, a database each. */
export async function racePeers(env: Env, load: Load, effort: Effort): Promise<readonly Row[]> {
  installPeers()
  const first = await startLintel(env)
  await first.stop()
  const people = await makePeople(env, 100)
  const DATABASE_URL = await anotherDatabase(env['DATABASE_URL'] ?? '', 'better_auth')
  const peer = await startBare('peers/better-auth.ts', {
    DATABASE_URL,
    PASSWORD: password,
    PEOPLE: people.join(),
    NODE_ENV: 'production',
    UV_THREADPOOL_SIZE: threads,
  })
  const lintel = await startLintel(env)
  const milliseconds = effort.window
  const askFor = (origin: string, requests: readonly string[]) => async () =>
    (await load.ask({ kind: 'requests', origin, requests, connections, milliseconds })).perSecond ?? 0
  try {
    const person = people[0] ?? ''
    const { cookie = '' } = await load.ask({ kind: 'sign-in-once', origin: lintel.origin, person, password })
    const signIns = people.map(username =>
      postJson(peer.origin, '/api/auth/sign-in/username', { username, password }),
    )
    const theirs = await peerCookie(peer, signIns[0] ?? '')
    const checks = await race(
      effort,
      askFor(lintel.origin, [getRequest(lintel.origin, '/session/status', cookie)]),
      askFor(peer.origin, [getRequest(peer.origin, '/api/auth/get-session', theirs)]),
    )
    const whole = await race(
      effort,
      async () =>
        (
          await load.ask({
            kind: 'sign-ins',
            origin: lintel.origin,
            people,
            password,
            connections,
            milliseconds,
          })
        ).perSecond ?? 0,
      askFor(peer.origin, signIns),
    )
    return [
      row(
        'session checks/s over those of better-auth',
        checks.ours,
        checks.reference,
        '≥ 5',
        checks.ratio >= 5,
        checks.ratio,
      ),
      row(
        'sign-ins/s over those of better-auth, same Argon2id',
        whole.ours,
        whole.reference,
        '≥ 1.05',
        whole.ratio >= 1.05,
        whole.ratio,
      ),
    ]
  } finally {
    await lintel.stop()
    await peer.stop()
  }
}
