/** The load generator: a process of its own, so that it and the server do not share an event loop. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Done, Job, Probes } from './jobs.ts'
import { codedSignIns, expectStatus, reauthentications } from './locks.ts'
import { cookiesOf, getRequest, openWire, postRequest, type Wire } from './wire.ts'

const portOf = (origin: string) => Number(new URL(origin).port)
const portsOf = (job: { readonly origin: string; readonly ports?: readonly number[] }) =>
  job.ports ?? [portOf(job.origin)]
/** Milliseconds between two probes. */
const probeEvery = 10

/** The pre-session of a sign-in page, to be sent with any number of sign-ins. */
async function openPreSession(wire: Wire, origin: string): Promise<{ cookie: string; csrf: string }> {
  const answer = await wire.ask(getRequest(origin, '/sign-in'))
  const csrf = /name="csrf" value="([^"]+)"/.exec(answer.body.toString())?.[1]
  if (csrf === undefined) throw new Error(`No sign-in form: ${answer.status}`)
  return { cookie: cookiesOf(answer), csrf }
}

async function entries(
  origin: string,
  people: readonly string[],
  password: string,
  port = portOf(origin),
): Promise<readonly string[]> {
  const wire = await openWire(port)
  const { cookie, csrf } = await openPreSession(wire, origin)
  wire.close()
  return people.map(username =>
    postRequest(origin, '/sign-in', cookie, { csrf, username, password, to: '/' }),
  )
}

/** Asks over all connections until the time is over; they take the ports in turn. */
async function askForAWhile(
  ports: readonly number[],
  given: { readonly connections: number; readonly milliseconds: number },
  next: () => string,
  status: number,
): Promise<Done> {
  const wires = await Promise.all(
    Array.from({ length: given.connections }, (_, turn) => openWire(ports[turn % ports.length] ?? 0)),
  )
  const cpuFrom = process.cpuUsage()
  const from = performance.now()
  const until = from + given.milliseconds
  const waits: number[] = []
  await Promise.all(
    wires.map(async wire => {
      for (let asked = performance.now(); asked < until; asked = performance.now()) {
        const answer = await wire.ask(next())
        if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}\n${answer.body}`)
        waits.push(performance.now() - asked)
      }
    }),
  )
  const seconds = (performance.now() - from) / 1_000
  const { user, system } = process.cpuUsage(cpuFrom)
  for (const wire of wires) wire.close()
  const answers = waits.length
  return { perSecond: answers / seconds, answers, waits, cpu: (user + system) / 1_000_000 }
}

async function signIns(job: Extract<Job, { kind: 'sign-ins' }>): Promise<Done> {
  const requests = await entries(job.origin, job.people, job.password, portsOf(job)[0])
  let turn = 0
  return askForAWhile(portsOf(job), job, () => requests[turn++ % requests.length] ?? '', 303)
}

async function pages(job: Extract<Job, { kind: 'pages' }>): Promise<Done> {
  const request = getRequest(job.origin, '/', job.cookie)
  return askForAWhile(portsOf(job), job, () => request, 200)
}

async function signInOnce(job: Extract<Job, { kind: 'sign-in-once' }>): Promise<Done> {
  const [port = 0] = portsOf(job)
  const [request = ''] = await entries(job.origin, [job.person], job.password, port)
  const wire = await openWire(port)
  const cookie = cookiesOf(await wire.ask(request))
  const home = await wire.ask(getRequest(job.origin, '/', cookie))
  wire.close()
  if (home.status !== 200) throw new Error(`Home answered ${home.status}`)
  return { cookie, html: home.body.toString() }
}

/** Asks for the sign-in page and Home in turn at a fixed pace until told to stop; lateness counts. */
async function probe(origin: string, cookie: string, over: () => boolean): Promise<Probes> {
  const found = { signIn: [] as number[], home: [] as number[] }
  const free = await Promise.all(Array.from({ length: 100 }, () => openWire(portOf(origin))))
  const asked: Promise<void>[] = []
  const requests = { signIn: getRequest(origin, '/sign-in'), home: getRequest(origin, '/', cookie) }
  const ask = async (page: 'signIn' | 'home', due: number) => {
    const rested = free.pop()
    const isUsable = rested?.alive() === true
    if (!isUsable) rested?.close()
    const wire = isUsable ? rested : await openWire(portOf(origin))
    const answer = await wire.ask(requests[page])
    found[page].push(performance.now() - due)
    free.push(wire)
    if (answer.status !== 200) throw new Error(`A page beside the storm answered ${answer.status}`)
  }
  let due = performance.now()
  for (let turn = 0; !over(); turn++) {
    asked.push(ask(turn % 2 === 0 ? 'signIn' : 'home', due))
    due += probeEvery
    await pause(Math.max(0, due - performance.now()))
  }
  await Promise.all(asked)
  for (const wire of free) wire.close()
  return found
}

async function quiet(job: Extract<Job, { kind: 'probe' }>): Promise<Done> {
  const until = performance.now() + job.milliseconds
  return { probes: await probe(job.origin, job.cookie, () => performance.now() > until) }
}

/** Everybody presses the button at the same moment; who is told to come back does so once the storm is over. */
async function storm(job: Extract<Job, { kind: 'storm' }>): Promise<Done> {
  const port = portOf(job.origin)
  const requests = await entries(job.origin, job.people, job.password)
  const wires = await Promise.all(requests.map(() => openWire(port)))
  let over = false
  const probing = probe(job.origin, job.cookie, () => over)
  const answers = await Promise.all(wires.map((wire, index) => wire.ask(requests[index] ?? '')))
  over = true
  const probes = await probing
  const statuses = Object.fromEntries(
    Object.entries(Object.groupBy(answers, ({ status }) => String(status))).map(([status, list]) => [
      status,
      list?.length ?? 0,
    ]),
  )
  let admittedLater = 0
  for (const [index, { status }] of answers.entries()) {
    if (status !== 503) continue
    const wire = await openWire(port)
    if ((await wire.ask(requests[index] ?? '')).status === 303) admittedLater += 1
    wire.close()
  }
  for (const wire of wires) wire.close()
  return { statuses, probes, admittedLater }
}

async function requests(job: Extract<Job, { kind: 'requests' }>): Promise<Done> {
  let turn = 0
  const next = () => job.requests[turn++ % job.requests.length] ?? ''
  return askForAWhile(portsOf(job), job, next, job.status ?? 200)
}

async function eachOnce({
  origin,
  requests,
  connections,
}: Extract<Job, { kind: 'each-once' }>): Promise<Done> {
  const wires = await Promise.all(Array.from({ length: connections }, () => openWire(portOf(origin))))
  const left = requests.values()
  const from = performance.now()
  await Promise.all(
    wires.map(async wire => {
      for (const request of left) expectStatus(await wire.ask(request), 200)
    }),
  )
  const seconds = (performance.now() - from) / 1_000
  for (const wire of wires) wire.close()
  return { answers: requests.length, perSecond: requests.length / seconds }
}

/** Refreshes on as many connections as there are tokens, each with what it was given before. */
async function refreshes(job: Extract<Job, { kind: 'refreshes' }>): Promise<Done> {
  const wires = await Promise.all(job.tokens.map(() => openWire(portOf(job.origin))))
  const from = performance.now()
  const until = from + job.milliseconds
  let answers = 0
  await Promise.all(
    wires.map(async (wire, index) => {
      let token = job.tokens[index] ?? ''
      for (; performance.now() < until; answers++) {
        const body = `grant_type=refresh_token&refresh_token=${token}`
        const answer = await wire.ask(`${job.head}${body.length}\r\n\r\n${body}`)
        const given: unknown = JSON.parse(expectStatus(answer, 200).body.toString())
        token = (given as { readonly refresh_token: string }).refresh_token
      }
    }),
  )
  const seconds = (performance.now() - from) / 1_000
  for (const wire of wires) wire.close()
  return { answers, perSecond: answers / seconds }
}

function run(job: Job): Promise<Done> {
  if (job.kind === 'coded-sign-ins') return codedSignIns(job)
  if (job.kind === 'reauthentications') return reauthentications(job)
  if (job.kind === 'requests') return requests(job)
  if (job.kind === 'each-once') return eachOnce(job)
  if (job.kind === 'refreshes') return refreshes(job)
  if (job.kind === 'sign-ins') return signIns(job)
  if (job.kind === 'pages') return pages(job)
  if (job.kind === 'sign-in-once') return signInOnce(job)
  return job.kind === 'probe' ? quiet(job) : storm(job)
}

process.on('message', async (job: Job) => process.send?.(await run(job)))
