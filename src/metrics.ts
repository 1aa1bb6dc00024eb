import { hash, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Audit } from './audit/audit.ts'
import { addFigures } from './figures.ts'
import type { Hasher } from './password/hashing.ts'
import type { Services } from './session/services.ts'
import type { Answered } from './watch.ts'

export interface Metrics {
  readonly answered: (request: Answered) => void
  /** A page broke the policy, by directive; of the few that there are. */
  readonly reported: () => void
  /** The ends of the audit log are in the process log. */
  readonly headsLogged: () => void
  /** The same log of events, counted by name as they are written. */
  counting(audit: Audit): Audit
  /** All figures in Prometheus' text format. */
  text(): Promise<string>
}

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Metrics for an operator: requests, password hashing, events, and what waits in the store. */
export function createMetrics(services: Services, hasher: Pick<Hasher, 'load'>): Metrics {
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
  const heads = new Gauge({
    name: 'lintel_audit_heads_seconds',
    help: 'When the ends of the audit log were last written to the process log, in seconds since 1970.',
    registers,
  })
  addFigures(registry, services)
  return {
    answered: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    reported: () => reports.inc(),
    headsLogged: () => heads.set(services.now() / 1_000),
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

/** Where and to whom the metrics are given. */
interface Place {
  readonly port: number
  readonly host: string
  /** Without one, to whoever can reach the address. */
  readonly token: string | undefined
}

/** Serves `/metrics`; nothing in it names a person. */
export function serveMetrics(metrics: Pick<Metrics, 'text'>, { port, host, token }: Place): Promise<Server> {
  const digest = (text: string) => hash('sha256', text, 'buffer')
  const wanted = token === undefined ? undefined : digest(`Bearer ${token}`)
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    if (wanted !== undefined && !timingSafeEqual(digest(request.headers.authorization ?? ''), wanted)) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
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
