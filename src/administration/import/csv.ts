import { setImmediate as turn } from 'node:timers/promises'
import { namedColumns } from '../lists/mapping.ts'
import { type ListTable, readTable } from '../lists/table.ts'
import {
  fields,
  type ImportKind,
  isEnoughFor,
  type PeopleField,
  type PeopleMapping,
  readHeader,
} from './columns.ts'
import type { FileProblem } from './problems.ts'
import { type PersonRow, readRow } from './rules.ts'
import { readUpdate, type WrittenUpdate } from './update-rules.ts'

/** People in one file at most. */
export const mostPeople = 10_000
/** Bytes of a file at most. */
export const largestFile = 4 * 1_024 * 1_024

interface Unread {
  readonly ok: false
  readonly problems: readonly FileProblem[]
}

export type ReadPeople = { readonly ok: true; readonly rows: readonly PersonRow[] } | Unread

const refuse = (...problems: readonly FileProblem[]): Unread => ({ ok: false, problems })

/** Reads a file of people as a table, of any shape and encoding. */
export async function readFileOfPeople(
  bytes: Uint8Array,
): Promise<{ readonly ok: true; readonly table: ListTable } | Unread> {
  const read = await readTable(bytes, { bytes: largestFile, rows: mostPeople })
  if (read.ok) return read
  return refuse({ code: `import.${read.trouble}`, ...(read.line !== undefined && { line: read.line }) })
}

/**
 * Reads a file whose columns have our titles. `named` says which columns to read instead, as `FIELD=TITLE`; the others are
 * then left out.
 */
export async function readPeople(bytes: Uint8Array, named: readonly string[] = []): Promise<ReadPeople> {
  const read = await readMapped(bytes, 'new', named)
  return read.ok ? { ok: true, rows: await peopleOf(read.table, read.mapping) } : read
}

/** The same of a file that updates accounts. */
export async function readUpdates(
  bytes: Uint8Array,
  named: readonly string[],
): Promise<{ readonly ok: true; readonly rows: readonly WrittenUpdate[] } | Unread> {
  const read = await readMapped(bytes, 'update', named)
  return read.ok ? { ok: true, rows: await updatesOf(read.table, read.mapping) } : read
}

async function readMapped(
  bytes: Uint8Array,
  kind: ImportKind,
  named: readonly string[],
): Promise<{ readonly ok: true; readonly table: ListTable; readonly mapping: PeopleMapping } | Unread> {
  const file = await readFileOfPeople(bytes)
  if (!file.ok) return file
  const { header } = file.table
  const own = readHeader(header, named.length > 0)
  if (!own.ok) return own
  const given = namedColumns(fields, named, header)
  if (given === undefined) return refuse({ code: 'import.column-not-there' })
  const mapping = { ...own.mapping, ...given }
  if (!isEnoughFor(kind, mapping)) return refuse({ code: missingOf[kind] })
  return { ok: true, table: file.table, mapping }
}

/** What is wrong with a mapping that is not enough. */
export const missingOf = {
  new: 'import.column-missing',
  update: 'import.no-key-column',
} as const satisfies Record<ImportKind, FileProblem['code']>

/** The new people of a table by a mapping of its columns. */
export const peopleOf = (table: ListTable, mapping: PeopleMapping): Promise<readonly PersonRow[]> =>
  eachRow(table, mapping, readRow)

/** What a table says of accounts that are here. */
export const updatesOf = (table: ListTable, mapping: PeopleMapping): Promise<readonly WrittenUpdate[]> =>
  eachRow(table, mapping, readUpdate)

/** Reads the rows in slices between which others get their turn. */
async function eachRow<Row>(
  { header, rows }: ListTable,
  mapping: PeopleMapping,
  read: (cell: (field: PeopleField) => string, line: number, extra: readonly string[]) => Row,
): Promise<readonly Row[]> {
  const places = new Map(fields.map(field => [field, header.indexOf(mapping[field] ?? '')] as const))
  const list: Row[] = []
  for (const { line, cells } of rows) {
    const cell = (field: PeopleField) =>
      mapping[field] === undefined ? '' : (cells[places.get(field) ?? -1] ?? '')
    list.push(read(cell, line, cells.slice(header.length)))
    if (list.length % 200 === 0) await turn()
  }
  return list
}
