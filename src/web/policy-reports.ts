import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { Endpoint } from './endpoints.ts'
import { reportsPath } from './headers.ts'

/** Bytes of a message at most: browsers send a few reports at once, each with the policy in it. */
const largestMessage = 32_768
/** Violations of one message that are looked at; a browser sends a few. */
const mostViolations = 20
const linesEachMinute = 20
const minute = 60_000

/** All that is told of a report. Never an address: it may hold a token. */
interface Violation {
  readonly directive: string
  /** The origin of what was blocked, the standard's word for it (CSP 3, 5.3) such as `inline`, or `other`. */
  readonly blocked: string
}

type Fields = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null

function wordOf(value: unknown): string {
  const [word = ''] = typeof value === 'string' ? value.split(' ', 1) : []
  return /^[a-z-]{2,30}$/.test(word) ? word : 'other'
}

function blockedOf(value: unknown): string {
  if (typeof value !== 'string' || !URL.canParse(value)) return wordOf(value)
  const { origin, protocol } = new URL(value)
  return origin === 'null' || origin.length > 120 ? wordOf(protocol.slice(0, -1)) : origin
}

/** By content type: the violations of a message; undefined: it is no report. */
const readers: Readonly<Record<string, (message: unknown) => readonly Violation[] | undefined>> = {
  'application/csp-report': message => {
    const report = isObject(message) ? message['csp-report'] : undefined
    if (!isObject(report) || Array.isArray(report)) return undefined
    const directive = report['effective-directive'] ?? report['violated-directive']
    return [{ directive: wordOf(directive), blocked: blockedOf(report['blocked-uri']) }]
  },
  'application/reports+json': message => {
    if (!Array.isArray(message)) return undefined
    return message.slice(0, mostViolations).flatMap(report => {
      const body = isObject(report) && report['type'] === 'csp-violation' ? report['body'] : undefined
      return isObject(body)
        ? [{ directive: wordOf(body['effectiveDirective']), blocked: blockedOf(body['blockedURL']) }]
        : []
    })
  },
}

/** The violations in a body of this content type; undefined: it is no report. */
export function readReports(type: string, body: string): readonly Violation[] | undefined {
  try {
    return readers[type]?.(JSON.parse(body))
  } catch {
    return undefined
  }
}

interface PolicyReportParts {
  readonly log: Logger
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Told of each violation, for the metrics. */
  readonly reported: () => void
}

/**
 * Takes what browsers report. Anybody may send it, without a token, so that nothing comes of it but a figure and a few
 * lines of the log in each minute: no cookie is read and nothing is stored.
 */
export function policyReports({ log, now, reported }: PolicyReportParts): Endpoint {
  const told = new Set<string>()
  let toldIn = Number.NaN
  const tell = (violation: Violation) => {
    const current = Math.floor(now() / minute)
    if (current !== toldIn) told.clear()
    toldIn = current
    const kind = `${violation.directive} ${violation.blocked}`
    if (told.has(kind) || told.size >= linesEachMinute) return
    told.add(kind)
    log.warn(violation, 'a page broke the policy')
  }
  async function answer(c: Context): Promise<Response> {
    const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
    if (!Object.hasOwn(readers, type)) return c.body(null, 415)
    const violations = readReports(type, await c.req.text().catch(() => ''))
    if (violations === undefined) return c.body(null, 400)
    for (const violation of violations) {
      reported()
      tell(violation)
    }
    return c.body(null, 204)
  }
  return { method: 'POST', path: reportsPath, answer, anyHost: true, largest: largestMessage }
}
