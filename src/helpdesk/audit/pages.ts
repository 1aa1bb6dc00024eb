import type { AuditRecordTable } from '../../store/schema.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  button,
  details,
  errorSummary,
  form,
  linkButton,
  pagination,
  problemFor,
  searchForm,
  selectField,
  summaryList,
  table,
  textField,
} from '../../web/parts.ts'
import { momentInWords } from '../../web/time.ts'
import { type EventArgs, eventInWords } from '../shared/event-words.ts'
import { type AuditSearch, addressOf, eventNames } from './rules.ts'
import type { AuditPage } from './store.ts'
import { type AuditWords, wordsFor } from './words.ts'

type UnclearField = keyof AuditWords['problems']

interface AuditView {
  readonly search: AuditSearch
  /** Undefined: nothing could be made of the fields in `unclear`. */
  readonly found: AuditPage | undefined
  readonly unclear: readonly UnclearField[]
  /** Tells whether everything is shown, or only what the agent did. */
  readonly isAll: boolean
}

/** The log: what to look for, and one page of what was found. */
export function auditPage(frame: Frame, view: AuditView): Html {
  const words = wordsFor(frame.language)
  const problems = view.unclear.map(field => ({ field, text: words.problems[field] }))
  return page(
    frame,
    { title: words.title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1><p>${
      view.isAll ? words.intro : words.introOwn
    }</p>${filters(frame, view, words)}${view.found && list(frame, view, view.found, words)}${
      view.isAll &&
      html`<h2>${words.verify}</h2><p>${words.verifyIntro}</p>${form(
        { action: '/helpdesk/audit/verify', csrf: frame.csrf },
        button(words.verifyPress, { kind: 'secondary' }),
      )}`
    }`,
  )
}

function filters(frame: Frame, { search, unclear, isAll }: AuditView, words: AuditWords): Html {
  const problems = unclear.map(field => ({ field, text: words.problems[field] }))
  const common = { autocomplete: 'off', language: frame.language }
  const name = (field: 'person' | 'agent', hint: string) =>
    textField({
      ...common,
      name: field,
      label: words[field],
      hint,
      value: search[field],
      typing: 'signs',
      problem: problemFor(problems, field),
    })
  const day = (field: 'from' | 'to') =>
    textField({
      ...common,
      name: field,
      type: 'date',
      label: words[field],
      value: search[field],
      problem: problemFor(problems, field),
    })
  return searchForm(
    '/helpdesk/audit',
    html`${name('person', words.personHint)}${isAll && name('agent', words.agentHint)}${selectField({
      ...common,
      name: 'event',
      label: words.event,
      value: search.event,
      empty: words.anyEvent,
      choices: eventChoices(frame.language),
    })}${day('from')}${day('to')}${button(words.find)}`,
  )
}

const eventChoices = (language: string) =>
  eventNames
    .map(value => ({ value, label: eventInWords(value, {}, language) }))
    .sort((a, b) => a.label.localeCompare(b.label, language))

function list(frame: Frame, view: AuditView, found: AuditPage, words: AuditWords): Html {
  const turn = (direction: 'older' | 'newer') => {
    const beyond = found[direction]
    return beyond && addressOf('/helpdesk/audit', view.search, { at: beyond.at, id: beyond.id, direction })
  }
  return html`${table({
    caption: words.caption,
    columns: words.columns.map(text => ({ text })),
    rows: found.records.map(record => row(frame, found, record, words)),
    empty: words.nothing,
    language: frame.language,
  })}${pagination({ previous: turn('newer'), next: turn('older'), language: frame.language })}<p>${linkButton(
    addressOf('/helpdesk/reports/audit', view.search),
    words.download,
    'secondary',
  )}</p>`
}

function row(
  frame: Frame,
  { names }: AuditPage,
  record: AuditRecordTable,
  words: AuditWords,
): readonly Content[] {
  const args = JSON.parse(record.args) as EventArgs
  const { reason } = args
  const isOwnWord = typeof reason === 'string' && record.actor !== record.subject && / /.test(reason)
  return [
    momentInWords(record.at, frame.clock.timeZone, frame.language),
    html`${eventInWords(record.event, args, frame.language)}${isOwnWord && html`<br>${words.reason(reason)}`}${details(
      words.details,
      summaryList(recordRows(record, words)),
    )}`,
    actorInWords(record.actor, names, words),
    record.subject === null ? '' : personLink(record.subject, names),
    record.address ?? '',
  ]
}

function recordRows(record: AuditRecordTable, words: AuditWords) {
  const keys = words.detailKeys
  return [
    { key: keys.event, value: html`<code>${record.event}</code>` },
    { key: keys.facts, value: html`<code>${record.args}</code>` },
    { key: keys.id, value: html`<code>${record.id}</code>` },
    { key: keys.position, value: html`<code>${words.position(record.chain_id, record.position)}</code>` },
    { key: keys.request, value: html`<code>${record.request_id ?? ''}</code>` },
  ]
}

/** A person by name; who is not known to this agent by what the record holds. */
const personLink = (id: string, names: ReadonlyMap<string, string>): Content => {
  const name = names.get(id)
  return name === undefined ? html`<code>${id}</code>` : html`<a href="/helpdesk/people/${id}">${name}</a>`
}

function actorInWords(actor: string, names: ReadonlyMap<string, string>, words: AuditWords): Content {
  if (actor === 'system') return words.system
  if (actor === 'anonymous') return words.anonymous
  if (actor.startsWith('operator:')) return words.operator(actor.slice('operator:'.length))
  return personLink(actor, names)
}
