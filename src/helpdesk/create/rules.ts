import { type WorkFacts, workFields, workFrom } from '../../account/work.ts'
import { namesFrom, type PersonEntry } from '../../administration/entry.ts'
import { isId } from '../../administration/reach.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Form } from '../../web/request.ts'

/** Entries for a new account. */
export interface NewEntry extends PersonEntry, WorkFacts {
  /** Ids; the first is the one of the list and the primary one, the others were ticked. */
  readonly organizations: readonly string[]
  readonly workgroups: readonly string[]
  /** Id in Moodle of the candidate whose account it is to be; '' for none. */
  readonly moodle: string
  /** Id of the agency's request that it answers; '' for none. */
  readonly request: string
}

/** Fields of one value each. */
export const entryFields = [
  'firstName',
  'lastName',
  'email',
  'username',
  ...workFields,
  'moodle',
  'request',
] as const satisfies readonly (keyof NewEntry)[]

export const readNewEntry = (form: Form): NewEntry => ({
  ...namesFrom(field => form.get(field)),
  username: form.get('username'),
  ...workFrom(field => form.get(field)),
  organizations: chosen(form, 'organization'),
  workgroups: chosen(form, 'workgroup'),
  request: isId(form.get('request')) ? form.get('request') : '',
  moodle: /^\d{1,9}$/.test(form.get('moodle')) ? form.get('moodle') : '',
})

const chosen = (form: Form, name: string): readonly string[] => [
  ...new Set(form.all(name).filter(id => id !== '')),
]

/** Problems with the places chosen: they must be on the agent's lists; a limited agent must choose one of theirs. */
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
      code: isLimited ? 'account.organization-outside' : 'account.no-such-organization',
      field: 'organization',
    })
  if (!has(places.workgroups, entry.workgroups))
    list.push({ code: 'account.no-such-workgroup', field: 'workgroup' })
  return list
}
