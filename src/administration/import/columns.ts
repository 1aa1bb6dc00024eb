import { foldName } from '../../account/names.ts'
import type { FileProblem } from './problems.ts'

/** The columns of a file of people, in the order of the template. */
export const columns = [
  { name: 'firstName', title: 'First name' },
  { name: 'lastName', title: 'Last name' },
  { name: 'email', title: 'Email' },
  { name: 'username', title: 'Username' },
  { name: 'organizations', title: 'Organizations' },
  { name: 'workgroups', title: 'Workgroups' },
  { name: 'workPhone', title: 'Work phone' },
  { name: 'workExtension', title: 'Extension' },
  { name: 'jobTitle', title: 'Job title' },
  { name: 'supervisor', title: 'Supervisor' },
  { name: 'role', title: 'Role' },
] as const

export type ColumnName = (typeof columns)[number]['name']

/** Between several organizations or workgroups in one cell. */
export const between = '|'

const keyOf = (title: string): string => foldName(title).replace(/[\s_-]+/g, '')

const byKey: ReadonlyMap<string, ColumnName> = new Map([
  ...columns.map(({ name, title }) => [keyOf(title), name] as const),
  ['organization', 'organizations'],
  ['workgroup', 'workgroups'],
])

export const separators = [',', ';', '\t'] as const
type Separator = (typeof separators)[number]

const known = (cells: readonly string[]): number =>
  cells.filter(cell => byKey.has(keyOf(cell.replaceAll('"', '')))).length

/** The separator between cells: of the three that spreadsheets write, the one that shows most columns of ours. */
export function separatorOf(firstLine: string): Separator {
  return separators.reduce((best, separator) =>
    known(firstLine.split(separator)) > known(firstLine.split(best)) ? separator : best,
  )
}

/** Which cell holds which column, or everything that is wrong with the first line. */
export function readHeader(
  cells: readonly string[],
):
  | { readonly ok: true; readonly positions: ReadonlyMap<ColumnName, number> }
  | { readonly ok: false; readonly problems: readonly FileProblem[] } {
  const positions = new Map<ColumnName, number>()
  const problems: FileProblem[] = []
  for (const [index, cell] of cells.entries()) {
    const name = byKey.get(keyOf(cell))
    if (name === undefined) problems.push({ code: 'import.column-unknown', text: cell.trim() })
    else if (positions.has(name)) problems.push({ code: 'import.column-twice', text: cell.trim() })
    else positions.set(name, index)
  }
  if (!positions.has('firstName') && !positions.has('lastName'))
    problems.push({ code: 'import.column-missing', text: columns[1].title })
  return problems.length === 0
    ? { ok: true, positions }
    : { ok: false, problems: problems.slice(0, mostProblems) }
}

/** More than that help nobody. */
const mostProblems = 10
