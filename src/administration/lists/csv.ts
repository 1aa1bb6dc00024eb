import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { parse } from 'csv-parse'

/** Characters of one row at most: no row of people comes near, and a hostile one ends here. */
const longestRow = 65_536
/** Bytes that are parsed before others get their turn. */
const slice = 65_536

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

const separators = [',', ';', '\t', '|'] as const

/** The one that the first line has most of; quoted ones separate nothing. */
function separatorOf(text: string): string {
  const [first = ''] = text.slice(0, longestRow).split(/\r?\n|\r/, 1)
  const line = first.replace(/"[^"]*"/g, '')
  return separators.reduce((best, sign) => (line.split(sign).length > line.split(best).length ? sign : best))
}

/** The rows of a text with commas (RFC 4180), semicolons, tabs or bars, in slices between which others get their turn. */
export function recordsOf(text: string): AsyncIterable<Parsed> {
  const parser = parse({
    delimiter: separatorOf(text),
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
