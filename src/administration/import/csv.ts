import { setImmediate as turn } from 'node:timers/promises'
import { namedColumns } from '../lists/mapping.ts'
import { type ListTable, readTable } from '../lists/table.ts'
import { type ColumnName, fields, type PeopleMapping, readHeader, tells } from './columns.ts'
import type { FileProblem } from './problems.ts'
import { type PersonRow, readRow } from './rules.ts'

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
  const file = await readFileOfPeople(bytes)
  if (!file.ok) return file
  const { header } = file.table
  const own = readHeader(header, named.length > 0)
  if (!own.ok) return own
  const given = namedColumns(fields, named, header)
  if (given === undefined) return refuse({ code: 'import.column-not-there' })
  const mapping = { ...own.mapping, ...given }
  if (!tells(mapping)) return refuse({ code: 'import.column-missing' })
  return { ok: true, rows: await peopleOf(file.table, mapping) }
}

/** The people of a table by a mapping of its columns, in slices between which others get their turn. */
export async function peopleOf(
  { header, rows }: ListTable,
  mapping: PeopleMapping,
): Promise<readonly PersonRow[]> {
  const places = new Map(fields.map(field => [field, header.indexOf(mapping[field] ?? '')] as const))
  const people: PersonRow[] = []
  for (const { line, cells } of rows) {
    const cell = (field: ColumnName | 'name') =>
      mapping[field] === undefined ? '' : (cells[places.get(field) ?? -1] ?? '')
    people.push(readRow(cell, line, cells.slice(header.length)))
    if (people.length % 200 === 0) await turn()
  }
  return people
}
