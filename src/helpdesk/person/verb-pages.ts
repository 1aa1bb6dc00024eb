import { fullName } from '../../account/names.ts'
import { phoneLine, workFrom } from '../../account/work.ts'
import type { Identification } from '../../administration/act.ts'
import type { Places } from '../../administration/places.ts'
import type { Refusal } from '../../refusals.ts'
import { wayTitle } from '../../verification/common/pages.ts'
import { wordsFor as verificationWords } from '../../verification/common/words.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  button,
  checkbox,
  checkboxGroup,
  errorSummary,
  form,
  hidden,
  type Problem,
  problemFor,
  radioGroup,
  selectField,
  textField,
} from '../../web/parts.ts'
import type { Form } from '../../web/request.ts'
import { zoneInWords } from '../../web/time.ts'
import { type ConsoleCode, refusalInWords } from '../shared/refusal-words.ts'
import { clockField } from '../shared/two-moments.ts'
import { wordsFor as consoleWords } from '../shared/words.ts'
import { workInputs } from '../shared/work-fields.ts'
import { wordsFor as workWords } from '../shared/work-words.ts'
import { accessFields, scopeFields } from './access-fields.ts'
import { leaveFields } from './leave-fields.ts'
import type { PersonFacts } from './store.ts'
import { needsOf, roles, type VerbName, waysToIdentify } from './verb-rules.ts'
import { wordsFor } from './verb-words.ts'

interface VerbView {
  readonly action: VerbName
  readonly person: PersonFacts
  /** What access may be given to, and limits may name, for the verbs that change them. */
  readonly places: Places | undefined

  /** Anyone who looks after everyone may leave the old email address without a notice. */
  readonly seesEveryone: boolean
  /** The entry; empty at first. */
  readonly form: Form
  readonly refusals: readonly Refusal<ConsoleCode>[]
  /** Changes to the account since the form was shown, when that is why it was refused. */
  readonly changes: readonly Content[]
  readonly temporaryPasswordHours: number
  readonly timeZone: string
  readonly now: number
}

/** One verb: what will happen, what it asks for, and the button that does it. */
export function verbPage(frame: Frame, view: VerbView): Html {
  const words = wordsFor(frame.language)
  const { action, person } = view
  const name = fullName(person.firstName, person.lastName)
  const title = words.title(words.names[action], name)
  const problems = view.refusals.map(refusal => ({
    field: refusal.field,
    text: refusalInWords(refusal, frame.language),
  }))
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${
      view.changes.length > 0 &&
      html`<h2>${words.changed}</h2><ul class="usa-list">${view.changes.map(change => html`<li>${change}</li>`)}</ul>`
    }<h2>${words.willHappen}</h2><ul class="usa-list">${words.effects[action](
      view.temporaryPasswordHours,
    ).map(effect => html`<li>${effect}</li>`)}</ul>${form(
      { action: `/helpdesk/people/${person.id}/${action}`, csrf: frame.csrf },
      html`${hidden('version', String(person.version))}${hidden('seen', String(view.now))}${fields(
        frame,
        view,
        problems,
      )}${button(words.names[action], { kind: needsOf(action).danger ? 'danger' : 'primary' })}`,
    )}<p class="after-form"><a href="/helpdesk/people/${person.id}">${words.back(name)}</a></p>`,
  )
}

function fields(frame: Frame, view: VerbView, problems: readonly Problem[]): Content {
  const words = wordsFor(frame.language)
  const needs = needsOf(view.action)
  const { form: typed } = view
  return html`${needs.moment && momentFields(frame, view, problems)}${
    needs.details && detailFields(frame, view, problems)
  }${needs.access && accessFields(frame, view, problems)}${needs.leave && leaveFields(frame, view, problems)}${
    needs.role &&
    selectField({
      name: 'role',
      label: words.role,
      value: typed.has('role') ? typed.get('role') : view.person.role,
      choices: roles.map(value => ({ value, label: consoleWords(frame.language).roles[value] })),
      problem: problemFor(problems, 'role'),
      autocomplete: 'off',
    })
  }${needs.way && wayField(frame, view, problems)}${needs.scope && scopeFields(frame, view, problems, needs.role ? words.limitedAsHelpdesk : words.limited)}${
    (needs.credential || needs.details) && identifiedField(frame, view, problems)
  }${needs.contact && contactFields(frame, view, problems)}${textField({
    name: 'reason',
    label: consoleWords(frame.language).reason,
    hint: words.reasonHint,
    value: typed.get('reason'),
    list: words.presets[view.action],
    problem: problemFor(problems, 'reason'),
    autocomplete: 'off',
  })}${textField({
    name: 'ticket',
    label: consoleWords(frame.language).ticket,
    hint: consoleWords(frame.language).ticketHint,
    value: typed.get('ticket'),
    problem: problemFor(problems, 'ticket'),
    autocomplete: 'off',
    width: 'md',
  })}`
}

/** The person's ways, to choose the one that goes. */
function wayField(frame: Frame, view: VerbView, problems: readonly Problem[]): Content {
  return radioGroup({
    name: 'way',
    label: wordsFor(frame.language).way,
    value: view.form.get('way'),
    choices: view.person.ways.map(way => ({
      value: way.id,
      label: wayTitle(way, verificationWords(frame.language)),
      hint: verificationWords(frame.language).kinds[way.kind],
    })),
    problem: problemFor(problems, 'way'),
  })
}

/** Make contact: of the organizations that they belong to. */
function contactFields(
  frame: Frame,
  { form: typed, person }: VerbView,
  problems: readonly Problem[],
): Content {
  const words = wordsFor(frame.language)
  const choices = person.organizations.filter(({ is_active }) => is_active === 1)
  if (choices.length === 0)
    return html`<p class="only-choice"><strong>${words.contactOf}</strong> ${words.noContactOf}</p>`
  return checkboxGroup({
    name: 'contactOf',
    label: words.contactOf,
    values: typed.has('reason') ? typed.all('contactOf') : (person.contactOf ?? []).map(({ id }) => id),
    choices: choices.map(({ id, name }) => ({ value: id, label: name })),
    problem: problemFor(problems, 'contactOf'),
  })
}

/** Where the form says to call back the number on file, it says which one that is. */
function identifiedField(frame: Frame, view: VerbView, problems: readonly Problem[]): Content {
  const words = wordsFor(frame.language)
  const { person } = view
  const hints: Readonly<Record<Identification, Content>> = {
    'call-back': phoneLine(person) || words.noPhone,
    'in-person': undefined,
    supervisor: person.supervisor || words.noSupervisor,
  }
  return radioGroup({
    name: 'identified',
    label: words.identified,
    hint: needsOf(view.action).details && words.identifiedForDetails,
    value: view.form.get('identified'),
    choices: waysToIdentify(view.action).map(value => ({
      value,
      label: words.ways[value],
      hint: hints[value],
    })),
    problem: problemFor(problems, 'identified'),
  })
}

function detailFields(frame: Frame, view: VerbView, problems: readonly Problem[]): Content {
  const words = wordsFor(frame.language)
  const texts = (['firstName', 'lastName', 'email'] as const).map(name =>
    textField({
      name,
      label: words[name],
      type: name === 'email' ? 'email' : 'text',
      hint: name === 'email' && workWords(frame.language).emailHint,
      value: view.form.has(name) ? view.form.get(name) : view.person[name],
      problem: problemFor(problems, name),
      autocomplete: 'off',
      typing: name === 'email' ? 'signs' : 'name',
    }),
  )
  const { person } = view
  return html`${texts}${workInputs(
    frame,
    workFrom(field => (view.form.has(field) ? view.form.get(field) : person[field])),
    problems,
  )}${
    view.seesEveryone &&
    person.organizations.length > 0 &&
    selectField({
      name: 'primaryOrganization',
      label: words.primaryOrganization,
      value: view.form.has('primaryOrganization')
        ? view.form.get('primaryOrganization')
        : person.organizations.find(({ is_primary }) => is_primary === 1)?.id,
      empty: words.noPrimary,
      choices: person.organizations.map(({ id, name }) => ({ value: id, label: name })),
      problem: problemFor(problems, 'primaryOrganization'),
      autocomplete: 'off',
    })
  }${
    view.seesEveryone &&
    checkbox({
      name: 'quiet',
      label: words.quiet,
      hint: words.quietHint,
      checked: view.form.get('quiet') === 'yes',
    })
  }`
}

function momentFields(frame: Frame, view: VerbView, problems: readonly Problem[]): Content {
  const words = wordsFor(frame.language)
  return html`${textField({
    name: 'date',
    label: words.date,
    type: 'date',
    value: view.form.get('date'),
    problem: problemFor(problems, 'date'),
    autocomplete: 'off',
    width: 'md',
  })}${textField({
    name: 'time',
    label: words.time,
    hint: zoneInWords(view.timeZone, frame.language),
    type: 'time',
    value: view.form.has('time') ? view.form.get('time') : '17:00',
    autocomplete: 'off',
    width: 'md',
  })}${clockField(frame, {
    name: 'clock',
    label: consoleWords(frame.language).clock,
    date: view.form.get('date'),
    time: view.form.get('time'),
    value: view.form.get('clock'),
    timeZone: view.timeZone,
    problem: problemFor(problems, 'clock'),
  })}`
}
