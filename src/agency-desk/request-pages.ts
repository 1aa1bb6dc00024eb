import { fullName } from '../account/names.ts'
import { type WorkFacts, workFields } from '../account/work.ts'
import type { Place } from '../administration/places.ts'
import type { AgencyCode } from '../agency/contacts.ts'
import type { Colleague } from '../agency/people.ts'
import type { RequestFacts } from '../agency/request-reading.ts'
import { isOpen, type RequestEntry, trainings } from '../agency/request-rules.ts'
import type { Refusal } from '../refusals.ts'
import type { Frame } from '../web/frame.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import {
  alert,
  button,
  checkboxGroup,
  errorSummary,
  form,
  hidden,
  type Problem,
  problemFor,
  radioGroup,
  summaryList,
  table,
  textArea,
  textField,
} from '../web/parts.ts'
import { dayInWords } from '../web/time.ts'
import { deskOf } from './desk.ts'
import { colleagueFacts, lastDayInWords } from './people-pages.ts'
import { problemsOf, wordsFor } from './words.ts'

export interface FormView {
  readonly organization: Place
  readonly entry: RequestEntry
  /** Workgroups that may be asked for. */
  readonly workgroups: readonly Place[]
  readonly refusals: readonly Refusal<AgencyCode>[]
}

/** Request an account: everything that the helpdesk needs to make it. */
export function newRequestPage(frame: Frame, view: FormView): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(view.refusals, frame.language)
  const { organization } = view
  return page(
    frame,
    { title: words.requestAccount, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.requestAccount}</h1>${form(
      { action: deskOf(organization.id, '/requests/new'), csrf: frame.csrf },
      html`${accountFields(frame, view, problems)}${button(words.send)}`,
    )}<p class="after-form"><a href="${deskOf(organization.id)}">${words.back(organization.name)}</a></p>`,
  )
}

function accountFields(frame: Frame, { entry, workgroups }: FormView, problems: readonly Problem[]): Content {
  const words = wordsFor(frame.language)
  const text = (name: 'firstName' | 'lastName' | 'email' | keyof WorkFacts) =>
    textField({
      name,
      label: words[name],
      hint: name === 'email' ? words.emailHint : undefined,
      type: name === 'email' ? 'email' : name === 'workPhone' ? 'tel' : 'text',
      width: name === 'workExtension' ? 'sm' : undefined,
      value: entry[name],
      problem: problemFor(problems, name),
      autocomplete: 'off',
      typing: name === 'email' ? 'signs' : name === 'firstName' || name === 'lastName' ? 'name' : undefined,
    })
  return html`${(['firstName', 'lastName', 'email', ...workFields] as const).map(text)}${workgroupFields(
    frame,
    workgroups,
    entry.workgroups,
    problems,
  )}${radioGroup({
    name: 'training',
    label: words.training,
    value: entry.training,
    choices: trainings.map(value => ({ value, label: words.trainings[value] })),
    problem: problemFor(problems, 'training'),
  })}${textArea({
    name: 'note',
    label: words.note,
    hint: words.noteHint,
    value: entry.note,
    rows: 3,
    problem: problemFor(problems, 'note'),
  })}`
}

function workgroupFields(
  frame: Frame,
  workgroups: readonly Place[],
  values: readonly string[],
  problems: readonly Problem[],
): Content {
  const words = wordsFor(frame.language)
  if (workgroups.length === 0)
    return html`<p class="only-choice"><strong>${words.workgroups}</strong> ${words.noWorkgroups}</p>`
  return checkboxGroup({
    name: 'workgroup',
    label: words.workgroups,
    values,
    choices: workgroups.map(({ id, name }) => ({ value: id, label: name })),
    problem: problemFor(problems, 'workgroup'),
  })
}

/** Request a change: other workgroups, or anything in words. */
export function changePage(frame: Frame, person: Colleague, view: FormView): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(view.refusals, frame.language)
  const { organization, entry } = view
  const title = words.about(words.requestChange, fullName(person.firstName, person.lastName))
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${colleagueFacts(person, words)}${form(
      { action: deskOf(organization.id, `/people/${person.id}/change`), csrf: frame.csrf },
      html`${workgroupFields(frame, view.workgroups, entry.workgroups, problems)}${changeNote(frame, entry, problems)}${button(words.send)}`,
    )}<p class="after-form"><a href="${deskOf(organization.id)}">${words.back(organization.name)}</a></p>`,
  )
}

function changeNote(frame: Frame, { note }: RequestEntry, problems: readonly Problem[]): Content {
  const words = wordsFor(frame.language)
  return textArea({
    name: 'note',
    label: words.changeNote,
    hint: words.changeNoteHint,
    value: note,
    rows: 3,
    problem: problemFor(problems, 'note'),
  })
}

/** The requests of an organization, with their state. */
export function requestsPage(
  frame: Frame,
  view: {
    readonly organization: Place
    readonly open: readonly RequestFacts[]
    readonly closed: readonly RequestFacts[]
    readonly message: string | undefined
    readonly timeZone: string
  },
): Html {
  const words = wordsFor(frame.language)
  const list = (caption: string, requests: readonly RequestFacts[]) =>
    html`<h2>${caption}</h2>${table({
      caption,
      captionHidden: true,
      columns: words.requestColumns.map(text => ({ text })),
      rows: requests.map(request => [
        html`<a href="${deskOf(view.organization.id, `/requests/${request.id}`)}">${request.about}</a>`,
        words.kinds[request.kind],
        words.states[request.state],
        dayInWords(request.askedAt, view.timeZone, frame.language),
      ]),
      empty: words.noRequests,
      language: frame.language,
    })}`
  return page(
    frame,
    { title: words.requests, kind: 'console' },
    html`${view.message && alert('success', view.message)}<h1>${words.requests}</h1><p><a class="usa-button" href="${deskOf(view.organization.id, '/requests/new')}">${words.requestAccount}</a></p>${list(
      words.openRequests,
      view.open,
    )}${list(words.closedRequests, view.closed)}`,
  )
}

/** One request: what was asked, what came of it, and what the contact can still do. */
export function requestPage(
  frame: Frame,
  request: RequestFacts,
  view: FormView & { readonly timeZone: string },
): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(view.refusals, frame.language)
  const title = words.about(words.kinds[request.kind], request.about)
  const action = deskOf(request.organizationId, `/requests/${request.id}`)
  const version = hidden('version', String(request.version))
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${
      request.answer !== '' &&
      alert(request.state === 'more-needed' ? 'warning' : 'info', request.answer, words.helpdeskSays)
    }${summaryList(facts(frame, request, view))}${
      request.state === 'more-needed' &&
      request.kind !== 'leaver' &&
      html`<h2>${words.addMore}</h2>${form(
        { action, csrf: frame.csrf },
        html`${version}${
          request.kind === 'account'
            ? accountFields(frame, view, problems)
            : html`${workgroupFields(frame, view.workgroups, view.entry.workgroups, problems)}${changeNote(frame, view.entry, problems)}`
        }${button(words.send)}`,
      )}`
    }${
      isOpen(request.state) &&
      form(
        { action: `${action}/withdraw`, csrf: frame.csrf },
        html`${version}${button(words.withdraw, { kind: 'secondary' })}`,
      )
    }<p class="after-form"><a href="${deskOf(request.organizationId, '/requests')}">${words.back(words.requests)}</a></p>`,
  )
}

function facts(
  frame: Frame,
  { kind, state, askedBy, askedAt, entry }: RequestFacts,
  { workgroups, timeZone }: FormView & { readonly timeZone: string },
) {
  const words = wordsFor(frame.language)
  const groups = workgroups.filter(({ id }) => entry.workgroups.includes(id)).map(({ name }) => name)
  const row = (key: string, value: string) => (value === '' ? [] : [{ key, value }])
  return [
    { key: words.state, value: words.states[state] },
    { key: words.kind, value: words.kinds[kind] },
    ...row(words.email, entry.email),
    ...workFields.flatMap(field => row(words[field], entry[field])),
    ...row(words.workgroups, groups.join(', ')),
    ...row(words.training, entry.training === '' ? '' : words.trainings[entry.training]),
    ...row(words.note, entry.note),
    ...row(
      words.lastDay,
      entry.lastDay === '' ? '' : lastDayInWords(entry.lastDay, timeZone, frame.language),
    ),
    { key: words.askedBy, value: askedBy },
    { key: words.sent, value: dayInWords(askedAt, timeZone, frame.language) },
  ]
}
