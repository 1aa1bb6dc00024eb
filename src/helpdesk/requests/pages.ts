import { fullName, listName } from '../../account/names.ts'
import { phoneLine } from '../../account/work.ts'
import type { Duplicate } from '../../administration/newcomers.ts'
import { refusalInWords } from '../../administration/words.ts'
import type { AgencyCode } from '../../agency/contacts.ts'
import type { LeaverRow } from '../../agency/leaver-lists.ts'
import type { RequestFacts } from '../../agency/request-reading.ts'
import { isOpen } from '../../agency/request-rules.ts'
import { isCodeOf, type Refusal } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  errorSummary,
  form,
  hidden,
  linkButton,
  problemFor,
  summaryList,
  table,
  tag,
  textArea,
} from '../../web/parts.ts'
import { dayInWords, whenInWords } from '../../web/time.ts'
import { licensesLeft } from '../organizations/standing.ts'
import { wordsFor as standingWords } from '../organizations/standing-words.ts'
import type { TrainingGateView } from '../training/gate.ts'
import { wordsFor } from './words.ts'

/** The queue of requests, and the leavers that contacts reported. */
export function requestsPage(
  frame: Frame,
  view: {
    readonly open: readonly RequestFacts[]
    readonly closed: readonly RequestFacts[]
    readonly leavers: readonly LeaverRow[]
    readonly timeZone: string
  },
): Html {
  const words = wordsFor(frame.language)
  const list = (caption: string, requests: readonly RequestFacts[]) =>
    html`<h2>${caption}</h2>${table({
      caption,
      captionHidden: true,
      columns: words.columns.map(text => ({ text })),
      rows: requests.map(request => [
        html`<a href="/helpdesk/requests/${request.id}">${request.about}</a>`,
        request.organization,
        words.kinds[request.kind],
        words.states[request.state],
        whenInWords(request.askedAt, frame.clock, frame.language),
      ]),
      empty: words.none,
    })}`
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`<h1>${words.title}</h1><p>${words.lead}</p>${list(words.open, view.open)}${list(words.closed, view.closed)}<h2>${
      words.reports
    }</h2>${table({
      caption: words.reports,
      captionHidden: true,
      columns: words.reportColumns.map(text => ({ text })),
      rows: view.leavers.map(row => [
        html`<a href="/helpdesk/people/${row.account_id}">${listName(row.first_name, row.last_name)}</a>`,
        row.organization,
        row.last_day,
        fullName(row.by_first_name, row.by_last_name),
        row.taken_back_at !== null
          ? words.reportStates.back
          : row.done_at === null
            ? words.reportStates.planned
            : words.reportStates.done,
      ]),
      empty: words.none,
    })}`,
  )
}

export interface RequestView {
  /** Accounts that may be the same person. */
  readonly alike: readonly Duplicate[]
  /** What Moodle says, of a new account. */
  readonly gate: TrainingGateView | undefined
  /** People of the organization whose accounts are in use. */
  readonly activePeople: number
  /** How many the organization has bought; null: nobody counts. */
  readonly licenses: number | null
  readonly workgroups: readonly { readonly id: string; readonly name: string }[]
  /** The answer as it was typed. */
  readonly typed: string
  readonly refusals: readonly Refusal<AgencyCode>[]
  readonly message: string | undefined
  readonly timeZone: string
}

/** One request, with everything that decides it. */
export function requestPage(frame: Frame, request: RequestFacts, view: RequestView): Html {
  const words = wordsFor(frame.language)
  const problems = view.refusals.map(({ code, field }) => ({
    field,
    text: isCodeOf('agency', code) ? words.refusals[code] : refusalInWords(code, field),
  }))
  const title = words.about(words.kinds[request.kind], request.about)
  const version = hidden('version', String(request.version))
  const at = `/helpdesk/requests/${request.id}`
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${view.message && alert('success', view.message)}${errorSummary(problems, frame.language)}<h1>${title}</h1>${summaryList(
      facts(frame, request, view),
    )}${
      isOpen(request.state) &&
      html`${accept(frame, request, view, version)}${form(
        { action: at, csrf: frame.csrf },
        html`${version}${textArea({
          name: 'answer',
          label: words.answer,
          hint: words.answerHint,
          value: view.typed,
          rows: 3,
          problem: problemFor(problems, 'answer'),
        })}${buttonGroup(
          button(words.more, { kind: 'secondary', name: 'do', value: 'more' }),
          button(words.decline, { kind: 'danger', name: 'do', value: 'decline' }),
        )}`,
      )}`
    }<p class="after-form"><a href="/helpdesk/requests">${words.back}</a></p>`,
  )
}

/** A new account is made on the page for that, filled in; everything else is done here. */
function accept(frame: Frame, request: RequestFacts, view: RequestView, version: Html): Content {
  const words = wordsFor(frame.language)
  const action = `/helpdesk/requests/${request.id}/accept`
  const send = (label: string, more: Content = '', kind: 'primary' | 'secondary' = 'primary') =>
    form({ action, csrf: frame.csrf }, html`${version}${more}${button(label, { kind })}`)
  if (request.kind !== 'account')
    return html`<p>${request.kind === 'change' ? words.acceptChange : words.acceptLeaver}</p>${send(words.accept)}`
  return html`${
    view.alike.length > 0 &&
    html`${alert('warning', words.alikeLead, words.alike)}${view.alike.map(
      one =>
        html`<h3><a href="/helpdesk/people/${one.id}">${fullName(one.first_name, one.last_name)}</a></h3><p>${one.username}, ${one.email}</p>${send(
          words.addTo(request.organization),
          hidden('account', one.id),
          'secondary',
        )}`,
    )}`
  }<p>${linkButton(`/helpdesk/people/new?request=${request.id}`, words.create)}</p>`
}

function facts(
  frame: Frame,
  request: RequestFacts,
  { gate, activePeople, licenses, workgroups, timeZone }: RequestView,
) {
  const words = wordsFor(frame.language)
  const { entry, accountId, kind } = request
  const [standing, counted] = [standingWords(frame.language), licensesLeft(licenses, activePeople)]
  const groups = workgroups.filter(({ id }) => entry.workgroups.includes(id)).map(({ name }) => name)
  const row = (key: string, value: Content) => ({ key, value: value || words.blank })
  return [
    { key: words.state, value: tag(words.states[request.state]) },
    {
      key: words.organization,
      value: html`<a href="/helpdesk/organizations/${request.organizationId}">${request.organization}</a> (${words.activePeople(activePeople)})`,
    },
    ...(kind === 'account'
      ? [
          ...(counted === undefined ? [] : [row(standing.licenses, standing.licensesNow(counted))]),
          row(words.firstName, entry.firstName),
          row(words.lastName, entry.lastName),
          row(words.email, entry.email),
          row(words.phone, phoneLine(entry)),
          row(words.jobTitle, entry.jobTitle),
          row(words.supervisor, entry.supervisor),
          row(words.training, entry.training === '' ? '' : words.trainings[entry.training]),
          ...(gate === undefined || gate.kind === 'none' ? [] : [row(words.moodle, gate.text)]),
        ]
      : []),
    ...(kind === 'leaver' ? [row(words.lastDay, entry.lastDay)] : [row(words.workgroups, groups.join(', '))]),
    ...(kind === 'leaver' ? [] : [row(words.note, entry.note)]),
    ...(accountId === null
      ? []
      : [{ key: words.account, value: html`<a href="/helpdesk/people/${accountId}">${words.toPerson}</a>` }]),
    { key: words.askedBy, value: request.askedBy },
    { key: words.sent, value: dayInWords(request.askedAt, timeZone, frame.language) },
    ...(request.answer === '' ? [] : [row(words.answered, request.answer)]),
  ]
}
