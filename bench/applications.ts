import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { plainApplication } from '../src/applications/presets.ts'
import { addSecret, createApplication } from '../src/applications/store.ts'
import { openServices } from '../src/services.ts'
import { readSettings } from '../src/settings.ts'
import { hasGlewlwyd, startGlewlwyd } from './glewlwyd.ts'
import {
  application,
  askOnce,
  authorizationOf,
  codesBy,
  exchangeRequest,
  formHead,
  introspectionRequest,
  type Party,
  userinfoRequest,
} from './parties.ts'
import { makePeople, password } from './people.ts'
import { type Running, residentMemory, startBare, startLintel } from './processes.ts'
import { connections, type Effort, type Load, race } from './races.ts'
import { quantile, type Row, row } from './report.ts'
import { getRequest, postRequest } from './wire.ts'

type Env = Readonly<Record<string, string>>

/** Codes that are made before they are counted: the reference's memory has room for as many. */
const codesAtOnce = 150
/** People who sign out one after the other while the application listens. */
const leavers = 100
const oidcPaths = { token: '/oidc/token', userinfo: '/oidc/userinfo', introspection: '/oidc/introspect' }

/** Registers the application, as the console does. */
async function register(env: Env, backchannelUri: string): Promise<{ id: string; secret: string }> {
  const read = readSettings(env)
  if (!read.ok) throw new Error(read.problems.join('\n'))
  const { store, now } = await openServices(read.settings)
  const given = {
    ...plainApplication('other'),
    name: application.id,
    redirectUris: [application.callback],
    backchannelUri,
  }
  const made = await store.write(async tx => {
    const id = await createApplication(tx, given, now())
    return { id, secret: await addSecret(tx, id, now()) }
  })
  await store.close()
  return made
}

interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
}

async function enter(party: Party, code: string): Promise<Tokens> {
  const { status, body } = await askOnce(party.running.origin, exchangeRequest(party, code))
  if (status !== 200) throw new Error(`${status} to a code: ${body}`)
  return JSON.parse(body.toString()) as Tokens
}

/** How often in a second each thing is done. */
async function efforts(load: Load, party: Party, { window: milliseconds }: Effort) {
  const { origin } = party.running
  const perSecond = async (requests: readonly string[]) =>
    (await load.ask({ kind: 'requests', origin, requests, connections, milliseconds })).perSecond ?? 0
  const fresh = async () => Promise.all((await party.codes(connections)).map(code => enter(party, code)))
  return {
    'code to tokens': async () => {
      let answers = 0
      let seconds = 0
      while (seconds * 1_000 < milliseconds / 2) {
        const requests = (await party.codes(codesAtOnce)).map(code => exchangeRequest(party, code))
        const done = await load.ask({ kind: 'each-once', origin, requests, connections })
        answers += done.answers ?? 0
        seconds += (done.answers ?? 0) / (done.perSecond ?? 1)
      }
      return answers / seconds
    },
    refresh: async () => {
      const head = formHead(party, party.paths.token)
      const tokens = (await fresh()).map(({ refresh_token }) => refresh_token)
      return (await load.ask({ kind: 'refreshes', origin, head, tokens, milliseconds })).perSecond ?? 0
    },
    userinfo: async () =>
      perSecond((await fresh()).map(({ access_token }) => userinfoRequest(party, access_token))),
    introspection: async () =>
      perSecond((await fresh()).map(({ access_token }) => introspectionRequest(party, access_token))),
  }
}

/** Ours over a reference's, thing by thing. */
async function raceParties(
  load: Load,
  [ours, theirs]: readonly [Party, Party],
  name: string,
  least: number | undefined,
  effort: Effort,
): Promise<readonly Row[]> {
  const left = await efforts(load, ours, effort)
  const right = await efforts(load, theirs, effort)
  const rows: Row[] = []
  for (const what of Object.keys(left) as (keyof typeof left)[]) {
    const found = await race(effort, left[what], right[what])
    const isMet = least === undefined || found.ratio >= least
    const target = least === undefined ? 'none' : `≥ ${least}`
    rows.push(row(`${what}/s over ${name}`, found.ours, found.reference, target, isMet, found.ratio))
  }
  return rows
}

/** An application that listens for the end of sessions. */
async function openListener() {
  let heard: () => void = () => {}
  const server = createServer(async (request, response) => {
    await text(request)
    response.end()
    heard()
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  return {
    uri: `http://127.0.0.1:${port}/signed-out`,
    next: () => new Promise<void>(resolve => (heard = resolve)),
    close: () => void server.close(),
  }
}

async function raceNotices(
  load: Load,
  { running, id }: Party,
  people: readonly string[],
  next: () => Promise<void>,
): Promise<Row> {
  const { origin } = running
  const waits: number[] = []
  for (const person of people) {
    const { cookie = '', html = '' } = await load.ask({ kind: 'sign-in-once', origin, person, password })
    await codesBy(origin, `/oidc/authorize?${authorizationOf(id)}`, [cookie], 1)
    const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const heard = next()
    const left = await askOnce(origin, postRequest(origin, '/sign-out', cookie, { csrf }))
    if (left.status !== 303) throw new Error(`${left.status} to a sign-out`)
    const from = performance.now()
    await heard
    waits.push(performance.now() - from)
  }
  const [late, middle] = [quantile(waits, 0.99), quantile(waits, 0.5)]
  return row('sign-out to the notice, ms: p99, and the middle', late, middle, '≤ 1000 ms', late <= 1_000)
}

async function memoryRow(lintel: Running, effort: Effort): Promise<Row> {
  const bare = await startBare('bare-start.ts')
  await new Promise(resolve => setTimeout(resolve, effort.settle))
  const [ours, reference] = [residentMemory(lintel.pid), residentMemory(bare.pid)]
  await bare.stop()
  const what = 'resident memory idle with an application in use, MiB, over a bare Node server'
  return row(what, ours, reference, '≤ 95 MiB more', ours - reference <= 95)
}

/** Lintel over bare oidc-provider and over Glewlwyd, doing what applications ask. */
export async function raceApplications(
  env: Env,
  folder: string,
  load: Load,
  effort: Effort,
): Promise<readonly Row[]> {
  const first = await startLintel(env)
  await first.stop()
  const people = await makePeople(env, connections + leavers)
  const listener = await openListener()
  const known = await register(env, listener.uri)
  const lintel = await startLintel(env)
  const { origin } = lintel
  const cookies: string[] = []
  for (const person of people.slice(0, connections))
    cookies.push((await load.ask({ kind: 'sign-in-once', origin, person, password })).cookie ?? '')
  const asked = `/oidc/authorize?${authorizationOf(known.id)}`
  const ours: Party = {
    running: lintel,
    paths: oidcPaths,
    ...known,
    codes: count => codesBy(origin, asked, cookies, count),
  }
  await enter(ours, (await ours.codes(1))[0] ?? '')
  const memory = await memoryRow(lintel, effort)
  const bare = await startBare('bare-provider.ts')
  const reference: Party = {
    running: bare,
    paths: { token: '/token', userinfo: '/me', introspection: '/token/introspection' },
    ...application,
    codes: async count => {
      const { body } = await askOnce(bare.origin, getRequest(bare.origin, `/codes?count=${count}`))
      return JSON.parse(body.toString()) as readonly string[]
    },
  }
  const other = hasGlewlwyd() ? await startGlewlwyd(folder) : undefined
  const least = env['DATABASE_URL'] === undefined ? 0.7 : 0.5
  try {
    return [
      ...(await raceParties(load, [ours, reference], 'bare oidc-provider in memory', least, effort)),
      ...(other ? await raceParties(load, [ours, other], 'Glewlwyd on SQLite', undefined, effort) : []),
      await raceNotices(load, ours, people.slice(connections), listener.next),
      memory,
    ]
  } finally {
    listener.close()
    await Promise.all([lintel.stop(), bare.stop(), other?.running.stop()])
  }
}
