import type { Context } from 'hono'
import type { Logger } from 'pino'
import { createReportBook, readReports, reportType } from './policy-report-rules.ts'

/** Where browsers say that a page broke the policy (ASVS V3.4.7); named in every answer's headers. */
export const reportsPath = '/policy-reports'
/** Bytes of a message at most: browsers send a few reports at once, each with the policy in it. */
const largestReport = 32_768

export interface PolicyReportParts {
  readonly log: Logger
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Told of each violation, for the metrics. */
  readonly reported: (directive: string) => void
}

/**
 * Takes what browsers report. Anybody may send it, without a token, so that nothing comes of it but a line in the log and
 * a figure: no cookie is read, nothing is stored, and how much is read and told has an end each minute.
 */
export function takePolicyReports({ log, now, reported }: PolicyReportParts) {
  const book = createReportBook()
  return async (c: Context): Promise<Response> => {
    const type = reportType(c.req.header('content-type'))
    if (type === undefined) return c.body(null, 415)
    const length = Number(c.req.header('content-length') ?? Number.NaN)
    if (Number.isNaN(length)) return c.body(null, 411)
    if (length > largestReport) return c.body(null, 413)
    if (!book.mayRead(now())) return c.body(null, 429)
    const violations = readReports(type, await c.req.text().catch(() => ''))
    if (violations === undefined) return c.body(null, 400)
    for (const violation of violations) {
      reported(violation.directive)
      if (book.isToTell(violation, now())) log.warn(violation, 'a page broke the policy')
    }
    return c.body(null, 204)
  }
}
