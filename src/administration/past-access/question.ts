import type { Store } from '../../store/store.ts'
import { accessBefore, accessEnded, type NotRecorded } from './log.ts'
import { accessColumns, accessRow, endedColumns, endedRow } from './rows.ts'

/** Which days (milliseconds since 1970: from, and before) and what: who had access at their end, or what ended in them. */
interface AccessQuestion {
  readonly from: number
  readonly before: number
  readonly ended: boolean
}

type Row = Readonly<Record<string, string | number | null>>

export type AccessAnswer =
  | NotRecorded
  | {
      readonly is: 'found'
      readonly columns: readonly string[]
      /** Rows, some hundred at once. */
      readonly pages: () => Iterable<readonly Row[]>
    }

const pageLength = 500

function* pagesOf<From>(rows: Iterable<From>, toRow: (row: From) => Row): Generator<readonly Row[]> {
  let page: Row[] = []
  for (const row of rows) {
    page.push(toRow(row))
    if (page.length < pageLength) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

/** The answer from the log alone. */
export async function accessOf(store: Store, question: AccessQuestion): Promise<AccessAnswer> {
  if (question.ended) {
    const ended = await accessEnded(store, question)
    if (ended.is === 'not-recorded') return ended
    const { rows, nameOf } = ended
    return { is: 'found', columns: endedColumns, pages: () => pagesOf(rows, row => endedRow(row, nameOf)) }
  }
  const held = await accessBefore(store, question.before)
  if (held.is === 'not-recorded') return held
  const { rows, nameOf } = held
  return { is: 'found', columns: accessColumns, pages: () => pagesOf(rows, row => accessRow(row, nameOf)) }
}
