import { fullName } from '../../account/names.ts'
import { phoneLine } from '../../account/work.ts'
import type { Duplicate } from '../../administration/newcomers.ts'
import type { Places } from '../../administration/places.ts'
import type { Refusal } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  checkboxGroup,
  details,
  errorSummary,
  form,
  hidden,
  linkButton,
  problemFor,
  selectField,
  summaryList,
  textField,
} from '../../web/parts.ts'
import type { ConsoleCode } from '../shared/refusal-words.ts'
import { refusalInWords } from '../shared/refusal-words.ts'
import { workInputs } from '../shared/work-fields.ts'
import { wordsFor as workWords } from '../shared/work-words.ts'
import {
  type TrainingGateView,
  trainingGateField,
  trainingGateNotice,
  trainingGateSummary,
} from '../training/gate.ts'
import { entryFields, type NewEntry } from './rules.ts'
import { wordsFor } from './words.ts'

/** Create account: the form. */
export function newPersonPage(
  frame: Frame,
  entry: NewEntry,
  places: Places,
  refusals: readonly Refusal<ConsoleCode>[],
): Html {
  const words = wordsFor(frame.language)
  const work = workWords(frame.language)
  const problems = refusals.map(refusal => ({
    field: refusal.field,
    text: refusalInWords(refusal, frame.language),
  }))
  const text = (name: 'firstName' | 'lastName' | 'email' | 'username') => ({
    name,
    label: words[name],
    value: entry[name],
    problem: problemFor(problems, name),
    autocomplete: 'off',
    typing: name === 'firstName' || name === 'lastName' ? ('name' as const) : ('signs' as const),
  })
  const list = (name: 'organization' | 'workgroup', choices: Places['organizations']) =>
    placeFields(frame, name, entry[`${name}s`], choices, problemFor(problems, name))
  return page(
    frame,
    { title: words.title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1><p>${words.lead}</p>${form(
      { action: '/helpdesk/people/new', csrf: frame.csrf },
      html`${entry.moodle !== '' && hidden('moodle', entry.moodle)}${entry.request !== '' && hidden('request', entry.request)}${textField(text('firstName'))}${textField({ ...text('lastName'), hint: words.lastNameHint })}${textField(
        {
          ...text('email'),
          type: 'email',
          hint: work.emailHint,
        },
      )}${textField({ ...text('username'), hint: words.usernameHint })}${workInputs(frame, entry, problems)}${list(
        'organization',
        places.organizations,
      )}${list('workgroup', places.workgroups)}${button(words.next)}`,
    )}`,
  )
}

/** One place from the list, as most people have; several are ticked below it. Both post the same field. */
function placeFields(
  frame: Frame,
  name: 'organization' | 'workgroup',
  [first, ...others]: readonly string[],
  places: Places['organizations'],
  problem: string | undefined,
): Content {
  const words = wordsFor(frame.language)
  const choices = places.map(place => ({ value: place.id, label: place.name }))
  return html`${selectField({
    name,
    label: words[name],
    value: first,
    empty: words.none,
    choices,
    problem,
    autocomplete: 'off',
  })}${
    choices.length > 1 &&
    details(
      words.more[name](others.length),
      checkboxGroup({
        name,
        id: `${name}-more`,
        label: words.moreLabel[name],
        values: others,
        choices,
      }),
      others.length > 0,
    )
  }`
}

/** Create account: everything once more before it is done, and who may be the same person. */
export function checkPersonPage(
  frame: Frame,
  entry: NewEntry,
  places: Places,
  duplicates: readonly Duplicate[],
  gate: TrainingGateView,
  sendsMail: boolean,
): Html {
  const words = wordsFor(frame.language)
  const work = workWords(frame.language)
  const namesOf = (list: Places['organizations'], ids: readonly string[]): Content => {
    const names = list.filter(place => ids.includes(place.id)).map(({ name }) => name)
    return names.length === 0
      ? words.none
      : names.map((name, index) => html`${index > 0 && html`<br>`}${name}`)
  }
  return page(
    frame,
    { title: words.checkTitle, kind: 'console', refused: gate.problem !== undefined },
    html`${trainingGateSummary(gate, frame.language)}<h1>${words.checkTitle}</h1>${trainingGateNotice(gate, frame.language)}${
      duplicates.length > 0 &&
      alert(
        'warning',
        html`${words.duplicatesLead}<ul class="usa-list">${duplicates.map(
          one =>
            html`<li><a href="/helpdesk/people/${one.id}">${fullName(one.first_name, one.last_name)}</a>, ${one.username}, ${one.email}</li>`,
        )}</ul>`,
        words.duplicates,
      )
    }${summaryList([
      { key: words.firstName, value: entry.firstName },
      { key: words.lastName, value: entry.lastName },
      { key: words.email, value: entry.email || words.noEmail },
      { key: words.username, value: entry.username },
      { key: work.labels.workPhone, value: phoneLine(entry) || words.blank },
      { key: work.labels.jobTitle, value: entry.jobTitle || words.blank },
      { key: work.labels.supervisor, value: entry.supervisor || words.blank },
      {
        key: entry.organizations.length > 1 ? words.organizations : words.organization,
        value: namesOf(places.organizations, entry.organizations),
      },
      {
        key: entry.workgroups.length > 1 ? words.workgroups : words.workgroup,
        value: namesOf(places.workgroups, entry.workgroups),
      },
    ])}<p>${words.willHappen}</p>${form(
      { action: '/helpdesk/people/new/create', csrf: frame.csrf },
      html`${entryFields.map(name => hidden(name, entry[name]))}${entry.organizations.map(id => hidden('organization', id))}${entry.workgroups.map(id => hidden('workgroup', id))}${trainingGateField(gate, frame.language)}${buttonGroup(
        button(words.create),
        sendsMail && button(words.createAndMail, { kind: 'secondary', name: 'how', value: 'mail' }),
        button(words.change, {
          kind: 'secondary',
          action: '/helpdesk/people/new',
          name: 'change',
          value: 'yes',
        }),
      )}`,
    )}`,
  )
}

/** The form was sent twice: the account is there, and its password is not shown again. */
export function madeAlreadyPage(frame: Frame, made: Duplicate): Html {
  const words = wordsFor(frame.language)
  const name = fullName(made.first_name, made.last_name)
  return page(
    frame,
    { title: words.madeTitle, kind: 'console' },
    html`<h1>${words.madeTitle}</h1>${alert(
      'info',
      html`${words.made(name, made.username)} ${words.madeNext}`,
    )}<p>${linkButton(`/helpdesk/people/${made.id}`, words.toPerson(name))}</p>`,
  )
}
