import { searchWords } from '../../account/rules.ts'
import type { Role } from '../../store/schema.ts'
import { isId } from '../scope.ts'
import { type StateName, stateNames } from './filters.ts'

/** What people are looked for by. */
export interface Search {
  /** As typed. */
  readonly text: string
  /** Folded beginnings of words; each must begin one of the person's. */
  readonly prefixes: readonly string[]
  readonly state: StateName | 'throttled' | undefined
  readonly role: Role | undefined
  /** Account beyond whose name the page begins, and in which direction it goes. */
  readonly cursor: { readonly id: string; readonly direction: 'after' | 'before' } | undefined
}

/** More words narrow nothing that a person could want narrowed. */
const mostWords = 8
const longestText = 200

const roles: readonly Role[] = ['user', 'helpdesk', 'administrator']

/** Reads what was asked for; what is no such state or role does not limit. */
export function readSearch(query: (name: string) => string | undefined): Search {
  const text = (query('q') ?? '').slice(0, longestText)
  const [after, before] = [query('after'), query('before')]
  const id = after ?? before
  return {
    text,
    prefixes: searchWords(text).slice(0, mostWords),
    state: [...stateNames, 'throttled' as const].find(name => name === query('state')),
    role: roles.find(role => role === query('role')),
    cursor:
      id === undefined || !isId(id) ? undefined : { id, direction: after === undefined ? 'before' : 'after' },
  }
}

/** The address of the same search at another page. */
export function addressOf(search: Pick<Search, 'text' | 'state' | 'role' | 'cursor'>): string {
  const { cursor } = search
  const pairs = [
    ['q', search.text],
    ['state', search.state ?? ''],
    ['role', search.role ?? ''],
    ...(cursor === undefined ? [] : [[cursor.direction, cursor.id]]),
  ].filter(([, value]) => value !== '') as [string, string][]
  const query = new URLSearchParams(pairs).toString()
  return query === '' ? '/helpdesk/people' : `/helpdesk/people?${query}`
}
