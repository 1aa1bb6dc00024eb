import { foldName } from '../../account/names.ts'
import type { ListTable } from './table.ts'

/** What a list may say of a person. */
export const listFields = ['username', 'email', 'name', 'firstName', 'lastName', 'status'] as const
export type ListField = (typeof listFields)[number]

/** Which column, by its title, says what. */
export type Mapping<Field extends string = ListField> = Readonly<Partial<Record<Field, string>>>

/** One person of a list. */
export interface ListEntry {
  readonly line: number
  readonly username: string
  readonly email: string
  readonly name: string
  readonly isActive: boolean
}

/** Titles by which a column is proposed, folded and without blanks. */
const usual: Readonly<Record<ListField, readonly string[]>> = {
  username: ['username', 'userid', 'user', 'login', 'loginname', 'userlogin', 'account'],
  email: ['email', 'emailaddress', 'mail', 'useremail', 'primaryemail'],
  name: ['name', 'fullname', 'displayname', 'person', 'staffname'],
  firstName: ['firstname', 'first', 'givenname', 'forename'],
  lastName: ['lastname', 'last', 'surname', 'familyname'],
  status: ['status', 'active', 'isactive', 'enabled', 'userstatus', 'accountstatus', 'state'],
}

export const keyOf = (title: string): string => foldName(title).replace(/[^\p{L}\p{N}]+/gu, '')

/** The columns that the usual titles of some fields, folded and without blanks, speak for. */
export const proposeBy = <Field extends string>(
  titles: Readonly<Record<Field, readonly string[]>>,
  header: readonly string[],
): Mapping<Field> =>
  pick(Object.keys(titles) as Field[], field => header.find(each => titles[field].includes(keyOf(each))))

/** The columns that the usual titles speak for. */
export const propose = (header: readonly string[]): Mapping => proposeBy(usual, header)

/** A mapping of those fields for which a title is found. */
export function pick<Field extends string>(
  fields: readonly Field[],
  titleOf: (field: Field) => string | undefined,
): Mapping<Field> {
  const mapping: Partial<Record<Field, string>> = {}
  for (const field of fields) {
    const title = titleOf(field)
    if (title !== undefined) mapping[field] = title
  }
  return mapping
}

/** `FIELD=TITLE` as a command line names columns; undefined: one is no field, or no column of the list. */
export function namedColumns<Field extends string>(
  fields: readonly Field[],
  given: readonly string[],
  header: readonly string[],
): Mapping<Field> | undefined {
  const named = new Map(
    given.map(text => [text.split('=', 1)[0], text.slice(text.indexOf('=') + 1)] as const),
  )
  const mapping = pick(fields, field => named.get(field))
  return Object.keys(mapping).length === named.size && fits(mapping, header) ? mapping : undefined
}

/** Tells whether a list has all columns that a mapping names. */
export const fits = (mapping: Mapping<string>, header: readonly string[]): boolean =>
  Object.values(mapping).every(title => title !== undefined && header.includes(title))

/** Tells whether people can be told apart by what is mapped. */
export const isEnough = ({ username, email, name, firstName, lastName }: Mapping): boolean =>
  [username, email, name].some(Boolean) || (firstName !== undefined && lastName !== undefined)

/** Words for an account that is closed over there; everything else is open. */
const closedWords: ReadonlySet<string> = new Set([
  ...[
    'inactive',
    'disabled',
    'deactivated',
    'closed',
    'terminated',
    'archived',
    'deleted',
    'suspended',
    'locked',
  ],
  ...['no', 'n', 'false', 'f', '0', 'off', 'inactivo', 'not active', 'nonactive'],
])

/** Reads the people of a list; a row that says nothing of anybody is left out. */
export function entriesOf({ header, rows }: ListTable, mapping: Mapping): readonly ListEntry[] {
  const places = new Map(listFields.map(field => [field, header.indexOf(mapping[field] ?? '')] as const))
  return rows.flatMap(({ line, cells }) => {
    const cell = (field: ListField): string => {
      const place = places.get(field) ?? -1
      return mapping[field] === undefined || place < 0 ? '' : (cells[place] ?? '')
    }
    const name = cell('name') || [cell('firstName'), cell('lastName')].filter(Boolean).join(' ')
    const entry = { line, username: cell('username'), email: cell('email'), name }
    const isActive = !closedWords.has(foldName(cell('status')))
    return entry.username + entry.email + entry.name === '' ? [] : [{ ...entry, isActive }]
  })
}
