import type { Facts } from '../../../audit/evidence.ts'
import type { Services } from '../../../session/services.ts'
import type { Visit } from '../../../session/visit.ts'
import { byteOrderMark } from '../../../web/csv.ts'
import type { Release } from './slots.ts'
import type { ExportForm, Source } from './source.ts'

/** One export: what it is of, in which form, and what the agent said of it. */
export interface Download {
  /** Name of what is exported, for the file and the log. */
  readonly what: 'people' | 'acceptances' | 'audit' | 'access' | 'ended'
  readonly form: ExportForm
  /** The filter and the reason; kept in the log. */
  readonly args: Facts
  /** Called when the export has ended, whole or cut off. */
  readonly release: Release
  /** Tells whether the agent may still have it; asked before each page of rows leaves. */
  readonly mayGoOn: () => Promise<boolean>
}

const types: Readonly<Record<ExportForm, string>> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
}

/**
 * Sends an export as a file, as fast as its reader takes it, as long as the agent may have it. Its beginning is in the log
 * before the first byte leaves, and whom a page of rows is about before that page does; its end, with the number of rows,
 * when it is over, whole or cut off.
 */
export async function sendDownload<Row>(
  services: Services,
  visit: Visit,
  download: Download,
  source: Source<Row>,
): Promise<Response> {
  const { what, form, args, release } = download
  try {
    await note(services, visit, { ...args, what, form })
  } catch (error) {
    release()
    throw error
  }
  const day = new Date(visit.now).toISOString().slice(0, 10)
  visit.c.header('content-type', types[form])
  visit.c.header('content-disposition', `attachment; filename="lintel-${what}-${day}.${form}"`)
  return visit.c.body(streamOf(bytesOf(services, visit, download, source)))
}

const note = ({ store, audit }: Services, visit: Visit, args: Facts): Promise<void> =>
  store.write(tx => audit.record(tx, { event: 'sensitive_read', ...visit.trace(), args }))

async function* bytesOf<Row>(
  services: Services,
  visit: Visit,
  { what, form, release, mayGoOn }: Download,
  { heading, pages, line, subjectOf }: Source<Row>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let rows = 0
  let part = 0
  let whole = false
  try {
    if (form === 'csv') yield encoder.encode(byteOrderMark + heading)
    for await (const page of pages) {
      if (page.length === 0) continue
      if (!(await mayGoOn())) throw new Error('The sign-in that asked for this export is over.')
      const subjects = [...new Set(page.map(subjectOf))].filter(id => id !== null)
      part += 1
      if (subjects.length > 0) await note(services, visit, { what, form, part, subjects })
      rows += page.length
      yield encoder.encode(page.map(row => line(row, form)).join(''))
    }
    whole = true
  } catch (error) {
    services.log.error({ err: error, requestId: visit.requestId, what }, 'an export broke off')
    throw error
  } finally {
    release()
    await note(services, visit, { what, form, rows, whole })
  }
}

/** Asks for the next bytes only when the reader has taken those before; a reader who goes away ends the export. */
const streamOf = (chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    async pull(controller) {
      const next = await chunks.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
