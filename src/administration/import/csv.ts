import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import { type ColumnName, readHeader, separatorOf } from './columns.ts'
import type { FileProblem } from './problems.ts'
import { type PersonRow, readRow } from './rules.ts'

/** People in one file at most. */
export const mostPeople = 10_000
/** Bytes of a file at most. */
export const largestFile = 4 * 1_024 * 1_024
/** Characters of one row at most: no row of people comes near, and a hostile one ends here. */
const longestRow = 65_536
/** Bytes that are parsed before others get their turn. */
const slice = 65_536

export type ReadPeople =
  | { readonly ok: true; readonly rows: readonly PersonRow[] }
  | { readonly ok: false; readonly problems: readonly FileProblem[] }

const refuse = (...problems: readonly FileProblem[]): ReadPeople => ({ ok: false, problems })

/** Text in UTF-8 with or without its mark; undefined: it is in another encoding, or went through one and was damaged. */
export function decodeFile(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return /[\0\uFFFD]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

/** Reads a CSV file of people (RFC 4180, or with semicolons or tabs), in slices between which others get their turn. */
export async function readPeople(bytes: Uint8Array): Promise<ReadPeople> {
  if (bytes.length > largestFile) return refuse({ code: 'import.too-large' })
  const text = decodeFile(bytes)
  if (text === undefined) return refuse({ code: 'import.not-text' })
  const rows: PersonRow[] = []
  let header: { readonly positions: ReadonlyMap<ColumnName, number>; readonly width: number } | undefined
  try {
    for await (const { record, info } of recordsOf(text)) {
      if (header === undefined) {
        const read = readHeader(record)
        if (!read.ok) return refuse(...read.problems)
        header = { positions: read.positions, width: record.length }
        continue
      }
      if (rows.length === mostPeople) return refuse({ code: 'import.too-many-rows' })
      rows.push(readRow(record, info.lines, header.positions, header.width))
      if (rows.length % 200 === 0) await turn()
    }
  } catch (error) {
    if (error instanceof CsvError) return refuse({ code: 'import.broken', line: lineOf(error) })
    throw error
  }
  return rows.length === 0 ? refuse({ code: 'import.no-rows' }) : { ok: true, rows }
}

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

function recordsOf(text: string): AsyncIterable<Parsed> {
  const firstLine = text.slice(0, longestRow).split(/\r?\n|\r/, 1)[0] ?? ''
  const parser = parse({
    delimiter: separatorOf(firstLine),
    info: true,
    max_record_size: longestRow,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  })
  return Readable.from(slicesOf(Buffer.from(text))).pipe(parser)
}

async function* slicesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += slice) {
    yield bytes.subarray(from, from + slice)
    await turn()
  }
}

const lineOf = (error: CsvError): number => (typeof error['lines'] === 'number' ? error['lines'] : 1)
