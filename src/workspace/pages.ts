import type { Refusal, RefusalOf } from '../refusals.ts'
import type { Frame } from '../web/frame.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { button, details, errorSummary, form, problemFor, selectField } from '../web/parts.ts'
import type { Choice, Choices } from './store.ts'
import { wordsFor } from './words.ts'

export interface Selected {
  readonly organization: string
  readonly workgroup: string
}

/** The two lists; what has only one choice is said, not asked. `prefix` keeps ids apart where the lists stand twice. */
export function choiceFields(
  language: string,
  choices: Choices,
  selected: Selected,
  problems: readonly { field: string; text: string }[] = [],
  prefix = '',
): Html {
  const words = wordsFor(language)
  /** With the organizations that a workgroup is tied to, where there is more than one to work in. */
  const labelOf = ({ name, onlyIn }: Choice): string =>
    onlyIn === undefined || choices.organizations.length === 1
      ? name
      : words.only(
          name,
          new Intl.ListFormat(language, { type: 'disjunction' }).format(
            choices.organizations.filter(({ id }) => onlyIn.includes(id)).map(place => place.name),
          ),
        )
  const field = (
    name: 'organization' | 'workgroup',
    label: string,
    hint: Content,
    list: readonly Choice[],
  ): Content =>
    list.length > 1
      ? selectField({
          name,
          id: prefix + name,
          label,
          hint,
          value: selected[name],
          problem: problemFor(problems, name),
          empty: selected[name] === '' ? words.choose : undefined,
          choices: list.map(choice => ({ value: choice.id, label: labelOf(choice) })),
          autocomplete: 'off',
        })
      : html`<p class="only-choice"><strong>${label}</strong> ${list[0] ? labelOf(list[0]) : words.none}</p>`
  return html`${field('organization', words.organization, prefix === '' && words.organizationHint, choices.organizations)}${field(
    'workgroup',
    words.workgroup,
    prefix === '' && words.workgroupHint,
    choices.workgroups,
  )}`
}

const allowances = (list: readonly Choice[]): Html =>
  html`<dl>${list.filter(({ allows }) => allows !== '').map(({ name, allows }) => html`<dt>${name}</dt><dd>${allows}</dd>`)}</dl>`

/** Why a choice was not taken, each at its list. */
export const placeProblems = (language: string, refusals: readonly Refusal<RefusalOf<'workspace'>>[]) =>
  refusals.map(({ code, field }) => ({
    field: field ?? 'organization',
    text: wordsFor(language).refusals[code](),
  }))

/** Choose your settings: only shown when there is something to choose. */
export function choosePage(
  frame: Frame,
  choices: Choices,
  selected: Selected,
  refusals: readonly Refusal<RefusalOf<'workspace'>>[],
): Html {
  const words = wordsFor(frame.language)
  const problems = placeProblems(frame.language, refusals)
  return page(
    frame,
    { title: words.title, refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1><p>${words.lead}</p>${form(
      { action: '/settings/choose', csrf: frame.csrf },
      html`${choiceFields(frame.language, choices, selected, problems)}${button(words.use)}`,
    )}${details(words.allows, html`${allowances(choices.organizations)}${allowances(choices.workgroups)}`)}`,
  )
}
