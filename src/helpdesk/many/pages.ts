import { dayOf } from '../../administration/last-day.ts'
import type { Facts, ManyEntry, ManyVerb, Plan } from '../../administration/many/rules.ts'
import { manyVerbs } from '../../administration/many/rules.ts'
import type { Place } from '../../administration/places.ts'
import { refusalInWords as accountRefusal } from '../../administration/words.ts'
import { isCodeOf, type Refusal } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  checkboxGroup,
  errorSummary,
  form,
  hidden,
  linkButton,
  type Problem,
  problemFor,
  selectField,
  table,
  tag,
  textField,
} from '../../web/parts.ts'
import type { Form } from '../../web/request.ts'
import { manyAddress } from '../people/rules.ts'
import { refusalInWords as consoleRefusal } from '../shared/refusal-words.ts'
import { whyForAll } from '../shared/why-fields.ts'
import type { ManyCode } from './rules.ts'
import { wordsFor } from './words.ts'

const inWords = ({ code, field }: Refusal<ManyCode>, language: string): string =>
  isCodeOf('many', code)
    ? wordsFor(language).refusals[code]
    : consoleRefusal({ code, ...(field !== undefined && { field }) }, language)

const problemsOf = (refusals: readonly Refusal<ManyCode>[], language: string): readonly Problem[] =>
  refusals.map(refusal => ({ field: refusal.field, text: inWords(refusal, language) }))

const nameOf = ({ id, name }: Facts): Content => html`<a href="/helpdesk/people/${id}">${name}</a>`

const peopleTable = (frame: Frame, list: readonly Facts[]): Html => {
  const words = wordsFor(frame.language)
  return table({
    caption: words.caption,
    captionHidden: true,
    columns: words.columns.map(text => ({ text })),
    rows: list.map(facts => [nameOf(facts), facts.username]),
    language: frame.language,
  })
}

/** The people selected, and what can be done with them. */
export function selectionPage(frame: Frame, id: string, list: readonly Facts[]): Html {
  const words = wordsFor(frame.language)
  const title = words.selected(list.length)
  return page(
    frame,
    { title, kind: 'console' },
    html`<h1>${title}</h1><h2>${words.what}</h2><p>${words.next}</p>${buttonGroup(
      ...manyVerbs.map(verb => linkButton(`${manyAddress}/${id}/${verb}`, words.names[verb], 'secondary')),
    )}${peopleTable(frame, list)}${back(frame)}`,
  )
}

const back = (frame: Frame): Html =>
  html`<p class="after-form"><a href="/helpdesk/people">${wordsFor(frame.language).another}</a></p>`

/** When it is done: to whom, and what their records share. */
export function donePage(
  frame: Frame,
  done: { readonly id: string; readonly verb: ManyVerb; readonly changed: number },
  list: readonly Facts[],
): Html {
  const words = wordsFor(frame.language)
  const title = words.done(words.names[done.verb], done.changed)
  return page(
    frame,
    { title, kind: 'console' },
    html`<h1>${title}</h1><p>${words.doneLead(done.id)}</p>${peopleTable(frame, list)}${back(frame)}`,
  )
}

interface EntryView {
  readonly id: string
  readonly verb: ManyVerb
  readonly count: number
  /** What may be given, and what can be left. */
  readonly organizations: readonly Place[]
  readonly workgroups: readonly Place[]
  readonly leavable: readonly Place[]
  readonly form: Form
  readonly refusals: readonly Refusal<ManyCode>[]
  readonly timeZone: string
  readonly now: number
}

/** What is to be done to everyone selected, and why. */
export function entryPage(frame: Frame, view: EntryView): Html {
  const words = wordsFor(frame.language)
  const { id, verb } = view
  const title = words.title(words.names[verb], view.count)
  const problems = problemsOf(view.refusals, frame.language)
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${form(
      { action: `${manyAddress}/${id}/${verb}`, csrf: frame.csrf },
      html`${fields(frame, view, problems)}${whyForAll(frame, view.form, problems)}${button(words.continue)}`,
    )}<p class="after-form"><a href="${manyAddress}/${id}">${words.otherAction}</a></p>`,
  )
}

function fields(frame: Frame, view: EntryView, problems: readonly Problem[]): Content {
  const words = wordsFor(frame.language)
  const { form: typed, verb } = view
  const choose = (name: string, label: string, list: readonly Place[], empty: string) =>
    selectField({
      name,
      label,
      value: typed.get(name),
      empty,
      choices: list.map(place => ({ value: place.id, label: place.name })),
      problem: problemFor(problems, name),
      autocomplete: 'off',
    })
  if (verb === 'access')
    return html`${choose('giveOrganization', words.giveOrganization, view.organizations, words.none)}${choose(
      'takeOrganization',
      words.takeOrganization,
      view.leavable,
      words.none,
    )}${choose('giveWorkgroup', words.giveWorkgroup, view.workgroups, words.none)}${choose(
      'takeWorkgroup',
      words.takeWorkgroup,
      view.workgroups,
      words.none,
    )}`
  if (verb !== 'left' && verb !== 'moved') return ''
  return html`${choose('left', words.left, view.leavable, words.choose)}${
    verb === 'moved' &&
    html`${choose('movedTo', words.movedTo, view.organizations, words.choose)}${
      view.workgroups.length > 0 &&
      checkboxGroup({
        name: 'workgroup',
        label: words.movedWorkgroups,
        values: typed.all('workgroup'),
        choices: view.workgroups.map(place => ({ value: place.id, label: place.name })),
        problem: problemFor(problems, 'workgroup'),
      })
    }`
  }${textField({
    name: 'lastDay',
    label: words.lastDay,
    hint: words.lastDayHint,
    type: 'date',
    value: typed.has('lastDay') ? typed.get('lastDay') : dayOf(view.now, view.timeZone),
    problem: problemFor(problems, 'lastDay'),
    autocomplete: 'off',
    width: 'md',
  })}`
}

interface Preview {
  readonly id: string
  readonly verb: ManyVerb
  readonly entry: ManyEntry
  readonly list: readonly (readonly [facts: Facts, plan: Plan])[]
  readonly seen: string
  readonly names: ReadonlyMap<string, string>
  /** The last day lies ahead. */
  readonly isPlanned: boolean
  readonly isStale: boolean
}

/** What will happen to each person, or why nothing does; and the button that does it. */
export function previewPage(frame: Frame, view: Preview): Html {
  const words = wordsFor(frame.language)
  const { id, verb, list } = view
  const name = words.names[verb]
  const count = list.filter(([, { does }]) => does === 'change').length
  const others = list.length - count
  const problems = view.isStale ? problemsOf([{ code: 'many.changed' }], frame.language) : []
  return page(
    frame,
    { title: words.preview(name), kind: 'console', refused: view.isStale },
    html`${errorSummary(problems, frame.language)}<h1>${words.preview(name)}</h1>${
      count === 0
        ? alert('warning', words.nobody)
        : html`<p>${others === 0 ? words.all : words.some(count, others)}</p>`
    }${table({
      caption: words.previewCaption,
      columns: words.previewColumns.map(text => ({ text })),
      rows: list.map(([facts, plan]) => [nameOf(facts), facts.username, planInWords(frame, view, plan)]),
      language: frame.language,
    })}${
      count > 0 &&
      form(
        { action: `${manyAddress}/${id}/check`, csrf: frame.csrf },
        html`${hidden('seen', view.seen)}${button(words.do(name, count), {
          kind: verb === 'deactivate' ? 'danger' : 'primary',
        })}`,
      )
    }<p class="after-form"><a href="${manyAddress}/${id}/${verb}">${words.change}</a></p>`,
  )
}

function planInWords(frame: Frame, { verb, entry, names, isPlanned }: Preview, plan: Plan): Content {
  const words = wordsFor(frame.language)
  if (plan.does === 'nothing') return tag(words.nothing[verb])
  if (plan.does === 'refused') return html`${tag(accountRefusal(plan.why), 'warning')}`
  const named = (ids: readonly string[]) =>
    new Intl.ListFormat(frame.language).format(ids.map(id => names.get(id) ?? ''))
  const { leaving } = entry
  const day = isPlanned ? leaving.lastDay : undefined
  if (verb === 'deactivate' || verb === 'unlock') return words.lines[verb]
  if (verb === 'left')
    return html`${words.lines.leaves(named(plan.takes), day)}${plan.endsAccount && html`<br>${words.lines.ends}`}`
  if (verb === 'moved') {
    const [aim = '', ...groups] = plan.gives
    return html`${words.lines.moves(named(plan.takes), named([aim]), day)}${
      groups.length > 0 && html`<br>${words.lines.gives(named(groups))}`
    }`
  }
  return html`${plan.gives.length > 0 && words.lines.gives(named(plan.gives))}${
    plan.gives.length > 0 && plan.takes.length > 0 && html`<br>`
  }${plan.takes.length > 0 && words.lines.takes(named(plan.takes))}`
}
