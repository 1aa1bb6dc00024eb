import { setImmediate as nextTurn } from 'node:timers/promises'
import { idsInReach, type Reach } from '../../../administration/reach.ts'
import type { Store } from '../../../store/store.ts'
import { type CsvValue, csvLine } from '../../../web/csv.ts'

export const exportForms = ['csv', 'jsonl'] as const
/** CSV for a spreadsheet, or a JSON object on each line for a program. */
export type ExportForm = (typeof exportForms)[number]

/** The source of an export, read page by page, so that no export is ever in memory as a whole. */
export interface Source<Row = unknown> {
  /** The line of CSV above the rows. */
  readonly heading: string
  readonly pages: AsyncIterable<readonly Row[]>
  line(row: Row, form: ExportForm): string
  /** Id of the account that a row is about; null: of none. */
  subjectOf(row: Row): string | null
}

/** A value of a row; a list becomes one cell of CSV. Times are ISO 8601 in UTC. */
export type ExportValue = CsvValue | readonly string[]

/** Rows whose columns have the same names in both forms; `subject` is the column with the id of an account. */
export function sourceOf<Column extends string>(
  columns: readonly Column[],
  subject: NoInfer<Column>,
  pages: AsyncIterable<readonly Readonly<Record<Column, ExportValue>>[]>,
): Source<Readonly<Record<Column, ExportValue>>> {
  return {
    heading: csvLine(columns),
    pages,
    subjectOf: row => (typeof row[subject] === 'string' ? row[subject] : null),
    line: (row, form) =>
      form === 'jsonl' ? `${JSON.stringify(row)}\n` : csvLine(columns.map(name => cellOf(row[name]))),
  }
}

const cellOf = (value: ExportValue): CsvValue =>
  typeof value === 'string' || typeof value === 'number' || value === null ? value : value.join('; ')

/** Milliseconds since 1970 as a time of an export. */
export const exportTime = (at: number | null | undefined): string | null =>
  at === null || at === undefined || at > 8.64e15 ? null : new Date(at).toISOString()

/** Accounts read at once: few enough that nobody else waits long for the turn after them. */
const walkLength = 500

/** The ids of all accounts that an agent with this limit may see, in their order; others get their turn between pages. */
export async function* walkAccounts({ read }: Store, reach: Reach): AsyncGenerator<readonly string[]> {
  for (let after = ''; ; ) {
    const rows = await read
      .selectFrom('account')
      .select('id')
      .where('id', '>', after)
      .$if(reach !== undefined, query => query.where('id', 'in', idsInReach(reach ?? [])))
      .orderBy('id')
      .limit(walkLength)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(({ id }) => id)
    if (rows.length < walkLength) return
    after = last.id
    await nextTurn()
  }
}
