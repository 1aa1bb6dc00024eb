import { createServer, type Server } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Audit } from './audit/audit.ts'
import type { Hasher } from './password/hashing.ts'
import type { Services } from './session/services.ts'
import type { Answered } from './watch.ts'

export interface Metrics {
  readonly answered: (request: Answered) => void
  /** A page broke the policy, by directive; of the few that there are. */
  readonly reported: () => void
  /** The same log of events, counted by name as they are written. */
  counting(audit: Audit): Audit
  /** All figures in Prometheus' text format. */
  text(): Promise<string>
}

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Metrics for an operator: requests, password hashing, events, and what waits in the store. */
export function createMetrics({ store }: Pick<Services, 'store'>, hasher: Pick<Hasher, 'load'>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'lintel_request_seconds',
    help: 'Time to answer a request, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: secondsBuckets,
    registers,
  })
  const events = new Counter({
    name: 'lintel_audit_events_total',
    help: 'Audit records by event. Those of a transaction that was rolled back are counted too.',
    labelNames: ['event'],
    registers,
  })
  const reports = new Counter({
    name: 'lintel_policy_reports_total',
    help: 'Reports of browsers that a page broke the content security policy. Anybody can send them.',
    registers,
  })
  new Gauge({
    name: 'lintel_password_hashes',
    help: 'Password hashes that run or wait now.',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, number] of Object.entries(hasher.load())) this.set({ state }, number)
    },
  })
  const gauge = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read())
      },
    })
  gauge('lintel_mail_waiting', 'Messages that wait for the mail server.', async () => {
    const { waiting } = await store.read
      .selectFrom('mail')
      .select(eb => eb.fn.countAll<number>().as('waiting'))
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow()
    return Number(waiting)
  })
  gauge('lintel_incidents_open', 'Alerts that nobody at the helpdesk has closed.', async () => {
    const { open } = await store.read
      .selectFrom('incident')
      .select(eb => eb.fn.countAll<number>().as('open'))
      .where('closed_at', 'is', null)
      .executeTakeFirstOrThrow()
    return Number(open)
  })
  new Gauge({
    name: 'lintel_job_last_run_seconds',
    help: 'When a job last ended well, in seconds since 1970, over all processes.',
    labelNames: ['job'],
    registers,
    async collect() {
      const rows = await store.read
        .selectFrom('job')
        .select(['name', 'last_run_at'])
        .where('last_run_at', 'is not', null)
        .execute()
      for (const { name, last_run_at } of rows) this.set({ job: name }, Number(last_run_at) / 1_000)
    },
  })
  return {
    answered: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    reported: () => reports.inc(),
    counting: audit => ({
      ...audit,
      async record(tx, ...given) {
        await audit.record(tx, ...given)
        for (const { event } of given) events.inc({ event })
      },
    }),
    text: () => registry.metrics(),
  }
}

/** Serves `/metrics` to who can reach the address; nothing in it names a person. */
export function serveMetrics(metrics: Pick<Metrics, 'text'>, port: number, host: string): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    metrics.text().then(
      text => response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8').end(text),
      () => response.writeHead(503).end(),
    )
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}
