import { searchWords } from '../../account/rules.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Form } from '../../web/request.ts'
import type { PersonEntry } from '../verbs/create-rules.ts'

/** What is typed and chosen for a new account. */
export interface NewEntry extends PersonEntry {
  /** Ids; the first is the one of the list, the others were ticked. */
  readonly organizations: readonly string[]
  readonly workgroups: readonly string[]
  /** Id in Moodle of the candidate whose account it is to be; '' for none. */
  readonly moodle: string
}

/** Fields of one value each. */
export const entryFields = [
  'firstName',
  'lastName',
  'email',
  'username',
  'moodle',
] as const satisfies readonly (keyof NewEntry)[]

export const readNewEntry = (form: Form): NewEntry => ({
  firstName: form.get('firstName'),
  lastName: form.get('lastName'),
  email: form.get('email'),
  username: form.get('username'),
  organizations: chosen(form, 'organization'),
  workgroups: chosen(form, 'workgroup'),
  moodle: /^\d{1,9}$/.test(form.get('moodle')) ? form.get('moodle') : '',
})

const chosen = (form: Form, name: string): readonly string[] => [
  ...new Set(form.all(name).filter(id => id !== '')),
]

const longestProposal = 40
const mostProposals = 20

const plain = (text: string): string =>
  searchWords(text)
    .join('')
    .replace(/[^a-z0-9]/g, '')

/** Usernames for a name, the best first: `awarsame`, `awarsame2`, …; none for a name without Latin letters. */
export function proposals(firstName: string, lastName: string): readonly string[] {
  const base = (plain(firstName).slice(0, 1) + plain(lastName)).slice(0, longestProposal)
  if (base === '') return []
  return [base, ...Array.from({ length: mostProposals - 1 }, (_, index) => `${base}${index + 2}`)]
}

/** Signs that are taken for each other when read or heard. */
const alike: readonly (readonly string[])[] = [
  ['0', 'o'],
  ['1', 'l', 'i'],
  ['5', 's'],
  ['rn', 'm'],
  ['vv', 'w'],
]

/**
 * Usernames that differ from this one only in what is easily overlooked: one sign that looks like another, or a point,
 * hyphen or underscore more, less or other. At most a few hundred, so that one query can look for them.
 */
export function lookalikes(username: string): readonly string[] {
  const found = new Set<string>()
  const put = (from: number, length: number, text: string) =>
    found.add(username.slice(0, from) + text + username.slice(from + length))
  for (const group of alike)
    for (const sign of group)
      for (let at = username.indexOf(sign); at >= 0; at = username.indexOf(sign, at + 1))
        for (const other of group) put(at, sign.length, other)
  for (let at = 1; at < username.length; at++) {
    const isSeparator = /[._-]/.test(username.charAt(at))
    for (const separator of ['.', '-', '_', ...(isSeparator ? [''] : [])])
      put(at, isSeparator ? 1 : 0, separator)
  }
  found.delete(username)
  return [...found]
}

/** What is wrong with the places chosen: they must be on the agent's lists; a limited agent must choose one of theirs. */
export function checkPlaces(
  entry: Pick<NewEntry, 'organizations' | 'workgroups'>,
  places: {
    readonly organizations: readonly { readonly id: string }[]
    readonly workgroups: readonly { readonly id: string }[]
  },
  isLimited: boolean,
): readonly Refusal<RefusalOf<'helpdesk'> | RefusalOf<'account'>>[] {
  const list: Refusal<RefusalOf<'helpdesk'> | RefusalOf<'account'>>[] = []
  const has = (of: readonly { readonly id: string }[], ids: readonly string[]) =>
    ids.every(id => of.some(place => place.id === id))
  const isMissing = isLimited && entry.organizations.length === 0
  if (isMissing || !has(places.organizations, entry.organizations))
    list.push({
      code: isLimited ? 'helpdesk.organization-outside' : 'account.no-such-organization',
      field: 'organization',
    })
  if (!has(places.workgroups, entry.workgroups))
    list.push({ code: 'account.no-such-workgroup', field: 'workgroup' })
  return list
}
