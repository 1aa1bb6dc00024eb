import { fullName } from '../../account/names.ts'
import type { Policy } from '../../policy/table.ts'
import type { Refusal } from '../../refusals.ts'
import { afterMonths, type Knowledge } from '../../training/rules.ts'
import { knowledgeInWords } from '../../training/say.ts'
import { wordsFor as trainingWords } from '../../training/words.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  errorSummary,
  form,
  hidden,
  linkButton,
  pagination,
  problemFor,
  summaryList,
  table,
  textArea,
  textField,
} from '../../web/parts.ts'
import { dayInWords, whenInWords } from '../../web/time.ts'
import type { ConsoleCode } from '../shared/refusal-words.ts'
import { refusalInWords } from '../shared/refusal-words.ts'
import { type Candidate, candidatesPerPage, type LastPoll, type PersonTraining } from './store.ts'
import { type TrainingPageWords, wordsFor } from './words.ts'

type Names = { readonly id: string; readonly first_name: string; readonly last_name: string }

/** One email address that was just checked. */
export interface CheckedOne {
  readonly email: string
  readonly known: Knowledge
  readonly accounts: readonly (Names & { readonly username: string })[]
}

interface TrainingView {
  readonly isSetUp: boolean
  readonly mayEditCourses: boolean
  readonly lastPoll: LastPoll | undefined
  readonly policy: Policy
  readonly spared: readonly Names[]
  /** One more than a page holds when there is a next one; undefined: this agent does not see them. */
  readonly candidates: readonly Candidate[] | undefined
  readonly checked: CheckedOne | undefined
  readonly email: string
  readonly refusals: readonly Refusal<ConsoleCode>[]
}

/** Training: how Moodle is, who waits for an account, and one email address to check. */
export function trainingPage(frame: Frame, view: TrainingView): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(view.refusals, frame.language)
  return page(
    frame,
    { title: words.title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1>${
      view.isSetUp
        ? html`<p>${words.lead} ${pollInWords(view, frame, words)}</p>`
        : alert('info', words.notSetUp)
    }<p>${words.gates[view.policy.trainingGate]} ${words.repeats(view.policy.trainingMonths)}</p>${
      view.spared.length > 0 &&
      alert('warning', html`${words.sparedText} ${links(view.spared)}`, words.spared)
    }${checkedOne(frame, view, words)}<h2>${words.queue}</h2>${queue(frame, view, words)}<h2>${words.checkOne}</h2>${form(
      { action: '/helpdesk/training/check', csrf: frame.csrf },
      html`${textField({
        name: 'email',
        label: words.email,
        hint: words.emailHint,
        type: 'email',
        value: view.email,
        autocomplete: 'off',
        typing: 'signs',
        problem: problemFor(problems, 'email'),
        language: frame.language,
      })}${button(words.check)}`,
    )}${view.mayEditCourses && html`<p class="after-form"><a href="/helpdesk/courses">${words.courses}</a></p>`}`,
  )
}

const problemsOf = (refusals: readonly Refusal<ConsoleCode>[], language: string) =>
  refusals.map(refusal => ({ field: refusal.field, text: refusalInWords(refusal, language) }))

const links = (people: readonly Names[]): Content =>
  people.map(
    (one, index) =>
      html`${index > 0 && ', '}<a href="/helpdesk/people/${one.id}">${fullName(one.first_name, one.last_name)}</a>`,
  )

function pollInWords({ lastPoll }: TrainingView, frame: Frame, words: TrainingPageWords): Content {
  if (lastPoll === undefined) return words.neverAsked
  const when = whenInWords(lastPoll.at, frame.clock, frame.language)
  const { fault } = JSON.parse(lastPoll.result === '' ? '{}' : lastPoll.result) as { fault?: string }
  return fault ? html`<strong>${words.askFailed(when, fault)}</strong>` : words.asked(when)
}

const dayOf = (at: number | null | undefined, { timeZone }: Policy, language: string): string =>
  at === null || at === undefined ? '' : dayInWords(at, timeZone, language)

function checkedOne(frame: Frame, { checked, policy }: TrainingView, words: TrainingPageWords): Content {
  if (checked === undefined) return ''
  const { known, accounts, email } = checked
  const day = known.kind === 'finished' ? dayOf(known.at, policy, frame.language) : ''
  return alert(
    known.kind === 'finished' ? 'success' : 'warning',
    html`<p>${knowledgeInWords(known, day, frame.language)}${
      accounts.length > 0
        ? html` ${words.hasAccount} ${links(accounts)}.</p>`
        : html`</p>${known.kind === 'finished' && createForm(frame, { email }, '', words)}`
    }`,
    words.checked(email),
  )
}

/** One click to Create account, filled in. A POST, so that nobody's name or address stands in an address. */
function createForm(
  frame: Frame,
  fields: Readonly<Record<string, string>>,
  name: string,
  words: TrainingPageWords,
): Html {
  return form(
    { action: '/helpdesk/people/new', csrf: frame.csrf },
    html`${Object.entries({ ...fields, change: 'yes' }).map(([key, value]) => hidden(key, value))}<button class="usa-button usa-button--outline" type="submit">${
      words.create
    }${name !== '' && html`<span class="usa-sr-only"> ${words.createFor(name)}</span>`}</button>`,
  )
}

function queue(frame: Frame, { candidates, policy }: TrainingView, words: TrainingPageWords): Html {
  if (candidates === undefined) return html`<p>${words.queueLimited}</p>`
  const shown = candidates.slice(0, candidatesPerPage)
  const last = candidates.length > candidatesPerPage ? shown.at(-1) : undefined
  return html`${table({
    caption: words.queueCaption,
    captionHidden: true,
    columns: words.queueColumns.map(text => ({ text })),
    rows: shown.map(one => {
      const name = fullName(one.first_name, one.last_name)
      const fields = {
        firstName: one.first_name,
        lastName: one.last_name,
        email: one.email,
        moodle: String(one.moodle_user_id),
      }
      return [
        name,
        one.email || words.noEmail,
        dayOf(one.finished_at, policy, frame.language) || words.noDay,
        createForm(frame, fields, name, words),
      ]
    }),
    empty: words.queueEmpty,
    language: frame.language,
  })}${pagination({
    next: last && `/helpdesk/training?after=${last.finished_at}.${last.moodle_user_id}`,
    language: frame.language,
  })}`
}

export interface PersonTrainingView {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly training: PersonTraining
  readonly mayManage: boolean
  /** The result of the action just found or done. */
  readonly said: { readonly kind: 'success' | 'warning'; readonly text: string } | undefined
  readonly reason: string
  readonly refusals: readonly Refusal<ConsoleCode>[]
  readonly policy: Policy
}

/** One person's training: what is known, ask Moodle now, or say that it was finished elsewhere. */
export function personTrainingPage(frame: Frame, view: PersonTrainingView): Html {
  const words = wordsFor(frame.language)
  const { training, policy } = view
  const title = words.personTitle(view.name)
  const problems = problemsOf(view.refusals, frame.language)
  const action = `/helpdesk/people/${view.id}/training`
  const end =
    training.finishedAt === null || policy.trainingMonths === 0
      ? undefined
      : afterMonths(training.finishedAt, policy.trainingMonths)
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}${view.said && alert(view.said.kind, view.said.text)}<h1>${title}</h1><h2>${
      words.stateHeading
    }</h2>${summaryList([
      { key: words.state, value: trainingWords(frame.language).states[training.state] },
      {
        key: words.finishedOn,
        value: dayOf(training.finishedAt, policy, frame.language) || words.noDay,
      },
      ...(end === undefined ? [] : [{ key: words.validUntil, value: dayOf(end, policy, frame.language) }]),
      {
        key: words.lastAnswer,
        value: whenInWords(training.checkedAt, frame.clock, frame.language) || words.never,
      },
      ...(training.moodleUserId === null ? [] : [{ key: words.inMoodle, value: training.moodleUserId }]),
    ])}${form({ action, csrf: frame.csrf }, button(words.check))}${
      view.mayManage &&
      training.state !== 'finished' &&
      html`<h2>${words.confirmHeading}</h2><p>${words.confirmText}</p>${form(
        { action: `${action}/confirm`, csrf: frame.csrf },
        html`${hidden('version', String(view.version))}${textArea({
          name: 'reason',
          label: words.reason,
          rows: 3,
          value: view.reason,
          problem: problemFor(problems, 'reason'),
          language: frame.language,
        })}${button(words.confirm, { kind: 'secondary' })}`,
      )}`
    }<p>${linkButton(`/helpdesk/people/${view.id}`, words.toPerson(view.name), 'quiet')}</p>`,
  )
}
