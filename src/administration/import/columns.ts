import { keyOf, type Mapping, proposeBy } from '../lists/mapping.ts'
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

/** What a file is for: new accounts, or changes of those that are here. */
export type ImportKind = 'new' | 'update'

/** Columns that change nothing of an account that is here. */
const onlyNew: readonly string[] = ['organizations', 'workgroups', 'role'] satisfies ColumnName[]

/** The columns that a file may have for what it is for. */
export const columnsFor = (kind: ImportKind) =>
  columns.filter(({ name }) => kind === 'new' || !onlyNew.includes(name))

/** What a column of a file may be: one of ours, or both names in one. */
export const fields = [...columns.map(({ name }) => name), 'name'] as const
export type PeopleField = ColumnName | 'name'
export type PeopleMapping = Mapping<PeopleField>

const more: Readonly<Partial<Record<ColumnName, readonly string[]>>> = {
  organizations: ['organization'],
  workgroups: ['workgroup'],
}

/** Our own titles, folded. */
const ours: Readonly<Record<ColumnName, readonly string[]>> = Object.fromEntries(
  columns.map(({ name, title }): [ColumnName, readonly string[]] => [
    name,
    [keyOf(title), ...(more[name] ?? [])],
  ]),
) as Record<ColumnName, readonly string[]>

/** Titles that other programs use. */
const usual: Readonly<Record<PeopleField, readonly string[]>> = {
  ...ours,
  firstName: [...ours.firstName, 'first', 'givenname', 'forename'],
  lastName: [...ours.lastName, 'last', 'surname', 'familyname'],
  name: ['name', 'fullname', 'displayname', 'staffname'],
  email: [...ours.email, 'emailaddress', 'mail', 'useremail'],
  username: [...ours.username, 'userid', 'user', 'login', 'loginname', 'userlogin'],
  workPhone: [...ours.workPhone, 'phone', 'telephone', 'phonenumber', 'officephone'],
  jobTitle: [...ours.jobTitle, 'title', 'position'],
  organizations: [...ours.organizations, 'agency', 'agencies', 'provider'],
}

/** The columns that the usual titles speak for. */
export const proposeColumns = (header: readonly string[]): PeopleMapping => proposeBy(usual, header)

/** Tells whether a mapping is enough: new people have a name, and accounts that are here are found by something. */
export const isEnoughFor = (
  kind: ImportKind,
  { firstName, lastName, name, username, email }: PeopleMapping,
): boolean => (kind === 'new' ? [firstName, lastName, name] : [username, email]).some(Boolean)

/** Which column is which by our own titles, or everything that is wrong with the first line. `loose`: others are left out. */
export function readHeader(
  header: readonly string[],
  loose: boolean,
):
  | { readonly ok: true; readonly mapping: PeopleMapping }
  | { readonly ok: false; readonly problems: readonly FileProblem[] } {
  const mapping = proposeBy(ours, header)
  const nameOf = (title: string) => columns.find(({ name }) => ours[name].includes(keyOf(title)))?.name
  const problems = header.flatMap((text, index): readonly FileProblem[] => {
    const name = nameOf(text)
    if (name === undefined) return loose ? [] : [{ code: 'import.column-unknown', text }]
    return header.findIndex(title => nameOf(title) === name) < index
      ? [{ code: 'import.column-twice', text }]
      : []
  })
  return problems.length === 0
    ? { ok: true, mapping }
    : { ok: false, problems: problems.slice(0, mostProblems) }
}

/** More than that help nobody. */
const mostProblems = 10
