import { setImmediate as turn } from 'node:timers/promises'
import { CsvError } from 'csv-parse'
import { tidyLine } from '../../web/line.ts'
import { recordsOf } from './csv.ts'
import { listText } from './text.ts'

/** A file as a table, of any shape: its first line names the columns. */
export interface ListTable {
  readonly header: readonly string[]
  readonly rows: readonly ListRow[]
}

interface ListRow {
  /** Where the row ends in the file; the first line is 1. */
  readonly line: number
  readonly cells: readonly string[]
}

export type TableTrouble = 'too-large' | 'not-text' | 'broken' | 'no-rows' | 'too-many'

export type ReadTable =
  | { readonly ok: true; readonly table: ListTable }
  /** `line`: of a file that is broken, where it is. */
  | { readonly ok: false; readonly trouble: TableTrouble; readonly line?: number }

/** Bytes and rows that a file has at most. */
interface TableLimits {
  readonly bytes: number
  readonly rows: number
}

/** Bytes of a list that is compared at most; UTF-16 takes two for a letter. */
export const largestList = 8 * 1_024 * 1_024
const mostInList: TableLimits = { bytes: largestList, rows: 20_000 }
const mostColumns = 200
/** Characters that are kept of a cell: enough for the names of fifty organizations. */
const longestCell = 1_000

/** Reads a list with commas, semicolons, tabs or bars, in slices between which others get their turn. */
export async function readTable(bytes: Uint8Array, most: TableLimits = mostInList): Promise<ReadTable> {
  const refuse = (trouble: TableTrouble): ReadTable => ({ ok: false, trouble })
  if (bytes.length > most.bytes) return refuse('too-large')
  const text = listText(bytes)
  if (text === undefined) return refuse('not-text')
  const rows: ListRow[] = []
  let header: readonly string[] | undefined
  try {
    for await (const { record, info } of recordsOf(text)) {
      const cells = record
        .slice(0, mostColumns)
        .map(cell => tidyLine(cell.slice(0, longestCell).toWellFormed()))
      if (header === undefined) {
        header = cells
        continue
      }
      if (rows.length === most.rows) return refuse('too-many')
      rows.push({ line: info.lines, cells })
      if (rows.length % 200 === 0) await turn()
    }
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, trouble: 'broken', line: lineOf(error) }
    throw error
  }
  return header === undefined || rows.length === 0 ? refuse('no-rows') : { ok: true, table: { header, rows } }
}

const lineOf = (error: CsvError): number => (typeof error['lines'] === 'number' ? error['lines'] : 1)
