/** What a cell of an export holds; `null` is an empty cell. */
export type CsvValue = string | number | null

/** Put before a file that a spreadsheet opens: without it Excel reads UTF-8 as something else. */
export const byteOrderMark = '\uFEFF'

/** Beginnings that a spreadsheet takes for a formula, full-width forms and blanks before them included. */
const formula = /^[\s\0]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/
/** A text whose apostrophes would be taken for ours. */
const defused = /^'+[\s\0]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/
const needsQuotes = /[",;\t\r\n]|^\s|\s$/

/**
 * One line of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front (CWE-1236,
 * ASVS V1.2.10); taking one away again from every cell that begins with apostrophes and such a character gives the text back.
 */
export const csvLine = (values: readonly CsvValue[]): string => `${values.map(cell).join(',')}\r\n`

function cell(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = formula.test(value) || defused.test(value) ? `'${value}` : value
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
