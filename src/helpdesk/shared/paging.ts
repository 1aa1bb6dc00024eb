import { isId } from '../../administration/reach.ts'

/** Where a page of a list begins: beyond this row, in this direction. */
export interface Cursor {
  readonly id: string
  readonly direction: 'after' | 'before'
}

/** One page of a list; `hasPrevious` and `hasNext` say what lies beyond it. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly hasPrevious: boolean
  readonly hasNext: boolean
}

/** Cuts the one row more that was read than a page holds, and turns what was read backwards. `isBeyond`: there was a cursor's row. */
export function pageOf<Row>(
  read: readonly Row[],
  length: number,
  isBackwards: boolean,
  isBeyond: boolean,
): Page<Row> {
  const hasMore = read.length > length
  const rows = read.slice(0, length)
  return isBackwards && isBeyond
    ? { rows: rows.toReversed(), hasPrevious: hasMore, hasNext: true }
    : { rows, hasPrevious: isBeyond, hasNext: hasMore }
}

export type Query = (name: string) => string | undefined

/** Where a page was asked to begin; what is no id does not count. */
export function readCursor(query: Query): Cursor | undefined {
  const [after, before] = [query('after'), query('before')]
  const id = after ?? before
  if (id === undefined || !isId(id)) return undefined
  return { id, direction: after === undefined ? 'before' : 'after' }
}

/** The address of a page of this console with what is asked for in its query; '' and undefined are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => (pair[1] ?? '') !== '')
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`
}

/** The same list at another page. */
export const cursorQuery = (cursor: Cursor | undefined): Readonly<Record<string, string>> =>
  cursor === undefined ? {} : { [cursor.direction]: cursor.id }
