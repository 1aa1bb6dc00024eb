import { readingsOf } from '../../account/names.ts'
import { isId } from '../../administration/reach.ts'
import type { Role } from '../../store/schema.ts'
import { type Cursor, cursorQuery, type Query, readCursor, withQuery } from '../shared/paging.ts'
import { type LastSignIn, lastSignIns, type StateName, stateNames } from './filters.ts'

/** What people are looked for by. */
export interface Search {
  /** As typed. */
  readonly text: string
  /** Folded beginnings of words: each of one reading must begin one of the person's. Empty: words limit nothing. */
  readonly readings: readonly (readonly string[])[]
  readonly state: StateName | 'throttled' | undefined
  readonly role: Role | undefined
  /** Id, or `none` for who is in no organization. */
  readonly organization: string | undefined
  /** Id. */
  readonly workgroup: string | undefined
  readonly lastSignIn: LastSignIn | undefined
  /** Account beyond whose name the page begins. */
  readonly cursor: Cursor | undefined
}

/** A search that is limited by nothing. */
export const everyone: Search = {
  text: '',
  readings: [],
  state: undefined,
  role: undefined,
  organization: undefined,
  workgroup: undefined,
  lastSignIn: undefined,
  cursor: undefined,
}

/** The organization that stands for having none. */
export const noOrganization = 'none'

/** More words narrow nothing that a person could want narrowed. */
const mostWords = 8
const longestText = 200

const roles: readonly Role[] = ['user', 'helpdesk', 'administrator']

/** Reads what was asked for; what is no such state, role, place or time does not limit. */
export function readSearch(query: Query): Search {
  const text = (query('q') ?? '').slice(0, longestText)
  const [organization, workgroup] = [query('organization') ?? '', query('workgroup') ?? '']
  return {
    text,
    readings: readingsOf(text, mostWords),
    state: [...stateNames, 'throttled' as const].find(name => name === query('state')),
    role: roles.find(role => role === query('role')),
    organization: organization === noOrganization || isId(organization) ? organization : undefined,
    workgroup: isId(workgroup) ? workgroup : undefined,
    lastSignIn: lastSignIns.find(name => name === query('last')),
    cursor: readCursor(query),
  }
}

/** People to whom something is done in one go at most: it is one transaction, for which others who write wait on SQLite. */
export const mostTogether = 200

/** Where what is done to several people begins. */
export const manyAddress = '/helpdesk/many'

/** The address of a search. */
export const addressOf = (search: Partial<Search>): string => withQuery('/helpdesk/people', queryOf(search))

/** A search as the fields of its address. */
export const queryOf = (search: Partial<Search>): Readonly<Record<string, string | undefined>> => ({
  q: search.text,
  state: search.state,
  role: search.role,
  organization: search.organization,
  workgroup: search.workgroup,
  last: search.lastSignIn,
  ...cursorQuery(search.cursor),
})
