/** What a browser said was broken, as far as it is told on: never an address, which may hold a token. */
export interface Violation {
  /** A directive of the policy, or `other`. */
  readonly directive: string
  /** Where what was blocked came from: an origin, a word such as `inline`, or `other`. */
  readonly blocked: string
}

/** Violations of one message that are looked at; a browser sends a few. */
const mostViolations = 20
/** Messages read, and lines logged, in one minute of one process. */
const messagesEachMinute = 300
const linesEachMinute = 20
const longestOrigin = 120
const minute = 60_000

const directives = new Set([
  'default-src',
  'script-src',
  'script-src-elem',
  'script-src-attr',
  'style-src',
  'style-src-elem',
  'style-src-attr',
  'img-src',
  'font-src',
  'connect-src',
  'media-src',
  'object-src',
  'frame-src',
  'child-src',
  'worker-src',
  'manifest-src',
  'form-action',
  'frame-ancestors',
  'base-uri',
  'require-trusted-types-for',
  'trusted-types',
])

/** What browsers say instead of an address (CSP 3, 5.3), and schemes that have no origin. */
const words = new Set([
  'inline',
  'eval',
  'wasm-eval',
  'trusted-types-policy',
  'trusted-types-sink',
  'about',
  'blob',
  'chrome-extension',
  'data',
  'filesystem',
  'moz-extension',
  'safari-web-extension',
])
const schemesWithOrigin = new Set(['http:', 'https:', 'ws:', 'wss:'])

type Fields = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function directiveOf(value: unknown): string {
  const [name = ''] = typeof value === 'string' ? value.split(' ', 1) : []
  return directives.has(name) ? name : 'other'
}

function blockedOf(value: unknown): string {
  if (typeof value !== 'string') return 'other'
  if (words.has(value)) return value
  if (!URL.canParse(value)) return 'other'
  const { protocol, origin } = new URL(value)
  if (schemesWithOrigin.has(protocol)) return origin.length > longestOrigin ? 'other' : origin
  const scheme = protocol.slice(0, -1)
  return words.has(scheme) ? scheme : 'other'
}

/** By content type: how the violations of a message are found in it. */
const readers: Readonly<Record<string, (message: unknown) => readonly Violation[] | undefined>> = {
  'application/csp-report': message => {
    const report = isObject(message) ? message['csp-report'] : undefined
    if (!isObject(report)) return undefined
    const directive = directiveOf(report['effective-directive'] ?? report['violated-directive'])
    return [{ directive, blocked: blockedOf(report['blocked-uri']) }]
  },
  'application/reports+json': message => {
    if (!Array.isArray(message)) return undefined
    const bodies = message
      .slice(0, mostViolations)
      .flatMap(report =>
        isObject(report) && report['type'] === 'csp-violation' && isObject(report['body'])
          ? [report['body']]
          : [],
      )
    return bodies.map(body => ({
      directive: directiveOf(body['effectiveDirective']),
      blocked: blockedOf(body['blockedURL']),
    }))
  },
}

/** The type of a message without its parameters; undefined: it is none in which browsers report. */
export function reportType(contentType: string | undefined): string | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return Object.hasOwn(readers, type) ? type : undefined
}

/** The violations that a message of this type tells of; undefined: it is no such message. */
export function readReports(type: string, body: string): readonly Violation[] | undefined {
  try {
    return readers[type]?.(JSON.parse(body))
  } catch {
    return undefined
  }
}

/** What one process has read and told in this minute: anybody can send reports, and as many as they like. */
export interface ReportBook {
  /** Whether one more message may be read. */
  mayRead(now: number): boolean
  /** Whether this is to be told: once a minute each, and not too many. */
  isToTell(violation: Violation, now: number): boolean
}

export function createReportBook(): ReportBook {
  let current = Number.NaN
  let read = 0
  const told = new Set<string>()
  const turn = (now: number) => {
    const wanted = Math.floor(now / minute)
    if (wanted === current) return
    current = wanted
    read = 0
    told.clear()
  }
  return {
    mayRead(now) {
      turn(now)
      read += 1
      return read <= messagesEachMinute
    },
    isToTell({ directive, blocked }, now) {
      turn(now)
      const kind = `${directive} ${blocked}`
      if (told.has(kind) || told.size >= linesEachMinute) return false
      told.add(kind)
      return true
    },
  }
}
