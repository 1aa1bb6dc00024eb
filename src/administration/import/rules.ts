import { foldName, nameKey } from '../../account/names.ts'
import { type WorkFacts, workFrom } from '../../account/work.ts'
import { tidyLine } from '../../web/line.ts'
import { checkEntry, namesFrom, type PersonEntry, tidyEntry } from '../entry.ts'
import { lookalikes } from '../usernames.ts'
import { checkWork, tidyWork } from '../work-entry.ts'
import { between, type PeopleField } from './columns.ts'
import type { RowProblem } from './problems.ts'

/** One person of a file, as written: names of places, not yet looked up. */
export interface PersonRow extends PersonEntry, WorkFacts {
  /** Where the row ends in the file; the first line is 1. */
  readonly line: number
  readonly organizations: readonly string[]
  readonly workgroups: readonly string[]
  /** Problems with the row by itself. */
  readonly problems: readonly RowProblem[]
}

/** A row after it was compared with the file, the store and the agent's limit. */
export interface CheckedRow extends PersonRow {
  readonly organizationIds: readonly string[]
  readonly workgroupIds: readonly string[]
  /** Policy asks for training, and this person's is not known to be finished. */
  readonly isUntrained: boolean
}

/** Organizations and workgroups that people may be put into: ids by folded name. */
export interface OpenPlaces {
  readonly organizations: ReadonlyMap<string, string>
  readonly workgroups: ReadonlyMap<string, string>
  /** The agent looks after some organizations only. */
  readonly isLimited: boolean
}

const mostPlaces = 50

/** Both names from one: "Warsame, Amina", or the last word is the last name. */
export function namesOf(name: string): Pick<PersonEntry, 'firstName' | 'lastName'> {
  const [last = '', ...first] = name.split(',')
  if (first.length > 0) return { firstName: first.join(','), lastName: last }
  const end = name.lastIndexOf(' ')
  return { firstName: name.slice(0, Math.max(end, 0)), lastName: name.slice(end + 1) }
}

/** Reads the cells of a row. A formula is text like any other, and no account is named so. */
export function readRow(
  cell: (name: PeopleField) => string,
  line: number,
  extra: readonly string[],
): PersonRow {
  const given = namesFrom(cell)
  const names = namesOf(cell('name'))
  const entry = tidyEntry({
    ...given,
    firstName: given.firstName || names.firstName,
    lastName: given.lastName || names.lastName,
    username: cell('username'),
  })
  const work = tidyWork(workFrom(cell))
  const role = foldName(cell('role'))
  const problems: RowProblem[] = [...checkEntry(entry), ...checkWork(work)].filter(
    ({ code }) => code !== 'account.username-shape' || entry.username !== '',
  )
  if (extra.some(each => each !== '')) problems.push({ code: 'import.cells' })
  if (role !== '' && role !== 'user') problems.push({ code: 'import.role', text: cell('role') })
  return {
    ...entry,
    ...work,
    line,
    organizations: namesIn(cell('organizations')),
    workgroups: namesIn(cell('workgroups')),
    problems,
  }
}

const namesIn = (cell: string): readonly string[] =>
  [...new Set(cell.split(between).map(tidyLine))].filter(name => name !== '').slice(0, mostPlaces)

/** Where each username and address of a file stands first. */
interface FileIndex {
  readonly usernames: ReadonlyMap<string, number>
  readonly emails: ReadonlyMap<string, number>
}

export function indexOf(rows: readonly PersonRow[]): FileIndex {
  const usernames = new Map<string, number>()
  const emails = new Map<string, number>()
  for (const { username, email, line } of rows) {
    if (username !== '' && !usernames.has(username)) usernames.set(username, line)
    const key = foldName(email)
    if (key !== '' && !emails.has(key)) emails.set(key, line)
  }
  return { usernames, emails }
}

/** What a row has in common with an earlier one of the same file: a person is in it once. */
export function checkInFile(row: PersonRow, index: FileIndex): readonly RowProblem[] {
  const problems: RowProblem[] = []
  const same = index.usernames.get(row.username)
  const alike =
    same === row.line
      ? lookalikesOf(row)
          .map(other => index.usernames.get(other))
          .find(line => line !== undefined && line < row.line)
      : undefined
  if (same !== undefined && same < row.line) problems.push({ code: 'import.username-twice', line: same })
  else if (alike !== undefined) problems.push({ code: 'import.username-alike', line: alike })
  const email = index.emails.get(foldName(row.email))
  if (email !== undefined && email < row.line) problems.push({ code: 'import.email-twice', line: email })
  return problems
}

/** Puts ids in the place of names; for a limited agent other organizations do not exist, and one of theirs is needed. */
export function placeRow(row: PersonRow, open: OpenPlaces): Omit<CheckedRow, 'isUntrained'> {
  const problems: RowProblem[] = []
  const idsOf = (names: readonly string[], ids: ReadonlyMap<string, string>, code: RowProblem['code']) =>
    names.flatMap(text => {
      const id = ids.get(nameKey(text))
      if (id === undefined) problems.push({ code, text })
      return id ?? []
    })
  const organizationIds = idsOf(row.organizations, open.organizations, 'import.organization-unknown')
  const workgroupIds = idsOf(row.workgroups, open.workgroups, 'import.workgroup-unknown')
  if (open.isLimited && row.organizations.length === 0)
    problems.push({ code: 'account.organization-outside' })
  return {
    ...row,
    organizationIds: [...new Set(organizationIds)],
    workgroupIds: [...new Set(workgroupIds)],
    problems: [...row.problems, ...problems],
  }
}

const isNoUsername = ({ problems }: PersonRow): boolean =>
  problems.some(({ code }) => code === 'account.username-shape')

/** A shape that no account can have is like no account, however long it is. */
const lookalikesOf = (row: PersonRow): readonly string[] =>
  isNoUsername(row) ? [] : lookalikes(row.username)

/** Stored names that a file asks for. */
export interface Taken {
  /** Usernames of any account. */
  readonly usernames: ReadonlySet<string>
  /** Folded addresses of the accounts that the agent may see. */
  readonly emails: ReadonlySet<string>
}

export function checkTaken(row: PersonRow, taken: Taken): readonly RowProblem[] {
  const problems: RowProblem[] = []
  if (taken.usernames.has(row.username)) problems.push({ code: 'account.username-taken' })
  else if (lookalikesOf(row).some(other => taken.usernames.has(other)))
    problems.push({ code: 'account.username-confusable' })
  const email = foldName(row.email)
  if (taken.emails.has(email)) problems.push({ code: 'import.email-known' })
  return problems
}

/** Every username that has to be looked for on behalf of a row. A shape that no account can have needs no search. */
export const usernamesToLookFor = (row: PersonRow): readonly string[] =>
  isNoUsername(row) ? [] : [row.username, ...lookalikes(row.username)]

export const isFine = ({ problems }: Pick<PersonRow, 'problems'>): boolean => problems.length === 0

/** Rows in the order in which they are shown: what has to be put right comes first, then what has to be known. */
export const inOrder = (rows: readonly CheckedRow[]): readonly CheckedRow[] => [
  ...rows.filter(row => !isFine(row)),
  ...rows.filter(row => isFine(row) && row.isUntrained),
  ...rows.filter(row => isFine(row) && !row.isUntrained),
]
