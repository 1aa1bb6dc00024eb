import type { Places } from '../../administration/places.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, html } from '../../web/html.ts'
import { checkboxGroup, details, hidden, type Problem, problemFor, radioGroup } from '../../web/parts.ts'
import type { Form } from '../../web/request.ts'
import type { Membership, PersonFacts } from './store.ts'
import { type FlagName, flagNames, flagsField } from './verb-rules.ts'
import { wordsFor } from './verb-words.ts'

/** What the fields are made of: what the person has, what there is, and what was typed. */
interface Given {
  readonly person: PersonFacts
  readonly places: Places | undefined
  readonly form: Form
}

type Named = readonly { readonly id: string; readonly name: string }[]

/** Up to so many boxes stand in sight; of more, those that are not ticked open on request. */
const mostInSight = 15

/** Boxes for what is open to everyone, and for what the person has although it is retired. */
function boxes(
  options: {
    readonly name: string
    readonly label: string
    readonly more: (count: number) => string
    readonly problem: string | undefined
    readonly none: string
  },
  ticked: readonly string[],
  has: Named,
  open: Named,
): Content {
  const { name, label, problem } = options
  const list = [...open, ...has.filter(({ id }) => !open.some(place => place.id === id))]
  if (list.length === 0) return html`<p class="only-choice"><strong>${label}</strong> ${options.none}</p>`
  const group = (choices: Named, id: string) =>
    checkboxGroup({
      name,
      id,
      label,
      values: ticked,
      choices: choices.map(place => ({ value: place.id, label: place.name })),
      problem: id === name ? problem : undefined,
    })
  const isFirst = ({ id }: Named[number]) => ticked.includes(id) || has.some(place => place.id === id)
  const first = list.filter(isFirst)
  if (list.length <= mostInSight || first.length === 0) return group(list, name)
  const rest = list.filter(place => !isFirst(place))
  return html`${group(first, name)}${rest.length > 0 && details(options.more(rest.length), group(rest, `${name}-more`))}`
}

/** Change access: where they work, and what each organization allows them. */
export function accessFields(frame: Frame, given: Given, problems: readonly Problem[]): Content {
  const words = wordsFor(frame.language)
  const { form, person, places } = given
  const isTyped = form.has('reason')
  const tickedOf = (name: string, has: Named) => (isTyped ? form.all(name) : has.map(({ id }) => id))
  return html`${boxes(
    {
      name: 'organization',
      label: words.organizations,
      more: words.moreOrganizations,
      problem: problemFor(problems, 'organization'),
      none: words.noPlaces,
    },
    tickedOf('organization', person.organizations),
    person.organizations,
    places?.organizations ?? [],
  )}${flagFields(frame, given, isTyped)}${boxes(
    {
      name: 'workgroup',
      label: words.workgroups,
      more: words.moreWorkgroups,
      problem: problemFor(problems, 'workgroup'),
      none: words.noPlaces,
    },
    tickedOf('workgroup', person.workgroups),
    person.workgroups,
    places?.workgroups ?? [],
  )}`
}

const flagsOf = (membership: Membership): readonly FlagName[] => {
  const has = {
    active: membership.is_active === 1,
    'sign-in': membership.may_sign_in === 1,
    edit: membership.may_edit === 1,
  }
  return flagNames.filter(name => has[name])
}

/** One group for each organization that they are in now; a new one allows everything at first. */
function flagFields(frame: Frame, { person, form }: Given, isTyped: boolean): Content {
  const words = wordsFor(frame.language)
  if (person.organizations.length === 0) return ''
  const groups = person.organizations.map(organization => ({
    organization,
    values: isTyped ? form.all(flagsField(organization.id)) : flagsOf(organization),
  }))
  return details(
    words.flags,
    html`${groups.map(({ organization }) => hidden('flagsShown', organization.id))}${groups.map(
      ({ organization, values }) =>
        html`${checkboxGroup({
          name: flagsField(organization.id),
          label: words.flagsIn(organization.name),
          values,
          choices: flagNames.map(value => ({ value, label: words.flagNames[value] })),
        })}`,
    )}`,
    groups.some(({ values }) => values.length < flagNames.length),
  )
}

/** Limit to organizations: all people, or those of some. Whoever is given the role is not taken to look after all. */
export function scopeFields(
  frame: Frame,
  { person, places, form }: Given,
  problems: readonly Problem[],
  label: string,
): Content {
  const words = wordsFor(frame.language)
  const isTyped = form.has('reason')
  const limitedTo = person.limitedTo ?? []
  const isAgent = person.role === 'helpdesk'
  return html`${radioGroup({
    name: 'limited',
    label,
    value: isTyped ? form.get('limited') : limitedTo.length > 0 ? 'yes' : isAgent ? 'no' : undefined,
    choices: (['no', 'yes'] as const).map(value => ({ value, label: words.limits[value] })),
    problem: problemFor(problems, 'limited'),
  })}${boxes(
    {
      name: 'limitTo',
      label: words.limitTo,
      more: words.moreOrganizations,
      problem: problemFor(problems, 'limitTo'),
      none: words.noPlaces,
    },
    isTyped ? form.all('limitTo') : limitedTo.map(({ id }) => id),
    limitedTo,
    places?.organizations ?? [],
  )}`
}
