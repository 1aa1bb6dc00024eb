import { isPreset, plainApplication, presets } from '../../applications/presets.ts'
import { checkApplication } from '../../applications/registry.ts'
import type { Allowed, Application } from '../../applications/rules.ts'
import { everybody } from '../../applications/rules.ts'
import type { NewApplication } from '../../applications/store.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Role } from '../../store/schema.ts'
import { tidyLine } from '../../web/line.ts'
import type { Form } from '../../web/request.ts'
import type { Known } from './store.ts'

export const roles = ['user', 'helpdesk', 'administrator'] as const satisfies readonly Role[]

/** What an application does out of the ordinary, each a box of the form. */
export const ways = {
  jwt: given => given.tokenForm === 'jwt',
  formPost: given => given.takesFormPost,
  pairwise: given => given.pairwise,
  asks: given => given.asksWorkplace,
  active: given => given.refreshIsActivity,
} as const satisfies Readonly<Record<string, (given: NewApplication) => boolean>>

export type Way = keyof typeof ways
export const wayNames = Object.keys(ways) as readonly Way[]

/** An application as it was typed. */
export interface Entry {
  readonly given: NewApplication
  /** The rule for who may use it, chosen explicitly: ticked boxes alone do not say it. */
  readonly who: 'everyone' | 'some' | ''
}

/** One address a line; what lies between them is not looked at. */
const addresses = (text: string): readonly string[] => text.split(/\s+/).filter(line => line !== '')
const optional = (text: string): string | undefined => (text === '' ? undefined : text)
const among = (list: readonly { readonly id: string }[], ids: readonly string[]): readonly string[] =>
  ids.filter(id => list.some(place => place.id === id))

const readAllowed = (form: Form, known: Known): Allowed => ({
  roles: roles.filter(role => form.all('role').includes(role)),
  workgroups: among(known.workgroups, form.all('workgroup')),
  organizations: among(known.organizations, form.all('organization')),
})

/** What a form says. `before` is the application that it changes; a new one has also what its preset needs. */
export function readApplicationEntry(form: Form, known: Known, before: Application | undefined): Entry {
  const wanted = form.get('preset')
  const preset = before?.preset ?? (isPreset(wanted) ? wanted : 'other')
  const plain =
    before === undefined && isPreset(preset) ? plainApplication(preset) : plainApplication('other')
  const has = (way: Way) => form.all('ways').includes(way)
  const who = form.get('who')
  return {
    given: {
      name: tidyLine(form.get('name')),
      purpose: tidyLine(form.get('purpose')),
      preset,
      launchUrl: optional(form.get('launchUrl').trim()),
      redirectUris: addresses(form.get('redirectUris')),
      signOutUris: addresses(form.get('signOutUris')),
      backchannelUri: optional(form.get('backchannelUri').trim()),
      tokenForm: has('jwt') ? 'jwt' : plain.tokenForm,
      pkceException: optional(tidyLine(form.get('pkceException'))) ?? plain.pkceException,
      takesFormPost: has('formPost') || plain.takesFormPost,
      pairwise: has('pairwise'),
      needsSecondStep: form.get('needsSecondStep') === 'yes',
      asksWorkplace: has('asks'),
      refreshIsActivity: has('active'),
      allowed: readAllowed(form, known),
    },
    who: who === 'everyone' || who === 'some' ? who : '',
  }
}

const isForAll = ({ roles, workgroups, organizations }: Allowed): boolean =>
  roles.length + workgroups.length + organizations.length === 0

/** The entry of an application as it is registered. */
export const entryOf = (given: NewApplication): Entry => ({
  given,
  who: isForAll(given.allowed) ? 'everyone' : 'some',
})

export const blankEntry: Entry = {
  given: { ...plainApplication('other'), allowed: everybody },
  who: 'everyone',
}

/** All that is wrong with an entry. */
export const checkEntry = ({ given, who }: Entry): readonly Refusal<RefusalOf<'application'>>[] => [
  ...checkApplication(given),
  ...((who === 'everyone') === isForAll(given.allowed) && who !== ''
    ? []
    : [{ code: 'application.who', field: 'who' } as const]),
]

export const presetName = (preset: string): string => (isPreset(preset) ? presets[preset].name : preset)
