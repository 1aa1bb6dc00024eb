import { fullName } from '../../account/names.ts'
import { barOf } from '../../account/rules.ts'
import { type Finding, type FindingKind, findingKinds } from '../../administration/lists/compare.ts'
import type { KeptList } from '../../administration/lists/store.ts'
import { wordsFor as listWords } from '../../administration/lists/words.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  errorSummary,
  fileField,
  form,
  linkButton,
  pagination,
  problemFor,
  table,
} from '../../web/parts.ts'
import { timeInWords } from '../../web/time.ts'
import { wordsFor as peopleWords } from '../people/words.ts'
import { withQuery } from '../shared/paging.ts'
import { type CompareWords, wordsFor } from './words.ts'

export const compareAddress = '/helpdesk/compare'
export const columnsAddress = '/helpdesk/compare/columns'
export const removeAddress = '/helpdesk/compare/remove'
export const downloadAddress = '/helpdesk/compare/list.csv'

/** Findings on one page. */
export const pageLength = 50

type Refused = readonly Refusal<RefusalOf<'list'>>[]

export const problemsOf = (refusals: Refused, language: string) =>
  refusals.map(({ code, field }) => ({ field, text: listWords(language).refusals[code] }))

/** What was found, and which part of it is shown. */
interface Shown {
  readonly list: Extract<KeptList, { is: 'mapped' }>
  readonly findings: readonly Finding[]
  readonly kind: FindingKind | undefined
  /** Counted from 0. */
  readonly part: number
}

interface CompareView {
  readonly refusals: Refused
  readonly shown: Shown | undefined
  /** Name of a file whose columns are not chosen yet. */
  readonly waiting: string | undefined
  readonly isScoped: boolean
  readonly timeZone: string
  readonly now: number
}

/** Compare lists: what the last one says, and where the next is given. */
export function comparePage(frame: Frame, view: CompareView): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(view.refusals, frame.language)
  const { shown, waiting } = view
  return page(
    frame,
    { title: words.title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1><p>${words.lead}</p>${
      waiting !== undefined &&
      alert('info', html`${words.waiting(waiting)} <a href="${columnsAddress}">${words.toColumns}</a>`)
    }${shown && results(frame, view, shown, words)}${shown && html`<h2>${words.another}</h2>`}${form(
      { action: compareAddress, csrf: frame.csrf, multipart: true },
      html`${fileField({
        name: 'file',
        label: words.file,
        hint: words.fileHint,
        accept: '.csv,.tsv,.txt,text/csv,text/plain',
        problem: problemFor(problems, 'file'),
      })}${button(words.compare)}`,
    )}<p class="after-form"><a href="${removeAddress}">${words.remove}</a></p>`,
  )
}

const addressOf = (kind: FindingKind | undefined, part = 0): string =>
  withQuery(compareAddress, { kind, part: part === 0 ? undefined : String(part + 1) })

function results(
  frame: Frame,
  { isScoped, timeZone, now }: CompareView,
  { list, findings, kind, part }: Shown,
  words: CompareWords,
): Html {
  const { kinds } = listWords(frame.language)
  const meant = kind === undefined ? findings : findings.filter(finding => finding.kind === kind)
  const [from, last] = [part * pageLength, Math.ceil(meant.length / pageLength) - 1]
  const rows = meant.slice(from, from + pageLength)
  const choice = (to: FindingKind | undefined, name: string, count: number) =>
    to === kind
      ? html`<li><strong>${words.count(name, count)}</strong></li>`
      : html`<li><a href="${addressOf(to)}">${words.count(name, count)}</a></li>`
  return html`<p>${words.source(
    list.file_name,
    timeInWords(list.uploaded_at, timeZone, frame.language),
    list.entries.length,
  )}${isScoped && html` ${words.scoped}`}</p>${
    findings.length === 0
      ? alert('success', words.allSame)
      : html`<ul class="usa-list">${choice(undefined, words.any, findings.length)}${findingKinds.map(each =>
          choice(each, kinds[each], findings.filter(finding => finding.kind === each).length),
        )}</ul>${kind && html`<p>${words.todo[kind]}</p>`}${
          last > 0 && html`<p>${words.pages(from + 1, from + rows.length, meant.length)}</p>`
        }${table({
          caption: kind === undefined ? words.any : kinds[kind],
          columns: words.heads.map(text => ({ text })),
          rows: rows.map(finding => rowOf(frame, finding, now, words)),
          empty: words.nobody,
          language: frame.language,
        })}${pagination({
          previous: part > 0 ? addressOf(kind, part - 1) : undefined,
          next: part < last ? addressOf(kind, part + 1) : undefined,
          language: frame.language,
        })}<p>${linkButton(downloadAddress, words.download, 'secondary')}</p>`
  }`
}

function rowOf(
  frame: Frame,
  { kind, entry, account, differs }: Finding,
  now: number,
  words: CompareWords,
): readonly Content[] {
  const state = account && (barOf(account.state, now) ?? 'active')
  return [
    html`${listWords(frame.language).kinds[kind]}${
      differs.length > 0 &&
      html`<br><span class="usa-hint">${words.differ(
        new Intl.ListFormat(frame.language).format(differs.map(what => words.differs[what])),
      )}</span>`
    }`,
    entry === undefined ? words.nobody : lines(entry.name, entry.username, entry.email),
    account === undefined || state === undefined
      ? words.nobody
      : html`<a href="/helpdesk/people/${account.id}">${fullName(account.firstName, account.lastName)}</a><br>${lines(
          account.username,
          account.email,
        )}<br>${peopleWords(frame.language).now[state]}`,
    entry === undefined ? '' : String(entry.line),
  ]
}

const lines = (...texts: readonly string[]): Html =>
  html`${texts.filter(text => text !== '').map((text, index) => html`${index > 0 && html`<br>`}${text}`)}`
